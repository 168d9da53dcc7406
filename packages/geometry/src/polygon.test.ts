import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxContainsPoint, boxFromPoints, expandBox } from './box.ts'
import {
  diamondPoints,
  distanceToPolygon,
  ellipsePoints,
  pointInPolygon,
  polygonCrossings,
  polygonInBox,
  polygonIntersectsBox,
  rectanglePoints,
} from './polygon.ts'
import { box, point, points, RUNS, SEED } from './testing/laws.ts'
import { vec } from './vec.ts'

const SQUARE = [vec(0, 0), vec(10, 0), vec(10, 10), vec(0, 10)]
/** A U, open at the top. */
const CUP = [
  vec(0, 0),
  vec(3, 0),
  vec(3, 7),
  vec(7, 7),
  vec(7, 0),
  vec(10, 0),
  vec(10, 10),
  vec(0, 10),
]

describe(`polygon (seed ${SEED})`, () => {
  test.each([
    ['the middle of a square', SQUARE, vec(5, 5), true],
    ['left of a square', SQUARE, vec(-1, 5), false],
    ['right of a square', SQUARE, vec(11, 5), false],
    ['level with a corner, outside', SQUARE, vec(12, 10), false],
    ['the hollow of a cup', CUP, vec(5, 3), false],
    ['an arm of a cup', CUP, vec(1, 3), true],
    ['the bottom of a cup', CUP, vec(5, 9), true],
    ['level with the corners of a cup', CUP, vec(1, 7), true],
    ['a line, which has no inside', SQUARE.slice(0, 2), vec(5, 0), false],
    ['nothing', [], vec(0, 0), false],
  ])('pointInPolygon(): %s', (_, polygon, p, expected) => {
    expect(pointInPolygon(p, polygon)).toBe(expected)
    expect(pointInPolygon(p, polygon.toReversed())).toBe(expected)
  })

  test('pointInPolygon() of a rectangle agrees with its box, off the edges', () => {
    fc.assert(
      fc.property(box, point, (one, p) => {
        fc.pre(distanceToPolygon(p, rectanglePoints(one)) > 1e-9)
        expect(pointInPolygon(p, rectanglePoints(one))).toBe(boxContainsPoint(one, p))
      }),
      RUNS,
    )
  })

  test('a point outside the bounds is outside the polygon', () => {
    fc.assert(
      fc.property(points, point, (polygon, p) => {
        fc.pre(!boxContainsPoint(boxFromPoints(polygon), p))
        expect(pointInPolygon(p, polygon)).toBe(false)
      }),
      RUNS,
    )
  })

  test('distanceToPolygon() counts the closing edge, and from inside too', () => {
    expect(distanceToPolygon(vec(-2, 5), SQUARE)).toBe(2)
    expect(distanceToPolygon(vec(1, 5), SQUARE)).toBe(1)
  })

  test('polygonCrossings() finds both sides, nearest first, the closing edge included', () => {
    expect(polygonCrossings(vec(20, 5), vec(-20, 5), SQUARE)).toEqual([vec(10, 5), vec(0, 5)])
  })

  test.each([
    ['apart', { x: 20, y: 0, w: 5, h: 5 }, false],
    ['overlapping', { x: 8, y: 8, w: 5, h: 5 }, true],
    ['a box within the polygon', { x: 4, y: 8, w: 1, h: 1 }, true],
    ['a polygon within the box', { x: -5, y: -5, w: 50, h: 50 }, true],
    ['a box in the hollow', { x: 4, y: 2, w: 1, h: 1 }, false],
    ['a box without size, inside', { x: 5, y: 9, w: 0, h: 0 }, true],
  ])('polygonIntersectsBox() with a cup: %s', (_, one, expected) => {
    expect(polygonIntersectsBox(CUP, one)).toBe(expected)
  })

  test('polygonInBox() needs every corner', () => {
    expect(polygonInBox(SQUARE, { x: 0, y: 0, w: 10, h: 10 })).toBe(true)
    expect(polygonInBox(SQUARE, { x: 0, y: 0, w: 10, h: 9 })).toBe(false)
    expect(polygonInBox([], { x: 0, y: 0, w: 10, h: 9 })).toBe(false)
  })

  test('ellipsePoints() satisfy the equation of the ellipse', () => {
    const one = { x: 10, y: 20, w: 60, h: 30 }
    const found = ellipsePoints(one, 24)
    expect(found).toHaveLength(24)
    for (const { x, y } of found) {
      expect(((x - 40) / 30) ** 2 + ((y - 35) / 15) ** 2).toBeCloseTo(1, 9)
    }
  })

  test('ellipsePoints() and diamondPoints() fill their box and do not leave it', () => {
    fc.assert(
      fc.property(box, (one) => {
        const around = expandBox(one, 1e-6)
        expect(polygonInBox(ellipsePoints(one, 16), around)).toBe(true)
        expect(polygonInBox(diamondPoints(one), around)).toBe(true)
        expect(boxFromPoints(diamondPoints(one)).w).toBeCloseTo(one.w, 6)
        expect(boxFromPoints(ellipsePoints(one, 16)).h).toBeCloseTo(one.h, 6)
      }),
      RUNS,
    )
  })
})
