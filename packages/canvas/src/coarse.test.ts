import { expect, test } from 'vitest'
import { COARSE_MAX, coarsened, isCoarse } from './coarse.ts'
import { Drawables } from './drawables.ts'
import { roughSets } from './rough.ts'
import { fixedLayouter, lookupOf, shapeOf } from './testing/shapes.ts'

test('a shape is coarse when it is a few pixels large and no text in it could be read', () => {
  const shape = shapeOf('rectangle', { w: 100, h: 20 })
  expect(isCoarse(shape, (COARSE_MAX - 1) / 100)).toBe(true)
  expect(isCoarse(shape, (COARSE_MAX + 1) / 100)).toBe(false)
  expect(isCoarse({ ...shape, text: 'hi', fontSize: 90 }, (COARSE_MAX - 1) / 100)).toBe(false)
})

test('text is coarse exactly when it cannot be read', () => {
  const text = shapeOf('text', { text: 'hi', fontSize: 20, w: 500 })
  expect(isCoarse(text, 0.1)).toBe(true)
  expect(isCoarse(text, 0.2)).toBe(false)
})

test('a coarse stroke has few points and both of its ends', () => {
  const ink = Array.from({ length: 503 }, (_, i) => [i, 0, 0.5] as const)
  const coarse = coarsened(shapeOf('draw', { ink }))
  expect(coarse.ink.length).toBeLessThan(15)
  expect([coarse.ink[0], coarse.ink.at(-1)]).toEqual([ink[0], ink.at(-1)])
})

test('both ways of drawing are kept apart, and each is worked out once', () => {
  const shape = shapeOf('rectangle', { roughness: 1, fill: 'red', fillStyle: 'hachure' })
  const [drawables, lookup] = [
    new Drawables({ measurer: fixedLayouter(), sketch: () => roughSets }),
    lookupOf(shape),
  ]
  const [fine, coarse] = [drawables.get(shape, lookup), drawables.get(shape, lookup, 'coarse')]
  expect(fine.items.map(({ type }) => type)).toEqual(['sketch', 'stroke'])
  expect(coarse.items.map(({ type }) => type)).toEqual(['fill', 'stroke'])
  expect(coarse.items[0]).toHaveProperty('strength')
  expect(drawables.get(shape, lookup)).toBe(fine)
  expect(drawables.get(shape, lookup, 'coarse')).toBe(coarse)
})

test('what is only moved is not worked out anew, what looks different is', () => {
  const shape = shapeOf('rectangle', { w: 50, h: 50 })
  const drawables = new Drawables({ measurer: fixedLayouter(), sketch: () => roughSets })
  const first = drawables.get(shape, lookupOf(shape))
  const moved = { ...shape, at: [shape.at[0], 9, 9] as const, angle: 1 }
  expect(drawables.get(moved, lookupOf(moved))).toBe(first)
  const wider = { ...moved, w: 60 }
  expect(drawables.get(wider, lookupOf(wider))).not.toBe(first)
})

test('a bound arrow is worked out anew when told, or where others are elsewhere', () => {
  const box = shapeOf('rectangle', { id: 'box', w: 50, h: 50 })
  const end = { id: 'box', anchor: [0.5, 0.5], mode: 'edge' } as const
  const arrow = shapeOf('arrow', {
    points: [
      [200, 25],
      [25, 25],
    ],
    end,
  })
  const [drawables, lookup] = [
    new Drawables({ measurer: fixedLayouter(), sketch: () => roughSets }),
    lookupOf(box, arrow),
  ]
  const first = drawables.get(arrow, lookup)
  expect(drawables.get(arrow, lookupOf(box, arrow))).toBe(first)
  const wider = lookupOf({ ...box, w: 90 }, arrow)
  expect(drawables.get(arrow, wider)).not.toBe(first)
  const second = drawables.get(arrow, wider)
  drawables.note({ removed: new Set(), affected: new Set(['arrow']) }, wider)
  expect(drawables.get(arrow, wider)).not.toBe(second)
})
