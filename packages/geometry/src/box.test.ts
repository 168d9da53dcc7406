import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boxBetween,
  boxCentre,
  boxContains,
  boxContainsPoint,
  boxCorners,
  boxesIntersect,
  boxFromPoints,
  expandBox,
  intersectBoxes,
  isFiniteBox,
  turnedBounds,
  turnedCorners,
  unionBoxes,
} from './box.ts'
import { angle, box, point, points, RUNS, SEED } from './testing/laws.ts'

const EMPTY = { x: 5, y: 5, w: 0, h: 0 }

describe(`box (seed ${SEED})`, () => {
  test('boxFromPoints() of nothing is empty, of one point has no size', () => {
    expect(boxFromPoints([])).toEqual({ x: 0, y: 0, w: 0, h: 0 })
    expect(boxFromPoints([{ x: 5, y: 5 }])).toEqual(EMPTY)
  })

  test('boxFromPoints() contains every point', () => {
    fc.assert(
      fc.property(points, (some) => {
        const around = expandBox(boxFromPoints(some), 1e-9)
        expect(some.every((p) => boxContainsPoint(around, p))).toBe(true)
      }),
      RUNS,
    )
  })

  test('boxBetween() takes corners in any order', () => {
    const expected = { x: 1, y: 2, w: 3, h: 4 }
    expect(boxBetween({ x: 4, y: 2 }, { x: 1, y: 6 })).toEqual(expected)
    expect(boxBetween({ x: 1, y: 6 }, { x: 4, y: 2 })).toEqual(expected)
  })

  test('unionBoxes() contains each, and is null for none', () => {
    expect(unionBoxes([])).toBeNull()
    fc.assert(
      fc.property(fc.array(box, { minLength: 1, maxLength: 8 }), (boxes) => {
        const union = expandBox(unionBoxes(boxes)!, 1e-6)
        expect(boxes.every((one) => boxContains(union, one))).toBe(true)
      }),
      RUNS,
    )
  })

  test('boxes intersect exactly when intersectBoxes() finds something, either way round', () => {
    fc.assert(
      fc.property(box, box, (a, b) => {
        expect(intersectBoxes(a, b) !== null).toBe(boxesIntersect(a, b))
        expect(boxesIntersect(b, a)).toBe(boxesIntersect(a, b))
      }),
      RUNS,
    )
  })

  test('boxes that only touch intersect, in a box without size', () => {
    const a = { x: 0, y: 0, w: 5, h: 5 }
    expect(intersectBoxes(a, EMPTY)).toEqual(EMPTY)
    expect(boxesIntersect(a, { x: 5.1, y: 0, w: 1, h: 1 })).toBe(false)
  })

  test('a box contains itself and its centre, even without size', () => {
    fc.assert(
      fc.property(box, (one) => {
        expect(boxContains(one, one)).toBe(true)
        expect(boxContainsPoint(one, boxCentre(one))).toBe(true)
      }),
      RUNS,
    )
    expect(boxContainsPoint(EMPTY, { x: 5, y: 5 })).toBe(true)
    expect(boxContainsPoint(EMPTY, { x: 5, y: 5.01 })).toBe(false)
  })

  test('boxContains() is false when one side sticks out', () => {
    const outer = { x: 0, y: 0, w: 10, h: 10 }
    for (const inner of [
      { x: -1, y: 2, w: 3, h: 3 },
      { x: 2, y: -1, w: 3, h: 3 },
      { x: 8, y: 2, w: 3, h: 3 },
      { x: 2, y: 8, w: 3, h: 3 },
    ]) {
      expect(boxContains(outer, inner)).toBe(false)
    }
  })

  test('expandBox() never makes a negative size', () => {
    expect(expandBox({ x: 0, y: 0, w: 4, h: 10 }, -3)).toEqual({ x: 2, y: 3, w: 0, h: 4 })
  })

  test('turnedBounds() keeps the centre and contains the turned corners', () => {
    fc.assert(
      fc.property(box, angle, (one, by) => {
        const bounds = turnedBounds(one, by)
        expect(boxCentre(bounds).x).toBeCloseTo(boxCentre(one).x, 6)
        expect(boxCentre(bounds).y).toBeCloseTo(boxCentre(one).y, 6)
        const around = expandBox(bounds, 1e-6)
        expect(turnedCorners(one, by).every((c) => boxContainsPoint(around, c))).toBe(true)
      }),
      RUNS,
    )
  })

  test('turnedBounds() by a quarter swaps the sides', () => {
    const { w, h } = turnedBounds({ x: 0, y: 0, w: 30, h: 10 }, Math.PI / 2)
    expect(w).toBeCloseTo(10, 9)
    expect(h).toBeCloseTo(30, 9)
  })

  test('boxCorners() go clockwise from the top-left', () => {
    expect(boxCorners({ x: 1, y: 2, w: 3, h: 4 }).map(({ x, y }) => [x, y])).toEqual([
      [1, 2],
      [4, 2],
      [4, 6],
      [1, 6],
    ])
  })

  test('isFiniteBox() refuses NaN and Infinity anywhere', () => {
    fc.assert(
      fc.property(box, fc.constantFrom('x', 'y', 'w', 'h'), (one, key) => {
        expect(isFiniteBox(one)).toBe(true)
        expect(isFiniteBox({ ...one, [key]: NaN })).toBe(false)
        expect(isFiniteBox({ ...one, [key]: Infinity })).toBe(false)
      }),
      RUNS,
    )
  })

  test('boxContainsPoint() agrees with a box of no size at that point', () => {
    fc.assert(
      fc.property(box, point, (one, p) => {
        expect(boxContainsPoint(one, p)).toBe(boxContains(one, { ...p, w: 0, h: 0 }))
      }),
      RUNS,
    )
  })
})
