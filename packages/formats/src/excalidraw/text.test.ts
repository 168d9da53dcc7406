import { describe, expect, test } from 'vitest'
import { sceneOf, shapeOf, shapesOf, type Fields } from '../testing/read.ts'

const text = (fields: Fields): Fields => ({ type: 'text', text: 'words', height: 25, ...fields })
const box: Fields = { id: 'box', type: 'rectangle' }

describe('text', () => {
  test('keeps what is written, how and how large', () => {
    const shape = shapeOf(
      text({
        text: 'one\ntwo',
        width: 80,
        height: 66,
        fontSize: 24,
        fontFamily: 3,
        lineHeight: 1.375,
        textAlign: 'right',
        verticalAlign: 'middle',
        strokeColor: 'navy',
        backgroundColor: 'red',
      }),
    )
    expect(shape).toMatchObject({
      kind: 'text',
      text: 'one\ntwo',
      w: 80,
      h: 66,
      font: 'mono',
      fontSize: 24,
      lineHeight: 1.375,
      textAlign: 'right',
      verticalAlign: 'middle',
      autoSize: true,
      stroke: 'navy',
      fill: 'none',
    })
  })

  test.each([
    [1, 'hand'],
    [2, 'sans'],
    [3, 'mono'],
    [4, 'hand'],
    [5, 'hand'],
    [6, 'sans'],
    [7, 'sans'],
    [8, 'mono'],
    [9, 'sans'],
    [10, 'sans'],
    ['Papyrus', 'hand'],
  ])('font %s is %s', (fontFamily, font) => {
    expect(shapeOf(text({ fontFamily })).font).toBe(font)
  })

  test.each([
    ['20px Virgil', { font: 'hand', fontSize: 20 }],
    ['16px Cascadia', { font: 'mono', fontSize: 16 }],
    ['28.5px "Helvetica", Segoe UI', { font: 'sans', fontSize: 28.5 }],
    ['bold', { font: 'hand', fontSize: 20 }],
    ['0px Virgil', { font: 'hand', fontSize: 20 }],
  ])('the old font %j', (font, expected) => {
    expect(shapeOf(text({ font }))).toMatchObject(expected)
  })

  test('without a line height the height of the lines shows it', () => {
    expect(shapeOf(text({ text: 'a\nb', height: 60, fontSize: 20 })).lineHeight).toBe(1.5)
    expect(shapeOf(text({ height: 900, fontSize: 20, fontFamily: 2 })).lineHeight).toBe(1.15)
  })

  test('text that wraps by itself keeps its width and what was typed', () => {
    const fields = { text: 'a b\nc', originalText: 'a b c', autoResize: false, width: 40 }
    expect(shapeOf(text(fields))).toMatchObject({ text: 'a b c', autoSize: false, w: 40 })
    expect(shapeOf(text({ ...fields, autoResize: true })).text).toBe('a b\nc')
  })

  test('line ends of other systems and halves of letters are mended', () => {
    expect(shapeOf(text({ text: 'a\r\nb\rc \ud83d! 😀' })).text).toBe('a\nb\nc \ufffd! 😀')
  })

  test('a text without a size gets about the one it needs', () => {
    const shape = shapeOf(
      text({ text: '12345', width: undefined, height: undefined, fontSize: 10 }),
    )
    expect(shape).toMatchObject({ w: 30, h: 12.5 })
  })

  test('a text with nothing to read is left out and counted', () => {
    const { summary } = sceneOf([text({ text: ' ' }), text({})])
    expect(summary).toMatchObject({ shapes: 1, dropped: 1 })
  })

  test('a text too long for a label is cut', () => {
    const scene = sceneOf([text({ text: 'x'.repeat(100_001) })])
    expect(scene.shapes[0]?.text).toHaveLength(100_000)
    expect(scene.summary.repaired).toBe(1)
  })
})

describe('labels', () => {
  const label = (fields: Fields = {}) =>
    text({
      id: 'label',
      containerId: 'box',
      text: 'in the\nbox',
      originalText: 'in the box',
      fontSize: 28,
      fontFamily: 2,
      textAlign: 'center',
      verticalAlign: 'middle',
      ...fields,
    })

  test.each(['rectangle', 'ellipse', 'diamond', 'stickynote'])(
    'a text in a %s is its label',
    (type) => {
      const scene = sceneOf([{ ...box, type }, label({ strokeColor: 'red' })])
      expect(scene.shapes).toHaveLength(1)
      expect(scene.shapes[0]).toMatchObject({
        text: 'in the box',
        font: 'sans',
        fontSize: 28,
        textAlign: 'center',
        verticalAlign: 'middle',
        textColor: 'red',
        w: 100,
        h: 50,
      })
      expect(scene.summary).toMatchObject({ shapes: 1, labels: 1, dropped: 0, repaired: 0 })
    },
  )

  test('a text on an arrow is its label', () => {
    const arrow = {
      id: 'box',
      type: 'arrow',
      points: [
        [0, 0],
        [90, 0],
      ],
    }
    expect(shapesOf(arrow, label())).toMatchObject([{ kind: 'arrow', text: 'in the box' }])
  })

  test('a label in the colour of the stroke follows the stroke', () => {
    expect(shapesOf({ ...box, strokeColor: 'red' }, label({ strokeColor: 'red' }))).toMatchObject([
      { textColor: '' },
    ])
  })

  test('a label may come before its container', () => {
    expect(shapesOf(label(), box)).toMatchObject([{ text: 'in the box' }])
  })

  test('a text that only its container knows of is its label', () => {
    const listing = { ...box, boundElements: [{ type: 'text', id: 'label' }] }
    expect(shapesOf(listing, label({ containerId: null }))).toMatchObject([{ text: 'in the box' }])
  })

  test.each<[string, Fields[]]>([
    ['missing', []],
    ['deleted', [{ ...box, isDeleted: true }]],
    ['no container', [{ ...box, type: 'image' }]],
    ['taken', [box, label({ id: 'first' })]],
  ])('a text whose container is %s stays a text', (_, others) => {
    const { shapes, summary } = sceneOf([...others, label()])
    expect(shapes.at(-1)).toMatchObject({ kind: 'text', text: 'in the\nbox' })
    expect(summary.repaired).toBe(1)
  })

  test('an empty label is left out and counted', () => {
    const { shapes, summary } = sceneOf([box, label({ text: '', originalText: '' })])
    expect(shapes).toHaveLength(1)
    expect(shapes[0]).not.toHaveProperty('text')
    expect(summary).toMatchObject({ shapes: 1, labels: 0, dropped: 1 })
  })

  test('a container without size is kept for its label', () => {
    expect(shapesOf({ ...box, width: 0, height: 0 }, label())).toMatchObject([
      { text: 'in the box' },
    ])
  })
})
