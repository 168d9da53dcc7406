import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ELEMENTS_MAX, FILE_BYTES_MAX } from './limits.ts'
import { readExcalidraw } from './read-excalidraw.ts'
import { summaryText } from './summary-text.ts'
import { faultsOf } from './testing/check.ts'
import { element, sceneOf, sceneOfText } from './testing/read.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')

describe('readExcalidraw', () => {
  test.each([
    ['empty', '', 'This file is empty.'],
    ['empty', '{"type":"excalidraw","elements":[]}', 'There is nothing to see in this drawing.'],
    [
      'not-json',
      'hello',
      'This is not an Excalidraw drawing; choose a file that ends in .excalidraw.',
    ],
    [
      'not-json',
      '{"type":"excalidraw","elem',
      'This file is damaged or cut off; try to save it again where it came from.',
    ],
    [
      'not-json',
      '\ufffdPNG\r\n\x1a\n',
      'This is a picture; open the .excalidraw file that it was made from instead.',
    ],
    [
      'not-json',
      '<svg xmlns="x">',
      'This is a picture; open the .excalidraw file that it was made from instead.',
    ],
    [
      'not-excalidraw',
      '{"type":"something","elements":[]}',
      'This file has no Excalidraw drawing in it.',
    ],
    ['not-excalidraw', '[1,2]', 'This file has no Excalidraw drawing in it.'],
    ['not-excalidraw', 'null', 'This file has no Excalidraw drawing in it.'],
    [
      'not-excalidraw',
      '{"tldrawFileFormatVersion":1}',
      'This is a tldraw file, and Kolam cannot read those yet.',
    ],
  ])('refuses with one sentence: %s %j', (code, text, message) => {
    expect(readExcalidraw(text)).toEqual({ ok: false, code, message })
  })

  test('refuses a file larger than it reads at once', () => {
    expect(readExcalidraw(' '.repeat(FILE_BYTES_MAX + 1))).toMatchObject({
      code: 'too-large',
      message: 'This file is too large: Kolam reads drawings of up to 64 MiB.',
    })
  })

  test('refuses more elements than it reads at once', () => {
    const text = `{"elements":[${'0,'.repeat(ELEMENTS_MAX)}0]}`
    expect(readExcalidraw(text)).toMatchObject({
      code: 'too-large',
      message: 'This drawing has 100,001 elements, and Kolam reads up to 100,000 at once.',
    })
  })

  test.each(['excalidraw', 'excalidraw/clipboard', undefined])('takes the type %s', (type) => {
    expect(sceneOf([{}], { type }).summary.shapes).toBe(1)
  })

  test('takes a byte order mark', () => {
    expect(sceneOfText(`\ufeff{"elements":[${JSON.stringify(element())}]}`).shapes).toHaveLength(1)
  })

  test('the page has the colour of the file, if that is a colour', () => {
    const background = (viewBackgroundColor: unknown) =>
      sceneOf([{}], { appState: { viewBackgroundColor } }).background
    expect([background('#f8f9fa'), background('url(x)'), background(undefined)]).toEqual([
      '#f8f9fa',
      null,
      null,
    ])
  })

  test('deleted elements are not there at all', () => {
    const { shapes, summary } = sceneOf([{}, { isDeleted: true }])
    expect(shapes).toHaveLength(1)
    expect(summary).toEqual({ shapes: 1, labels: 0, notDrawn: [], repaired: 0, dropped: 0 })
  })

  test('ids are fresh each time', () => {
    const text = JSON.stringify({ elements: [element({ id: 'a' })] })
    expect(sceneOfText(text).shapes[0]?.id).not.toBe(sceneOfText(text).shapes[0]?.id)
  })

  test('the bounds are around turned shapes, too', () => {
    const { bounds } = sceneOf([{ x: 0, y: 0, width: 100, height: 20, angle: Math.PI / 2 }])
    expect(bounds.x).toBeCloseTo(40, 9)
    expect(bounds.h).toBeCloseTo(100, 9)
  })

  test('a drawing of ten thousand elements is read whole', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({ x: i, groupIds: [`g${i % 500}`] }))
    const scene = sceneOf(many)
    expect(scene.summary.shapes).toBe(10_000)
    expect(scene.shapes).toHaveLength(10_500)
    expect(faultsOf(scene)).toEqual([])
  })
})

describe('libraries', () => {
  test.each(['library-1.excalidrawlib', 'library-2.excalidrawlib'])(
    '%s is laid out side by side',
    (name) => {
      const scene = sceneOfText(fixture(name))
      expect(faultsOf(scene)).toEqual([])
      const [rectangle, line, ellipse] = scene.shapes
      expect([rectangle?.kind, line?.kind, ellipse?.kind]).toEqual(['rectangle', 'line', 'ellipse'])
      // The first item keeps its inner distances; the second has the same name in it and stands apart.
      expect(line!.at![1] - rectangle!.at![1]).toBe(200)
      expect(rectangle?.at).toEqual(['page:1', 0, 0])
      expect(scene.bounds).toMatchObject({ x: 0, y: 0 })
      const [, x, y] = ellipse!.at!
      expect(x >= 260 + 60 || y >= 230 + 60).toBe(true)
      expect(summaryText(scene.summary)).toBe(name.includes('1') ? '4 shapes' : '3 shapes')
    },
  )

  test('items that are no lists are nothing', () => {
    const libraryItems = [7, null, { elements: 'x' }, { elements: [element()] }]
    expect(sceneOfText(JSON.stringify({ libraryItems })).summary.shapes).toBe(1)
  })
})

describe('our own files', () => {
  test('rich: every kind', () => {
    const scene = sceneOfText(fixture('rich.excalidraw'))
    expect(faultsOf(scene)).toEqual([])
    expect(summaryText(scene.summary)).toBe('21 shapes, 2 kinds not drawn yet: embeddable, iframe')
    expect(scene.summary.labels).toBe(3)
    expect(scene.background).toBe('#f8f9fa')
    expect(scene.assets).toMatchObject([{ type: 'image/png' }])
    const kinds = new Set(scene.shapes.map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual([
      'arrow',
      'diamond',
      'draw',
      'ellipse',
      'foreign',
      'frame',
      'group',
      'image',
      'line',
      'rectangle',
      'text',
    ])
  })

  test('legacy: old fields say the same as new ones', () => {
    const scene = sceneOfText(fixture('legacy.excalidraw'))
    expect(faultsOf(scene)).toEqual([])
    const [box, disc, way, back, scrawl, many, lost, words, code, bare] = scene.shapes
    expect(box).toMatchObject({ radius: 25, fillStyle: 'hachure' })
    expect(disc).toMatchObject({ fill: 'black' })
    expect(way).toMatchObject({
      startHead: 'circle',
      endHead: 'arrow',
      start: { id: box?.id, anchor: [expect.closeTo(0.5, 9), 0.5], mode: 'edge' },
      end: { id: disc?.id, mode: 'edge' },
    })
    expect(back).toMatchObject({ at: ['page:1', 180, 340], w: 120, h: 60 })
    expect(scrawl).toMatchObject({ kind: 'line', curve: 'round', at: ['page:1', 10, 205] })
    expect(many).toMatchObject({ startHead: 'none', endHead: 'one-or-many' })
    expect(lost).toMatchObject({
      points: [
        [0, 0],
        [90, 30],
      ],
    })
    expect(words).toMatchObject({ text: 'first\nsecond', font: 'hand', fontSize: 20 })
    expect(code).toMatchObject({ font: 'mono', fontSize: 16 })
    expect(bare).toMatchObject({ kind: 'rectangle', radius: 0 })
    expect(summaryText(scene.summary)).toBe('10 shapes, 2 repaired')
  })

  test('broken: what can be shown is shown, and all the rest is counted', () => {
    const scene = sceneOfText(fixture('broken.excalidraw'))
    expect(faultsOf(scene)).toEqual([])
    expect(summaryText(scene.summary)).toBe(
      '12 shapes, 7 repaired, 9 left out, ' +
        '3 kinds not drawn yet: picture missing from the file, picture of an unknown type, hologram',
    )
  })
})
