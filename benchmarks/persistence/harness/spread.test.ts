/** Percentiles are durations that were measured, never something in between. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { spreadOf } from './spread.ts'

void test('of a hundred', () => {
  const durations = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.deepEqual(spreadOf(durations), { p50Ms: 50, p99Ms: 99, longestMs: 100 })
})

void test('of one', () => {
  assert.deepEqual(spreadOf([7]), { p50Ms: 7, p99Ms: 7, longestMs: 7 })
})

void test('of none', () => {
  assert.ok(Number.isNaN(spreadOf([])['longestMs']))
})
