import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { angle, point, RUNS, SEED } from './testing/laws.ts'
import { add, angleOf, distance, lerp, normalize, rotate, sub, vec } from './vec.ts'

describe(`vec (seed ${SEED})`, () => {
  test('rotate() turns clockwise on screen: right goes down', () => {
    const down = rotate(vec(1, 0), Math.PI / 2)
    expect(down.x).toBeCloseTo(0, 12)
    expect(down.y).toBeCloseTo(1, 12)
  })

  test('rotate() keeps the distance to its centre, and turning back undoes it', () => {
    fc.assert(
      fc.property(point, point, angle, (v, about, by) => {
        const turned = rotate(v, by, about)
        expect(distance(turned, about)).toBeCloseTo(distance(v, about), 6)
        expect(distance(rotate(turned, -by, about), v)).toBeLessThan(1e-6)
      }),
      RUNS,
    )
  })

  test('sub() undoes add()', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distance(sub(add(a, b), b), a)).toBeLessThan(1e-9)
      }),
      RUNS,
    )
  })

  test('lerp() is exact at both ends', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distance(lerp(a, b, 0), a)).toBe(0)
        expect(distance(lerp(a, b, 1), b)).toBe(0)
      }),
      RUNS,
    )
  })

  test('normalize() leaves a zero vector at zero', () => {
    expect(normalize(vec(0, 0))).toEqual({ x: 0, y: 0 })
    expect(normalize(vec(0, -3))).toEqual({ x: 0, y: -1 })
  })

  test('angleOf() counts clockwise from the x axis', () => {
    expect(angleOf(vec(0, 2))).toBeCloseTo(Math.PI / 2, 12)
  })
})
