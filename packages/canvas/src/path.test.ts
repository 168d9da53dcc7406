import { describe, expect, test } from 'vitest'
import {
  Op,
  ellipsePath,
  isClosed,
  pathBounds,
  pathLength,
  polyline,
  rectanglePath,
  toSvg,
} from './path.ts'

const BOX = { x: 10, y: 20, w: 100, h: 50 }

describe('paths', () => {
  test('a sharp rectangle is four corners', () => {
    expect(toSvg(rectanglePath(BOX))).toBe('M10 20L110 20L110 70L10 70Z')
  })

  test('a radius is cut to half the shorter side', () => {
    expect(rectanglePath(BOX, 1000)).toEqual(rectanglePath(BOX, 25))
  })

  test('bounds of rectangles and ellipses are their boxes', () => {
    expect(pathBounds(rectanglePath(BOX, 8))).toEqual(BOX)
    expect(pathBounds(ellipsePath(BOX))).toEqual(BOX)
    expect(pathBounds([])).toEqual({ x: 0, y: 0, w: 0, h: 0 })
  })

  test('length counts the way back of closed paths', () => {
    const corner = [
      [0, 0],
      [3, 0],
      [3, 4],
    ] as const
    expect(pathLength(polyline(corner, { closed: false }))).toBe(7)
    expect(pathLength(polyline(corner, { closed: true }))).toBe(12)
  })

  test('length of a curve is near the true one', () => {
    const circle = ellipsePath({ x: 0, y: 0, w: 100, h: 100 })
    expect(Math.abs(pathLength(circle) / (Math.PI * 100) - 1)).toBeLessThan(0.002)
  })

  test('only a path that ends by closing is closed', () => {
    expect(isClosed(rectanglePath(BOX))).toBe(true)
    expect(isClosed([Op.move, 0, 0, Op.line, 4, 4])).toBe(false)
    expect(isClosed([])).toBe(false)
  })

  test('every opcode has a letter', () => {
    expect(
      toSvg([Op.move, 0, 0, Op.quad, 1, 1, 2, 2, Op.cubic, 1, 2, 3, 4, 5, 6.126, Op.close]),
    ).toBe('M0 0Q1 1 2 2C1 2 3 4 5 6.13Z')
  })
})
