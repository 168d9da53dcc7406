import { describe, expect, test } from 'vitest'
import { sceneOf, sceneOfText, shapeOf, type Fields } from '../testing/read.ts'

describe('style', () => {
  test('every look is taken over', () => {
    expect(
      shapeOf({
        angle: 0.5,
        strokeColor: '#e03131',
        backgroundColor: 'gold',
        fillStyle: 'cross-hatch',
        strokeWidth: 4,
        strokeStyle: 'dotted',
        roughness: 2,
        opacity: 40,
        seed: 77,
        locked: true,
      }),
    ).toMatchObject({
      kind: 'rectangle',
      angle: 0.5,
      stroke: '#e03131',
      fill: 'gold',
      fillStyle: 'cross-hatch',
      strokeWidth: 4,
      dash: 'dotted',
      roughness: 2,
      opacity: 0.4,
      seed: 77,
      locked: true,
      radius: 0,
    })
  })

  test('what is missing gets its default, and that is no repair', () => {
    const scene = sceneOf([{ strokeColor: undefined }])
    expect(scene.shapes[0]).toMatchObject({
      stroke: '#1e1e1e',
      fill: 'none',
      fillStyle: 'solid',
      strokeWidth: 2,
      dash: 'solid',
      roughness: 1,
      opacity: 1,
      locked: false,
    })
    expect(scene.summary.repaired).toBe(0)
  })

  test('a transparent colour is none', () => {
    expect(shapeOf({ backgroundColor: 'transparent', strokeColor: 'transparent' })).toMatchObject({
      fill: 'none',
      stroke: 'none',
    })
  })

  test.each<[string, Fields, Fields]>([
    ['a colour that loads something', { strokeColor: 'url(//x)' }, { stroke: '#1e1e1e' }],
    ['a fill that is no colour', { backgroundColor: 'red;x:y' }, { fill: 'none' }],
    ['an unknown pattern', { fillStyle: 'dots' }, { fillStyle: 'solid' }],
    ['an unknown dash', { strokeStyle: 'wavy' }, { dash: 'solid' }],
    ['too much opacity', { opacity: 250 }, { opacity: 1 }],
    ['a negative width', { strokeWidth: -3 }, { strokeWidth: 0 }],
    ['a word for an angle', { angle: 'left' }, { angle: 0 }],
  ])('%s is repaired', (_, fields, expected) => {
    const scene = sceneOf([fields])
    expect(scene.shapes[0]).toMatchObject(expected)
    expect(scene.summary.repaired).toBe(1)
  })

  test('a missing seed comes from the given chance, so all shapes differ', () => {
    const seeds = sceneOf([{}, {}, { seed: 'x' }]).shapes.map(({ seed }) => seed)
    expect(new Set(seeds).size).toBe(3)
    expect(seeds.every(Number.isSafeInteger)).toBe(true)
  })

  test.each<[string, Fields, number]>([
    ['none', { roundness: null }, 0],
    ['none, whatever old fields say', { roundness: null, strokeSharpness: 'round' }, 0],
    ['proportional: a quarter of the shorter side', { roundness: { type: 2 } }, 50],
    ['adaptive: capped', { roundness: { type: 3 } }, 32],
    ['adaptive with its own cap', { roundness: { type: 3, value: 12 } }, 12],
    ['adaptive on a small box', { roundness: { type: 3 }, width: 40 }, 10],
    ['of old files', { strokeSharpness: 'round' }, 50],
    ['sharp of old files', { strokeSharpness: 'sharp' }, 0],
  ])('corner radius: %s', (_, fields, radius) => {
    expect(shapeOf({ width: 300, height: 200, ...fields }).radius).toBeCloseTo(radius, 9)
  })

  test('a diamond is cut by a quarter of its edges, an ellipse has no corners', () => {
    const size = { width: 60, height: 80, roundness: { type: 2 } }
    expect(shapeOf({ type: 'diamond', ...size }).radius).toBeCloseTo(50 / 4, 9)
    expect(shapeOf({ type: 'ellipse', ...size })).not.toHaveProperty('radius')
  })
})

describe('box', () => {
  test('negative sizes are turned round', () => {
    const scene = sceneOf([{ x: 300, y: 400, width: -120, height: -60 }])
    expect(scene.shapes[0]).toMatchObject({ at: ['page:1', 180, 340], w: 120, h: 60 })
    expect(scene.summary.repaired).toBe(1)
  })

  test('a missing size is made up, so that there is something to see', () => {
    const scene = sceneOf([{ width: undefined, height: null }])
    expect(scene.shapes[0]).toMatchObject({ w: 100, h: 100 })
    expect(scene.summary.repaired).toBe(1)
  })

  test('coordinates that no board can show are brought back', () => {
    const scene = sceneOf([{ x: 1e300, y: -1e300, width: 1e300 }])
    expect(scene.shapes[0]).toMatchObject({ at: ['page:1', 1e8, -1e8], w: 1e8 })
    expect(scene.summary.repaired).toBe(1)
  })

  test('a number too large to be one is none', () => {
    const scene = sceneOfText('{"elements":[{"type":"ellipse","x":1e999,"width":40,"height":30}]}')
    expect(scene.shapes[0]).toMatchObject({ at: ['page:1', 0, 0], w: 40 })
    expect(scene.summary.repaired).toBe(1)
  })

  test('a box without any size is left out and counted', () => {
    const scene = sceneOf([{}, { width: 0, height: 0 }])
    expect(scene.summary).toMatchObject({ shapes: 1, dropped: 1 })
  })

  test('a box without height is a line one can see', () => {
    expect(shapeOf({ height: 0 })).toMatchObject({ w: 100, h: 0 })
  })
})
