import { describe, expect, test } from 'vitest'
import type { ArrowHead, Shape, ShapeKind } from '@kolam/board'
import { routeOf, shapeDrawable } from './drawable.ts'
import { pathBounds } from './path.ts'
import { roughSets } from './rough.ts'
import { fixedLayouter, lookupOf, shapeOf } from './testing/shapes.ts'

const measurer = fixedLayouter()
const POINTS = [
  [0, 0],
  [60, 0],
  [100, 80],
] as const

function draw(shape: Shape, ...others: Shape[]) {
  const route = routeOf(shape, lookupOf(shape, ...others))
  return shapeDrawable(shape, { measurer, route, sketch: roughSets })
}

const types = (shape: Shape) => draw(shape).items.map(({ type }) => type)

describe('closed shapes', () => {
  test.each(['rectangle', 'ellipse', 'diamond'] as const)(
    'a clean %s: fill under outline',
    (kind) => {
      expect(types(shapeOf(kind))).toEqual(['stroke'])
      expect(types(shapeOf(kind, { fill: 'red' }))).toEqual(['fill', 'stroke'])
      expect(types(shapeOf(kind, { fill: 'red', stroke: 'none' }))).toEqual(['fill'])
      expect(types(shapeOf(kind, { fill: 'red', fillStyle: 'hachure' }))).toEqual([
        'sketch',
        'stroke',
      ])
    },
  )

  test.each(['rectangle', 'ellipse', 'diamond'] as const)(
    'a rough %s is the same for everybody',
    (kind) => {
      const rough = { roughness: 1, fill: 'red', fillStyle: 'cross-hatch', seed: 7 } as const
      expect(types(shapeOf(kind, rough))).toEqual(['sketch', 'stroke'])
      expect(draw(shapeOf(kind, rough)).items).toEqual(draw(shapeOf(kind, rough)).items)
      expect(draw(shapeOf(kind, { ...rough, seed: 8 })).items).not.toEqual(
        draw(shapeOf(kind, rough)).items,
      )
    },
  )

  test('the outline that selection traces is clean however rough the shape', () => {
    const { outline } = draw(shapeOf('rectangle', { roughness: 2, w: 80, h: 40 }))
    expect(pathBounds(outline)).toEqual({ x: 0, y: 0, w: 80, h: 40 })
  })

  test('a shape of no size draws without trouble', () => {
    for (const roughness of [0, 1]) {
      const empty = shapeOf('ellipse', { w: 0, h: 0, fill: 'red', fillStyle: 'zigzag', roughness })
      expect(draw(empty).items.length).toBeGreaterThan(0)
    }
  })
})

describe('labels', () => {
  test('wrap within the shape and stand where they are aligned', () => {
    const props = {
      text: 'one two',
      fontSize: 10,
      textAlign: 'center',
      verticalAlign: 'middle',
    } as const
    const { label } = draw(shapeOf('rectangle', { ...props, w: 40, h: 100 }))
    expect(label?.lines).toEqual(['one', 'two'])
    expect(label?.box).toEqual({ x: 12.5, y: 37.5, w: 15, h: 25 })
  })

  test('have less room in an ellipse and a diamond than in a rectangle', () => {
    const props = { text: 'some words to wrap', fontSize: 10, w: 110, h: 100 }
    const lines = (kind: ShapeKind) => draw(shapeOf(kind, props)).label?.lines.length ?? 0
    expect(lines('rectangle')).toBeLessThan(lines('ellipse'))
    expect(lines('ellipse')).toBeLessThan(lines('diamond'))
  })

  test('take the stroke colour unless they have one, and never vanish', () => {
    const color = (props: Partial<Shape>) =>
      draw(shapeOf('rectangle', { text: 'a', ...props })).label?.color
    expect(color({ stroke: 'red' })).toBe('red')
    expect(color({ stroke: 'red', textColor: 'blue' })).toBe('blue')
    expect(color({ stroke: 'none' })).toBe('#1e1e1e')
  })

  test('on an arrow sit in its middle and the line leaves room', () => {
    const { label, gap } = draw(
      shapeOf('arrow', {
        points: [
          [0, 0],
          [200, 0],
        ],
        text: 'yes',
        fontSize: 10,
      }),
    )
    expect(label?.box).toEqual({ x: 92.5, y: -6.25, w: 15, h: 12.5 })
    expect(gap).toEqual({ x: 88.5, y: -10.25, w: 23, h: 20.5 })
  })
})

describe('text', () => {
  test('grows with its text, or wraps at its width', () => {
    const text = shapeOf('text', { text: 'one two', fontSize: 10, w: 20, h: 10 })
    expect(draw(text).label?.lines).toEqual(['one two'])
    expect(draw({ ...text, autoSize: false }).label?.lines).toEqual(['one', 'two'])
    expect(draw(text).items).toEqual([])
  })
})

describe('lines and arrows', () => {
  test('sharp lines are straight, round ones bend, closed ones fill', () => {
    const [sharp] = draw(shapeOf('line', { points: POINTS })).items
    const [round] = draw(shapeOf('line', { points: POINTS, curve: 'round' })).items
    expect(sharp?.type === 'stroke' && sharp.path).toEqual([0, 0, 0, 1, 60, 0, 1, 100, 80])
    expect(round?.type === 'stroke' && round.path.length).toBe(17)
    expect(types(shapeOf('line', { points: POINTS, closed: true, fill: 'red' }))).toEqual([
      'fill',
      'stroke',
    ])
  })

  const HEADS: [ArrowHead, number][] = [
    ['none', 0],
    ['arrow', 1],
    ['triangle', 2],
    ['triangle-outline', 1],
    ['bar', 1],
    ['circle', 2],
    ['circle-outline', 1],
    ['diamond', 2],
    ['diamond-outline', 1],
    ['one', 1],
    ['many', 1],
    ['one-or-many', 2],
    ['exactly-one', 2],
    ['zero-or-one', 3],
    ['zero-or-many', 3],
  ]
  test.each(HEADS)(
    'head %s has %i parts, never dashed, and none is not a number',
    (head, parts) => {
      const { items } = draw(shapeOf('arrow', { points: POINTS, endHead: head, dash: 'dashed' }))
      const [shaft, ...rest] = items
      expect(shaft?.type === 'stroke' && shaft.dash.length).toBe(2)
      expect(rest).toHaveLength(parts)
      for (const item of rest) {
        expect(item.type === 'stroke' ? item.dash : []).toEqual([])
        expect('path' in item && item.path.every(Number.isFinite)).toBe(true)
      }
    },
  )

  test('the shaft stops at a hollow head', () => {
    const arrow = shapeOf('arrow', {
      points: [
        [0, 0],
        [100, 0],
      ],
      endHead: 'triangle-outline',
    })
    const [shaft, head] = draw(arrow).items
    expect(shaft?.type === 'stroke' && pathBounds(shaft.path).w).toBeLessThan(90)
    const bounds = head?.type === 'stroke' ? pathBounds(head.path) : null
    expect((bounds?.x ?? 0) + (bounds?.w ?? 0)).toBeCloseTo(100)
  })

  test('an arrow of no length draws nothing', () => {
    expect(
      draw(
        shapeOf('arrow', {
          points: [
            [0, 0],
            [0, 0],
          ],
          endHead: 'arrow',
        }),
      ).items,
    ).toEqual([])
  })

  test('a bound arrow stops at the outline of what it is bound to', () => {
    const box = shapeOf('rectangle', { id: 'box', w: 50, h: 50 })
    const end = { id: 'box', anchor: [0.5, 0.5], mode: 'edge' } as const
    const arrow = shapeOf('arrow', {
      points: [
        [200, 25],
        [25, 25],
      ],
      end,
    })
    const [shaft] = draw(arrow, box).items
    expect(shaft?.type === 'stroke' && pathBounds(shaft.path)).toEqual({
      x: 50,
      y: 25,
      w: 150,
      h: 0,
    })
  })
})

describe('the rest', () => {
  const ink = Array.from({ length: 30 }, (_, i) => [i * 4, Math.sin(i / 3) * 20, 0.5] as const)

  test('a stroke has an outline made when needed and a line for far away', () => {
    const [item] = draw(shapeOf('draw', { ink })).items
    expect(item?.type).toBe('ink')
    if (item?.type !== 'ink') return
    expect(item.outline()).toBe(item.outline())
    expect(item.outline().length).toBeGreaterThan(100)
    expect(item.line.length).toBeLessThan(ink.length * 3)
  })

  test('a dashed stroke is a dashed line; a closed one can be filled; a dot is seen', () => {
    expect(types(shapeOf('draw', { ink, dash: 'dotted' }))).toEqual(['stroke'])
    expect(types(shapeOf('draw', { ink, closed: true, fill: 'red' }))).toEqual(['fill', 'ink'])
    const [dot] = draw(shapeOf('draw', { ink: [[5, 5, 0.5]] })).items
    expect(dot?.type === 'ink' && dot.outline().length).toBeGreaterThan(3)
  })

  test('images, frames, groups and what nobody knows', () => {
    expect(types(shapeOf('image', { asset: 'a' }))).toEqual(['image'])
    expect(types(shapeOf('frame', { text: 'Plan' }))).toEqual(['stroke', 'name'])
    expect(types(shapeOf('group'))).toEqual([])
    const foreign = shapeOf('foreign', { foreign: { app: 'x', kind: 'embeddable', data: null } })
    expect(draw(foreign).items.at(-1)).toMatchObject({ type: 'name', text: 'embeddable' })
  })
})
