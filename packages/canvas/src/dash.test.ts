import { expect, test } from 'vitest'
import { DASHES_MAX, dashPattern } from './dash.ts'

test('a solid line has no pattern', () => {
  expect(dashPattern('solid', { width: 2, length: 100, closed: false })).toEqual([])
})

test('patterns grow with the stroke', () => {
  const [thin = 0] = dashPattern('dashed', { width: 1, length: 100, closed: false })
  const [thick = 0] = dashPattern('dashed', { width: 8, length: 100, closed: false })
  expect(thick).toBeGreaterThan(thin * 2)
})

test.each(['dashed', 'dotted'] as const)(
  'a huge %s line gets no more dashes than a browser bears',
  (dash) => {
    const length = 1e9
    const pattern = dashPattern(dash, { width: 2, length, closed: false })
    const period = pattern.reduce((sum, part) => sum + part, 0)
    expect(length / period).toBeLessThanOrEqual(DASHES_MAX + 1e-6)
    expect(pattern.every(Number.isFinite)).toBe(true)
  },
)

test('a whole number of dashes goes around a closed line', () => {
  const pattern = dashPattern('dashed', { width: 2, length: 100, closed: true })
  const count = 100 / pattern.reduce((sum, part) => sum + part, 0)
  expect(count).toBeCloseTo(Math.round(count), 9)
})

test('a line of no length does not upset the pattern', () => {
  expect(dashPattern('dotted', { width: 2, length: 0, closed: true })).toEqual([0.01, 7])
})
