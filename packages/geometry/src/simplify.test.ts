import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distanceToPolyline } from './segment.ts'
import { simplify } from './simplify.ts'
import { points, RUNS, SEED } from './testing/laws.ts'
import { vec } from './vec.ts'

const tolerance = fc.double({ min: 0, max: 3_000, noNaN: true })

describe(`simplify (seed ${SEED})`, () => {
  test('keeps both ends, keeps the order, and invents nothing', () => {
    fc.assert(
      fc.property(points, tolerance, (line, within) => {
        const fewer = simplify(line, within)
        expect(fewer[0]).toBe(line[0])
        expect(fewer.at(-1)).toBe(line.at(-1))
        const places = fewer.map((p) => line.indexOf(p))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(places).not.toContain(-1)
      }),
      RUNS,
    )
  })

  test('stays within the tolerance of every point it left out', () => {
    fc.assert(
      fc.property(points, tolerance, (line, within) => {
        const fewer = simplify(line, within)
        for (const p of line)
          expect(distanceToPolyline(p, fewer)).toBeLessThanOrEqual(within + 1e-9)
      }),
      RUNS,
    )
  })

  test('drops points on a straight line and keeps corners', () => {
    const line = [vec(0, 0), vec(1, 0), vec(2, 0.01), vec(5, 0), vec(5, 3), vec(5, 5)]
    expect(simplify(line, 0.1)).toEqual([vec(0, 0), vec(5, 0), vec(5, 5)])
  })

  test('keeps what else a point carries', () => {
    const inked = [0, 1, 2].map((i) => ({ x: i, y: i % 2, pressure: i / 2 }))
    expect(simplify(inked, 0.1)).toEqual(inked)
  })

  test('two points and fewer stay as they are', () => {
    expect(simplify([], 1)).toEqual([])
    expect(simplify([vec(0, 0), vec(0, 0)], 1)).toHaveLength(2)
  })

  test('a closed loop keeps its far side', () => {
    expect(simplify([vec(0, 0), vec(5, 0), vec(5, 5), vec(0, 0)], 1)).toHaveLength(4)
  })

  test('survives a very long line', () => {
    const spiral = Array.from({ length: 5_000 }, (_, i) => vec(Math.cos(i / 9) * i, i))
    expect(simplify(spiral, 1).length).toBeGreaterThan(2)
  })
})
