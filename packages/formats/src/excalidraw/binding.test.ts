import { describe, expect, test } from 'vitest'
import { sceneOf, type Fields } from '../testing/read.ts'

const BOX: Fields = { id: 'box', x: 200, y: 0, width: 100, height: 100 }

/** An arrow along `y` whose end is near the left of the box. */
function arrow(endBinding: unknown, fields: Fields = {}): Fields {
  return {
    type: 'arrow',
    x: 0,
    y: 50,
    points: [
      [0, 0],
      [192, 0],
    ],
    endBinding,
    ...fields,
  }
}

function endOf(elements: readonly Fields[]) {
  const { shapes, summary } = sceneOf(elements)
  return { end: shapes.find(({ kind }) => kind === 'arrow')?.end, shapes, summary }
}

describe('bindings', () => {
  test('a fixed point is the anchor, and the names are the new ones', () => {
    const raw = { elementId: 'box', fixedPoint: [0.25, 0.75], mode: 'orbit' }
    const { end, shapes } = endOf([BOX, arrow(raw)])
    expect(end).toEqual({ id: shapes[0]?.id, anchor: [0.25, 0.75], mode: 'edge' })
    expect(shapes[0]?.id).not.toBe('box')
  })

  test('an end inside goes on to the point itself', () => {
    const raw = { elementId: 'box', fixedPoint: [0.25, 0.75], mode: 'inside' }
    expect(endOf([BOX, arrow(raw)]).end?.mode).toBe('exact')
  })

  test('an arrow may come before what holds it', () => {
    const raw = { elementId: 'box', fixedPoint: [0.5, 0.5], mode: 'orbit' }
    expect(endOf([arrow(raw), BOX]).end).toMatchObject({ anchor: [0.5, 0.5] })
  })

  test.each<[string, Fields, readonly [number, number]]>([
    ['through the middle', {}, [0.5, 0.5]],
    ['through the upper half', { y: 20 }, [0.5, 0.2]],
    [
      'from above, through a corner',
      {
        x: 150,
        y: -50,
        points: [
          [0, 0],
          [46, 46],
        ],
      },
      [0.5, 0.5],
    ],
    [
      'short of a side it does not point at',
      {
        y: 150,
        points: [
          [0, 0],
          [192, 0],
        ],
      },
      [0, 1],
    ],
    [
      'without any length',
      {
        points: [
          [0, 0],
          [0, 0],
        ],
      },
      [0.5, 0.5],
    ],
  ])('an old binding holds where the arrow points: %s', (_, fields, [x, y]) => {
    const { end } = endOf([BOX, arrow({ elementId: 'box', focus: 0.3, gap: 8 }, fields)])
    expect(end?.anchor[0]).toBeCloseTo(x, 9)
    expect(end?.anchor[1]).toBeCloseTo(y, 9)
    expect(end?.mode).toBe('edge')
  })

  test('an old binding of a turned shape is in the unturned box', () => {
    const turned = { ...BOX, angle: Math.PI / 2 }
    const { end } = endOf([turned, arrow({ elementId: 'box', focus: 0, gap: 8 }, { y: 20 })])
    expect(end?.anchor[0]).toBeCloseTo(0.2, 9)
    expect(end?.anchor[1]).toBeCloseTo(0.5, 9)
  })

  test('an old binding at the start looks along the first piece', () => {
    const startBinding = { elementId: 'box', focus: 0, gap: 8 }
    const points = [
      [0, 0],
      [92, 0],
    ]
    const { shapes } = sceneOf([BOX, { type: 'arrow', x: 308, y: 30, points, startBinding }])
    expect(shapes[1]?.start?.anchor[1]).toBeCloseTo(0.3, 9)
    expect(shapes[1]?.end).toBeNull()
  })

  test('a binding to a label holds the shape that it labels', () => {
    const label = { id: 'label', type: 'text', text: 'x', containerId: 'box' }
    const raw = { elementId: 'label', fixedPoint: [0.5, 0.5], mode: 'orbit' }
    const { end, shapes } = endOf([BOX, label, arrow(raw)])
    expect(end?.id).toBe(shapes[0]?.id)
  })

  test.each<[string, unknown, Fields[]]>([
    ['nobody', { elementId: 'nobody', focus: 0, gap: 1 }, [BOX]],
    ['what is deleted', { elementId: 'box', focus: 0, gap: 1 }, [{ ...BOX, isDeleted: true }]],
    ['a line', { elementId: 'box', focus: 0, gap: 1 }, [{ ...BOX, type: 'line', points: [] }]],
    ['a word', 'box', [BOX]],
  ])('a binding to %s is dropped, which is a repair', (_, raw, others) => {
    const { end, summary } = endOf([...others, arrow(raw)])
    expect(end).toBeNull()
    expect(summary.repaired).toBeGreaterThan(0)
  })

  test('a name used twice leads to the first, and the second has an id of its own', () => {
    const raw = { elementId: 'box', fixedPoint: [0.5, 0.5], mode: 'orbit' }
    const { end, shapes, summary } = endOf([BOX, { ...BOX, type: 'ellipse' }, arrow(raw)])
    expect(end?.id).toBe(shapes[0]?.id)
    expect(new Set(shapes.map(({ id }) => id)).size).toBe(3)
    expect(summary.repaired).toBe(1)
  })
})
