import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Box } from './box.ts'
import {
  crossings,
  distanceToPolyline,
  distanceToSegment,
  nearestOnPolyline,
  pointAlong,
  polylineIntersectsBox,
  polylineLength,
  segmentCrossing,
  segmentIntersectsBox,
  segmentsIntersect,
} from './segment.ts'
import { box, point, points, RUNS, SEED } from './testing/laws.ts'
import { distance, lerp, vec, type Vec } from './vec.ts'

/** Whether anything is left of a–b after cutting off what lies beyond each side of the box in turn. */
function clipped(a: Vec, b: Vec, one: Box): boolean {
  let [from, to] = [0, 1]
  for (const [start, way, low, high] of [
    [a.x, b.x - a.x, one.x, one.x + one.w],
    [a.y, b.y - a.y, one.y, one.y + one.h],
  ] as const) {
    if (way === 0 && (start < low || start > high)) return false
    if (way === 0) continue
    const [enter, leave] = [(low - start) / way, (high - start) / way]
    from = Math.max(from, Math.min(enter, leave))
    to = Math.min(to, Math.max(enter, leave))
  }
  return from <= to
}

describe(`segment (seed ${SEED})`, () => {
  test.each([
    ['beside', vec(5, 3), 3],
    ['beyond the end', vec(13, 4), 5],
    ['before the start', vec(-6, 8), 10],
    ['on it', vec(2, 0), 0],
  ])('distanceToSegment() of a point %s', (_, p, expected) => {
    expect(distanceToSegment(p, vec(0, 0), vec(10, 0))).toBeCloseTo(expected, 12)
  })

  test('distanceToSegment() of a segment without length is the distance to its point', () => {
    expect(distanceToSegment(vec(3, 4), vec(0, 0), vec(0, 0))).toBe(5)
  })

  test('no point of a segment is nearer than distanceToSegment() says', () => {
    fc.assert(
      fc.property(point, point, point, fc.double({ min: 0, max: 1, noNaN: true }), (p, a, b, t) => {
        expect(distanceToSegment(p, a, b)).toBeLessThanOrEqual(distance(p, lerp(a, b, t)) + 1e-9)
      }),
      RUNS,
    )
  })

  test('distanceToPolyline() is the smallest over its segments, Infinity for none', () => {
    expect(distanceToPolyline(vec(0, 0), [])).toBe(Infinity)
    expect(distanceToPolyline(vec(0, 0), [vec(3, 4)])).toBe(5)
    expect(distanceToPolyline(vec(9, 5), [vec(0, 0), vec(10, 0), vec(10, 10)])).toBe(1)
    expect(nearestOnPolyline(vec(9, 5), [vec(0, 0), vec(10, 0), vec(10, 10)])).toEqual(vec(10, 5))
  })

  test.each([
    ['crossing', [0, 0, 10, 10, 0, 10, 10, 0], true],
    ['meeting at an end', [0, 0, 5, 5, 5, 5, 9, 0], true],
    ['touching in a T', [0, 0, 10, 0, 5, 0, 5, 5], true],
    ['overlapping along one line', [0, 0, 10, 0, 5, 0, 15, 0], true],
    ['apart along one line', [0, 0, 4, 0, 5, 0, 15, 0], false],
    ['parallel', [0, 0, 10, 0, 0, 1, 10, 1], false],
    ['lines that would cross further on', [0, 0, 1, 1, 0, 10, 10, 0], false],
    ['a point on a segment', [5, 5, 5, 5, 0, 0, 10, 10], true],
    ['a point off a segment', [5, 6, 5, 6, 0, 0, 10, 10], false],
  ])('segmentsIntersect(): %s', (_, [ax, ay, bx, by, cx, cy, dx, dy], expected) => {
    const [a, b, c, d] = [vec(ax!, ay!), vec(bx!, by!), vec(cx!, cy!), vec(dx!, dy!)]
    expect(segmentsIntersect(a, b, c, d)).toBe(expected)
    expect(segmentsIntersect(d, c, b, a)).toBe(expected)
  })

  test('a crossing lies on both segments', () => {
    fc.assert(
      fc.property(point, point, point, point, (a, b, c, d) => {
        const crossing = segmentCrossing(a, b, c, d)
        expect(crossing !== null).toBe(segmentsIntersect(a, b, c, d))
        if (crossing === null) return
        expect(distanceToSegment(crossing, a, b)).toBeLessThan(1e-4)
        expect(distanceToSegment(crossing, c, d)).toBeLessThan(1e-4)
      }),
      RUNS,
    )
  })

  test('crossings() come nearest first', () => {
    const zigzag = [vec(8, -1), vec(8, 1), vec(3, 1), vec(3, -1)]
    expect(crossings(vec(0, 0), vec(10, 0), zigzag)).toEqual([vec(3, 0), vec(8, 0)])
  })

  test('a segment meets a box exactly when clipping leaves something of it', () => {
    fc.assert(
      fc.property(point, point, box, (a, b, one) => {
        expect(segmentIntersectsBox(a, b, one)).toBe(clipped(a, b, one))
      }),
      RUNS,
    )
  })

  test.each([
    ['cuts a corner', vec(-1, 3), vec(3, -1), true],
    ['passes a corner by', vec(-3, 2), vec(2, -3), false],
    ['runs through from side to side', vec(-5, 5), vec(15, 5), true],
    ['lies within', vec(2, 2), vec(3, 3), true],
    ['touches an edge', vec(-5, 0), vec(15, 0), true],
    ['lies beside', vec(11, 0), vec(11, 10), false],
  ])('segmentIntersectsBox(): a segment that %s', (_, a, b, expected) => {
    expect(segmentIntersectsBox(a, b, { x: 0, y: 0, w: 10, h: 10 })).toBe(expected)
  })

  test('polylineIntersectsBox() handles none, one and a box without size', () => {
    const one = { x: 0, y: 0, w: 10, h: 10 }
    expect(polylineIntersectsBox([], one)).toBe(false)
    expect(polylineIntersectsBox([vec(5, 5)], one)).toBe(true)
    expect(polylineIntersectsBox([vec(50, 5)], one)).toBe(false)
    expect(polylineIntersectsBox([vec(0, 0), vec(4, 4)], { x: 2, y: 2, w: 0, h: 0 })).toBe(true)
    expect(polylineIntersectsBox([vec(0, 0), vec(4, 4)], { x: 2, y: 3, w: 0, h: 0 })).toBe(false)
  })

  test('pointAlong() walks the whole length', () => {
    const corner = [vec(0, 0), vec(10, 0), vec(10, 10)]
    expect(polylineLength(corner)).toBe(20)
    expect(pointAlong(corner, 0)).toEqual(vec(0, 0))
    expect(pointAlong(corner, 0.75)).toEqual(vec(10, 5))
    expect(pointAlong(corner, 1)).toEqual(vec(10, 10))
    expect(pointAlong([], 0.5)).toBeNull()
    expect(pointAlong([vec(3, 3), vec(3, 3)], 0.5)).toEqual(vec(3, 3))
  })

  test('pointAlong() stays on the line', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), (line, t) => {
        fc.pre(line.length > 0)
        expect(distanceToPolyline(pointAlong(line, t)!, line)).toBeLessThan(1e-6)
      }),
      RUNS,
    )
  })
})
