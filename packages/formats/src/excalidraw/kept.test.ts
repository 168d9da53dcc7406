import { describe, expect, test } from 'vitest'
import { sceneOf, shapeOf, type Fields } from '../testing/read.ts'

const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
const FILES = { photo: { id: 'photo', mimeType: 'image/gif', dataURL: GIF } }
const image = (fields: Fields = {}): Fields => ({ type: 'image', fileId: 'photo', ...fields })

describe('what a board does not know', () => {
  test.each(['embeddable', 'iframe', 'magicframe', 'hologram'])('%s is kept whole', (type) => {
    const raw = { type, x: 5, y: 6, width: 70, height: 80, opacity: 50, link: 'x', odd: { a: [1] } }
    const { shapes, summary } = sceneOf([raw])
    expect(shapes[0]).toMatchObject({
      kind: 'foreign',
      at: ['page:1', 5, 6],
      w: 70,
      h: 80,
      opacity: 0.5,
      foreign: { app: 'excalidraw', kind: type, data: raw },
    })
    expect(summary).toMatchObject({ shapes: 1, notDrawn: [{ kind: type, count: 1 }] })
  })

  test('a drawn shape keeps its link, its custom data and fields nobody knows', () => {
    const extra = { link: 'https://example.org', customData: { a: 1 }, futureField: [2] }
    expect(shapeOf(extra).foreign).toEqual({ app: 'excalidraw', kind: 'rectangle', data: extra })
  })

  test('a shape with nothing more to say has no foreign data', () => {
    const plain = { link: null, customData: {}, boundElements: [{ id: 'x', type: 'arrow' }] }
    expect(shapeOf({ ...plain, version: 3, index: 'a0', updated: 9 })).not.toHaveProperty('foreign')
  })

  test('a label leaves its rest with its container', () => {
    const label = { type: 'text', text: 'x', containerId: 'box', link: 'there' }
    const { shapes } = sceneOf([{ id: 'box', link: 'here' }, label])
    expect(shapes[0]?.foreign?.data).toEqual({ link: 'here', label: { link: 'there' } })
  })

  test('a sticky note is a rectangle that knows what it was', () => {
    const note = shapeOf({ type: 'stickynote', baseHeight: 150, backgroundColor: 'gold' })
    expect(note).toMatchObject({
      kind: 'rectangle',
      fill: 'gold',
      foreign: { app: 'excalidraw', kind: 'stickynote', data: { baseHeight: 150 } },
    })
  })

  test.each([
    ['rectangle', undefined],
    ['hologram', { app: 'excalidraw', kind: 'hologram', data: null }],
  ])('data of a %s that nests without end is left out', (type, foreign) => {
    const customData = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown
    const scene = sceneOf([], { elements: [{ type, width: 9, height: 9, customData }] })
    expect(scene.shapes[0]?.foreign).toEqual(foreign)
    expect(scene.summary.repaired).toBe(1)
  })

  test('a field named like a prototype does no harm', () => {
    const json = '{"elements":[{"type":"rectangle","width":9,"height":9,"__proto__":{"kind":"x"}}]}'
    const { elements } = JSON.parse(json) as { elements: Fields[] }
    const { shapes } = sceneOf([], { elements })
    expect(Object.keys(shapes[0]?.foreign?.data as object)).toEqual(['__proto__'])
    expect(shapes[0]?.kind).toBe('rectangle')
  })
})

describe('pictures', () => {
  test('an image names a picture of the file', () => {
    const scene = sceneOf([image()], { files: FILES })
    expect(scene.assets).toMatchObject([{ type: 'image/gif' }])
    expect(scene.assets[0]?.bytes).toEqual(
      new Uint8Array(Buffer.from('R0lGODlhAQABAAAAACw=', 'base64')),
    )
    expect(scene.shapes[0]).toMatchObject({
      kind: 'image',
      asset: scene.assets[0]?.key,
      crop: null,
      flipX: false,
      flipY: false,
    })
    expect(scene.shapes[0]).not.toHaveProperty('foreign')
  })

  test('a picture used twice is read once, one that is not used is not read', () => {
    const files = { ...FILES, other: { dataURL: GIF } }
    const { assets, shapes } = sceneOf([image(), image()], { files })
    expect(assets).toHaveLength(1)
    expect(shapes[0]?.asset).toBe(shapes[1]?.asset)
  })

  test('a negative scale is a flip', () => {
    expect(shapeOf(image({ scale: [-1, 1] }), { files: FILES })).toMatchObject({
      flipX: true,
      flipY: false,
    })
    expect(shapeOf(image({ scale: [1, -1] }), { files: FILES })).toMatchObject({
      flipX: false,
      flipY: true,
    })
  })

  test('a crop is in shares of the picture', () => {
    const crop = { x: 10, y: 20, width: 50, height: 40, naturalWidth: 100, naturalHeight: 80 }
    expect(shapeOf(image({ crop })).crop).toEqual({ x: 0.1, y: 0.25, w: 0.5, h: 0.5 })
  })

  test.each<[string, unknown]>([
    ['all of it', { x: 0, y: 0, width: 9, height: 9, naturalWidth: 9, naturalHeight: 9 }],
    ['nothing', { x: 0, y: 0, width: 0, height: 9, naturalWidth: 9, naturalHeight: 9 }],
    ['beside it', { x: 20, y: 0, width: 5, height: 9, naturalWidth: 9, naturalHeight: 9 }],
    ['of no picture', { x: 0, y: 0, width: 5, height: 9, naturalWidth: 0, naturalHeight: 9 }],
    ['of words', { x: 'a' }],
    ['none', null],
  ])('a crop to %s is no crop', (_, crop) => {
    expect(shapeOf(image({ crop })).crop).toBeNull()
  })

  test.each<[string, unknown]>([
    ['picture missing from the file', {}],
    ['picture missing from the file', 'no files'],
    ['picture of an unknown type', { photo: { dataURL: 'data:image/png;base64,AAAA' } }],
    ['damaged picture', { photo: { dataURL: 'photo.png' } }],
  ])('an image without its picture keeps its place: %s', (kind, files) => {
    const { shapes, assets, summary } = sceneOf([image()], { files })
    expect(shapes[0]).toMatchObject({
      kind: 'image',
      asset: '',
      foreign: { data: { fileId: 'photo' } },
    })
    expect(assets).toEqual([])
    expect(summary.notDrawn).toEqual([{ kind, count: 1 }])
  })

  test('a file named like a prototype is missing', () => {
    expect(shapeOf(image({ fileId: 'constructor' }), { files: {} }).asset).toBe('')
  })
})
