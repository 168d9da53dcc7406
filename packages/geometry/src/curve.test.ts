import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curveThrough, flattenCurve, pointOnCubic, roundedPath, type Cubic } from './curve.ts'
import { distanceToPolyline } from './segment.ts'
import { closeOutline, pointInPolygon } from './polygon.ts'
import { points, RUNS, SEED } from './testing/laws.ts'
import { distance, vec } from './vec.ts'

const SQUARE = [vec(0, 0), vec(10, 0), vec(10, 10), vec(0, 10)]

function expectConnected(path: readonly Cubic[]) {
  for (let i = 1; i < path.length; i++) {
    expect(distance(path[i - 1]!.to, path[i]!.from)).toBeLessThan(1e-9)
  }
}

describe(`curve (seed ${SEED})`, () => {
  test('curveThrough() passes through every point, in order', () => {
    fc.assert(
      fc.property(points, (line) => {
        fc.pre(line.length >= 2)
        const curve = curveThrough(line)
        expect([curve[0]!.from, ...curve.map(({ to }) => to)]).toEqual(line)
      }),
      RUNS,
    )
  })

  test('curveThrough() closed comes back to its first point, smoothly', () => {
    const curve = curveThrough(SQUARE, { closed: true })
    expect(curve.map(({ from }) => from)).toEqual(SQUARE)
    expect(curve.at(-1)!.to).toEqual(SQUARE[0])
    const [arriving, leaving] = [curve.at(-1)!, curve[0]!]
    expect(leaving.control1.x - leaving.from.x).toBeCloseTo(arriving.to.x - arriving.control2.x, 9)
    expect(leaving.control1.y - leaving.from.y).toBeCloseTo(arriving.to.y - arriving.control2.y, 9)
  })

  test('curveThrough() two points is straight, through fewer is nothing', () => {
    const flat = flattenCurve(curveThrough([vec(0, 0), vec(10, 10)]))
    for (const p of flat) expect(p.x).toBeCloseTo(p.y, 12)
    expect(curveThrough([vec(1, 1)])).toEqual([])
    expect(curveThrough([])).toEqual([])
  })

  test('flattenCurve() keeps the joints and adds steps between them', () => {
    const line = [vec(0, 0), vec(10, 5), vec(20, 0)]
    const flat = flattenCurve(curveThrough(line), 4)
    expect(flat).toHaveLength(9)
    expect([flat[0], flat[4], flat[8]]).toEqual(line)
    expect(flattenCurve([])).toEqual([])
  })

  test('pointOnCubic() starts and ends with its segment', () => {
    const cubic = curveThrough([vec(0, 0), vec(3, 8), vec(9, 1)])[1]!
    expect(pointOnCubic(cubic, 0)).toEqual(cubic.from)
    expect(pointOnCubic(cubic, 1)).toEqual(cubic.to)
  })

  test('roundedPath() open keeps both ends and hangs together', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 100, noNaN: true }), (line, radius) => {
        fc.pre(line.length >= 2)
        const path = roundedPath(line, { radius })
        expect(path[0]!.from).toEqual(line[0])
        expect(path.at(-1)!.to).toEqual(line.at(-1))
        expectConnected(path)
      }),
      RUNS,
    )
  })

  test('roundedPath() without radius runs along the edges', () => {
    const path = roundedPath(SQUARE, { radius: 0, closed: true })
    for (const p of flattenCurve(path)) {
      expect(distanceToPolyline(p, closeOutline(SQUARE))).toBeLessThan(1e-9)
    }
  })

  test('roundedPath() closed cuts every corner and closes', () => {
    const path = roundedPath(SQUARE, { radius: 3, closed: true })
    expectConnected([...path, path[0]!])
    const outline = flattenCurve(path)
    expect(pointInPolygon(vec(0.5, 0.5), outline)).toBe(false)
    expect(pointInPolygon(vec(9.5, 9.5), outline)).toBe(false)
    expect(pointInPolygon(vec(1.5, 1.5), outline)).toBe(true)
    expect(pointInPolygon(vec(5, 0.1), outline)).toBe(true)
  })

  test('roundedPath() with a radius too large for its edges makes a circle of a square', () => {
    const outline = flattenCurve(roundedPath(SQUARE, { radius: 999, closed: true }))
    for (const p of outline) expect(distance(p, vec(5, 5))).toBeCloseTo(5, 1)
  })
})
