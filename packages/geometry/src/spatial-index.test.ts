import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxesIntersect, expandBox, boxContains, type Box } from './box.ts'
import { SpatialIndex } from './spatial-index.ts'
import { box, RUNS, SEED } from './testing/laws.ts'

type Step =
  | { readonly do: 'set'; readonly id: number; readonly box: Box }
  | { readonly do: 'delete'; readonly id: number }
  | { readonly do: 'load'; readonly entries: readonly (readonly [number, Box])[] }
  | { readonly do: 'clear' }

const id = fc.integer({ min: 0, max: 40 })

/** As small and as large as boxes get in nested frames, on the edges of cells and next to them, and far out. */
const power = fc.integer({ min: -4, max: 1_020 }).map((exponent) => 2 ** exponent)
const nearPower = fc
  .tuple(
    fc.oneof(
      power,
      power.map((n) => Math.log2(n) * 64),
    ),
    fc.constantFrom(-1, 1),
  )
  .chain(([n, sign]) =>
    fc.constantFrom(0, 1, 1 - 2 ** -52, 1 + 2 ** -52, 1.5).map((times) => sign * n * times),
  )
const wildBox: fc.Arbitrary<Box> = fc.record({
  x: nearPower,
  y: nearPower,
  w: nearPower.map(Math.abs),
  h: nearPower.map(Math.abs),
})
const anyBox = fc.oneof(box, wildBox)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('set' as const), id, box }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('set' as const), id, box: wildBox }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('load' as const),
      entries: fc.array(fc.tuple(id, box), { maxLength: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
)

function runOnIndex(index: SpatialIndex<number>, one: Step): void {
  if (one.do === 'set') index.set(one.id, one.box)
  else if (one.do === 'delete') index.delete(one.id)
  else if (one.do === 'load') index.load(one.entries)
  else index.clear()
}

function runOnMap(map: Map<number, Box>, one: Step): void {
  if (one.do === 'set') map.set(one.id, one.box)
  else if (one.do === 'delete') map.delete(one.id)
  else if (one.do === 'load') for (const [key, value] of one.entries) map.set(key, value)
  else map.clear()
}

function searchAll(map: ReadonlyMap<number, Box>, where: Box): number[] {
  return [...map].filter(([, one]) => boxesIntersect(one, where)).map(([key]) => key)
}

const sorted = (ids: readonly number[]) => ids.toSorted((a, b) => a - b)

describe(`SpatialIndex (seed ${SEED})`, () => {
  test('finds what looking at every box finds, after any changes', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(anyBox, { minLength: 1 }),
        (all, at) => {
          const index = new SpatialIndex<number>()
          const map = new Map<number, Box>()
          for (const one of all) {
            runOnIndex(index, one)
            runOnMap(map, one)
          }
          expect(index.size).toBe(map.size)
          for (const where of at) {
            expect(sorted(index.search(where))).toEqual(sorted(searchAll(map, where)))
            expect(index.touches(where)).toBe(searchAll(map, where).length > 0)
          }
        },
      ),
      RUNS,
    )
  })

  test('bounds() are tight around everything', () => {
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 40 }), (boxes) => {
        const index = new SpatialIndex<number>()
        index.load(boxes.map((one, i) => [i, one]))
        for (let i = 1; i < boxes.length; i += 2) index.delete(i)
        const bounds = expandBox(index.bounds()!, 1e-6)
        const left = boxes.filter((_, i) => i % 2 === 0)
        expect(left.every((one) => boxContains(bounds, one))).toBe(true)
        expect(Math.min(...left.map(({ x }) => x))).toBeCloseTo(bounds.x, 4)
        expect(Math.max(...left.map(({ y, h }) => y + h))).toBeCloseTo(bounds.y + bounds.h, 4)
      }),
      RUNS,
    )
  })

  test('an empty index has no bounds and finds nothing', () => {
    const index = new SpatialIndex<string>()
    index.set('a', { x: 0, y: 0, w: 1, h: 1 })
    index.delete('a')
    index.delete('unknown')
    expect([index.size, index.bounds(), index.search({ x: -9, y: -9, w: 99, h: 99 })]).toEqual([
      0,
      null,
      [],
    ])
  })

  test('a box that moves is found where it is, not where it was', () => {
    const index = new SpatialIndex<string>()
    index.set('a', { x: 0, y: 0, w: 1, h: 1 })
    index.set('a', { x: 50, y: 0, w: 1, h: 1 })
    expect(index.search({ x: 0, y: 0, w: 9, h: 9 })).toEqual([])
    expect(index.search({ x: 45, y: 0, w: 9, h: 9 })).toEqual(['a'])
  })

  test('a box that is not finite takes the id out', () => {
    const index = new SpatialIndex<string>()
    index.set('a', { x: 0, y: 0, w: 1, h: 1 })
    index.set('a', { x: NaN, y: 0, w: 1, h: 1 })
    index.load([
      ['b', { x: 0, y: 0, w: 1, h: 1 }],
      ['b', { x: 0, y: 0, w: Infinity, h: 1 }],
    ])
    expect(index.size).toBe(0)
    expect(index.search({ x: 0, y: 0, w: 9, h: 9 })).toEqual([])
  })

  test('finds the same after hundreds of changes: nothing is left where it was', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 400, maxLength: 600 }), (all) => {
        const index = new SpatialIndex<number>()
        const map = new Map<number, Box>()
        for (const one of all.filter((each) => each.do !== 'clear')) {
          runOnIndex(index, one)
          runOnMap(map, one)
        }
        for (const where of map.values()) {
          expect(sorted(index.search(where))).toEqual(sorted(searchAll(map, where)))
        }
      }),
      { ...RUNS, numRuns: 10 },
    )
  })

  test('a box of no size is found at its point', () => {
    const index = new SpatialIndex<string>()
    index.set('dot', { x: 3, y: 3, w: 0, h: 0 })
    expect(index.search({ x: 3, y: 3, w: 0, h: 0 })).toEqual(['dot'])
  })
})
