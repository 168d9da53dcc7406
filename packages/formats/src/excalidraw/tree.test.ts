import { FIRST_PAGE, type NewShape } from '@kolam/board'
import { describe, expect, test } from 'vitest'
import { sceneOf, type Fields } from '../testing/read.ts'

const at = (x: number, y: number, fields: Fields = {}): Fields => ({
  x,
  y,
  width: 10,
  height: 10,
  ...fields,
})

/** The tree as nested lists: seeds for shapes, kinds for what contains them. */
function outline(shapes: readonly NewShape[], parent: string = FIRST_PAGE): unknown[] {
  return shapes
    .filter((shape) => shape.at?.[0] === parent)
    .map((shape) =>
      shape.kind === 'group' || shape.kind === 'frame'
        ? [shape.kind, ...outline(shapes, shape.id)]
        : shape.seed,
    )
}

function pagePlace(shapes: readonly NewShape[], shape: NewShape): readonly [number, number] {
  const [parent, x, y] = shape.at!
  const above = shapes.find(({ id }) => id === parent)
  if (!above) return [x, y]
  const [px, py] = pagePlace(shapes, above)
  return [px + x, py + y]
}

describe('groups and frames', () => {
  test('the order of the file is the order of painting', () => {
    const { shapes } = sceneOf([
      at(0, 0, { seed: 3 }),
      at(0, 0, { seed: 1 }),
      at(0, 0, { seed: 2 }),
    ])
    expect(outline(shapes)).toEqual([3, 1, 2])
  })

  test('groups nest, deepest first in the file', () => {
    const { shapes } = sceneOf([
      at(0, 0, { seed: 1, groupIds: ['in', 'out'] }),
      at(20, 0, { seed: 2, groupIds: ['in', 'out'] }),
      at(40, 0, { seed: 3, groupIds: ['out'] }),
      at(60, 0, { seed: 4 }),
    ])
    expect(outline(shapes)).toEqual([['group', ['group', 1, 2], 3], 4])
  })

  test('a group is around its members, which stay where they were', () => {
    const { shapes, bounds } = sceneOf([
      at(100, 200, { groupIds: ['g'] }),
      at(150, 220, { groupIds: ['g'] }),
    ])
    expect(shapes[0]).toMatchObject({ kind: 'group', at: [FIRST_PAGE, 100, 200], w: 60, h: 30 })
    expect(shapes.slice(1).map(({ at: place }) => place?.slice(1))).toEqual([
      [0, 0],
      [50, 20],
    ])
    expect(bounds).toEqual({ x: 100, y: 200, w: 60, h: 30 })
  })

  test('a group is as high as its topmost member', () => {
    const { shapes } = sceneOf([
      at(0, 0, { seed: 1, groupIds: ['g'] }),
      at(0, 0, { seed: 2 }),
      at(0, 0, { seed: 3, groupIds: ['g'] }),
      at(0, 0, { seed: 4 }),
    ])
    expect(outline(shapes)).toEqual([2, ['group', 1, 3], 4])
  })

  test('a group of one is no group', () => {
    const { shapes } = sceneOf([at(0, 0, { seed: 1, groupIds: ['a', 'b'] }), at(0, 0, { seed: 2 })])
    expect(outline(shapes)).toEqual([1, 2])
  })

  test('a label does not make its shape a group', () => {
    const { shapes } = sceneOf([
      at(0, 0, { id: 'box', seed: 1, groupIds: ['g'] }),
      { type: 'text', text: 'x', containerId: 'box', groupIds: ['g'] },
    ])
    expect(outline(shapes)).toEqual([1])
  })

  test('a frame contains what names it, in its own coordinates', () => {
    const frame = { id: 'f', type: 'frame', x: 100, y: 100, width: 300, height: 200, name: 'Plan' }
    const { shapes } = sceneOf([
      at(120, 130, { seed: 1, frameId: 'f' }),
      frame,
      at(0, 0, { seed: 2 }),
    ])
    expect(outline(shapes)).toEqual([['frame', 1], 2])
    expect(shapes[0]).toMatchObject({ kind: 'frame', text: 'Plan', fill: 'none' })
    expect(shapes[1]?.at).toEqual([shapes[0]?.id, 20, 30])
  })

  test('groups inside of a frame are inside, groups around a frame are around', () => {
    const frame = { id: 'f', type: 'frame', width: 300, height: 200, groupIds: ['around'] }
    const { shapes } = sceneOf([
      at(0, 0, { seed: 1, frameId: 'f', groupIds: ['in', 'around'] }),
      at(0, 0, { seed: 2, frameId: 'f', groupIds: ['in', 'around'] }),
      at(0, 0, { seed: 3, frameId: 'f', groupIds: ['around'] }),
      frame,
      at(0, 0, { seed: 4, groupIds: ['around'] }),
    ])
    expect(outline(shapes)).toEqual([['group', ['frame', ['group', 1, 2], 3], 4]])
  })

  test('members of one group in two places become two groups', () => {
    const frame = { id: 'f', type: 'frame', width: 300, height: 200 }
    const member = (seed: number, fields: Fields = {}) =>
      at(0, 0, { seed, groupIds: ['g'], ...fields })
    const inFrame = { frameId: 'f' }
    const { shapes } = sceneOf([
      member(1),
      member(2),
      member(3, inFrame),
      member(4, inFrame),
      frame,
    ])
    expect(outline(shapes)).toEqual([
      ['group', 1, 2],
      ['frame', ['group', 3, 4]],
    ])
  })

  test.each<[string, unknown]>([
    ['is missing', 'nobody'],
    ['is no frame', 'box'],
    ['is no name', 7],
  ])('a shape whose frame %s is on the page', (_, frameId) => {
    const { shapes } = sceneOf([at(0, 0, { id: 'box', seed: 1 }), at(5, 6, { seed: 2, frameId })])
    expect(outline(shapes)).toEqual([1, 2])
  })

  test('frames that name each other lie side by side', () => {
    const frame = (id: string, frameId: string) => ({ id, frameId, type: 'frame', angle: 1 })
    const { shapes } = sceneOf([frame('a', 'b'), frame('b', 'a')])
    expect(outline(shapes)).toEqual([['frame'], ['frame']])
    expect(shapes[0]).not.toHaveProperty('angle')
  })

  test('however they nest, shapes stay where they were', () => {
    const places = [
      [5, 6],
      [17, 80],
      [-30, 4],
      [200, 201],
    ] as const
    const groupIds = [['a', 'b', 'c'], ['a', 'b', 'c'], ['b', 'c'], ['c']]
    const frame = { id: 'f', type: 'frame', x: -50, y: -60, width: 900, height: 900, seed: 9 }
    const { shapes } = sceneOf([
      ...places.map(([x, y], i) => at(x, y, { frameId: 'f', groupIds: groupIds[i], seed: i + 1 })),
      frame,
    ])
    for (const [i, place] of places.entries()) {
      const shape = shapes.find(({ seed }) => seed === i + 1)!
      expect(pagePlace(shapes, shape)).toEqual(place)
    }
  })

  test('groups deeper than a board shows are flattened from the inside', () => {
    const groupIds = Array.from({ length: 500 }, (_, i) => `g${i}`)
    const { shapes } = sceneOf([at(0, 0, { groupIds }), at(20, 0, { groupIds })])
    expect(shapes).toHaveLength(3)
  })
})
