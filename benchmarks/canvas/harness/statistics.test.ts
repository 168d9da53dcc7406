/** Percentiles are durations that were measured, never something in between. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { frameFigures, median, medians, quantile } from './statistics.ts'

void test('quantiles of a hundred, of one and of none', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.deepEqual([quantile(values, 0.95), quantile(values, 1), quantile([7], 0.5)], [95, 100, 7])
  assert.ok(Number.isNaN(quantile([], 0.5)))
})

void test('the median of odd, even and no numbers', () => {
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3]), median([5])], [2, 2.5, 5])
  assert.ok(Number.isNaN(median([])))
})

void test('medians leave out the rounds that lack a measure', () => {
  assert.deepEqual(medians([{ a: 1, b: 5 }, { a: 3, b: Number.NaN }, { a: 2 }]), { a: 2, b: 5 })
})

void test('steady frames', () => {
  const times = Array.from({ length: 121 }, (_, index) => 1_000 + index * 16)
  assert.deepEqual(frameFigures(times), { fps: 62.5, p95Ms: 16, longestMs: 16 })
})

void test('one frame in ten takes five times as long', () => {
  let time = 0
  const times = Array.from({ length: 101 }, (_, index) => (time += index % 10 === 5 ? 50 : 10))
  const { fps, p95Ms, longestMs } = frameFigures(times)
  assert.deepEqual([Math.round(fps!), p95Ms, longestMs], [71, 50, 50])
})

void test('no frames at all', () => {
  assert.ok(Number.isNaN(frameFigures([])['fps']))
  assert.ok(Number.isNaN(frameFigures([5])['p95Ms']))
})
