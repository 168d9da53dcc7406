import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  angleOfMatrix,
  applyMatrix,
  applyMatrixToBox,
  IDENTITY,
  invert,
  multiply,
  rotation,
  rotationAbout,
  scaling,
  translation,
  type Matrix,
} from './matrix.ts'
import { angle, box, coordinate, point, RUNS, SEED } from './testing/laws.ts'
import { boxContainsPoint, boxCorners, expandBox } from './box.ts'
import { distance, rotate } from './vec.ts'

const matrix: fc.Arbitrary<Matrix> = fc
  .tuple(angle, fc.double({ min: 0.1, max: 10, noNaN: true }), coordinate, coordinate)
  .map(([by, factor, x, y]) => multiply(translation(x, y), multiply(rotation(by), scaling(factor))))

describe(`matrix (seed ${SEED})`, () => {
  test('the inverse undoes a transform', () => {
    fc.assert(
      fc.property(matrix, point, (m, v) => {
        expect(distance(applyMatrix(invert(m), applyMatrix(m, v)), v)).toBeLessThan(1e-5)
        expect(distance(applyMatrix(m, applyMatrix(invert(m), v)), v)).toBeLessThan(1e-5)
      }),
      RUNS,
    )
  })

  test('multiply() does the inner transform first', () => {
    fc.assert(
      fc.property(matrix, matrix, point, (outer, inner, v) => {
        const twoSteps = applyMatrix(outer, applyMatrix(inner, v))
        expect(distance(applyMatrix(multiply(outer, inner), v), twoSteps)).toBeLessThan(1e-4)
      }),
      RUNS,
    )
    const moveThenDouble = multiply(scaling(2), translation(3, 0))
    expect(applyMatrix(moveThenDouble, { x: 1, y: 1 })).toEqual({ x: 8, y: 2 })
  })

  test('IDENTITY changes nothing', () => {
    fc.assert(
      fc.property(matrix, (m) => {
        expect(multiply(m, IDENTITY)).toEqual(m)
        expect(multiply(IDENTITY, m)).toEqual(m)
      }),
      RUNS,
    )
  })

  test('rotationAbout() does what rotate() does', () => {
    fc.assert(
      fc.property(angle, point, point, (by, centre, v) => {
        const turned = applyMatrix(rotationAbout(by, centre), v)
        expect(distance(turned, rotate(v, by, centre))).toBeLessThan(1e-6)
      }),
      RUNS,
    )
  })

  test('applyMatrixToBox() contains the transformed corners', () => {
    fc.assert(
      fc.property(matrix, box, (m, one) => {
        const around = expandBox(applyMatrixToBox(m, one), 1e-4)
        const corners = boxCorners(one).map((corner) => applyMatrix(m, corner))
        expect(corners.every((corner) => boxContainsPoint(around, corner))).toBe(true)
      }),
      RUNS,
    )
  })

  test('angleOfMatrix() reads the turn back', () => {
    expect(angleOfMatrix(rotationAbout(1.25, { x: 40, y: -7 }))).toBeCloseTo(1.25, 12)
    expect(angleOfMatrix(IDENTITY)).toBe(0)
  })

  test('invert() refuses a transform that flattens the plane', () => {
    expect(() => invert([1, 2, 2, 4, 0, 0])).toThrow(RangeError)
    expect(() => invert([NaN, 0, 0, 1, 0, 0])).toThrow(RangeError)
  })
})
