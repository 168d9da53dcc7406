/** A target is met by figures only: what was not measured is not met. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { markOf } from './verdicts.ts'

const target = { target: 'time', unit: '×', atMost: 0.2, isDisturbed: false }

void test('at most so much', () => {
  assert.equal(markOf({ ...target, value: 0.2 }), 'met')
  assert.equal(markOf({ ...target, value: 0.21 }), '**missed**')
})

void test('a busy machine', () => {
  assert.match(markOf({ ...target, value: 0.1, isDisturbed: true }), /not judged/)
})

void test('Kolam failed, however busy the machine', () => {
  assert.match(markOf({ ...target, value: Infinity, isDisturbed: true }), /missed/)
})

void test('what is missing is neither', () => {
  assert.equal(markOf({ ...target, value: Number.NaN }), 'not measured')
})
