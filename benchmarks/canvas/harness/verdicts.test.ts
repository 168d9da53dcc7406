/** What is met on a busy machine is met; what is missed there is not judged; what was not measured is neither. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { PeerName, ScenarioName } from '../config.ts'
import type { Row } from './rows.ts'
import type { Figures } from './statistics.ts'
import { markOf, verdictsOf } from './verdicts.ts'

const target = { target: 'frames', unit: 'fps', limit: 59, atLeast: true, isDisturbed: false }

function row(name: readonly [ScenarioName, string, PeerName], figures: Figures): Row {
  const [scenario, variant, peer] = name
  return { scenario, variant, peer, figures, rounds: 1, problem: null }
}

void test('at least, at most', () => {
  assert.equal(markOf({ ...target, value: 59 }), 'met')
  assert.equal(markOf({ ...target, value: 58.9 }), '**missed**')
  assert.equal(markOf({ ...target, atLeast: false, value: 58.9 }), 'met')
  assert.equal(markOf({ ...target, atLeast: false, value: 59.1 }), '**missed**')
})

void test('a busy machine', () => {
  assert.equal(markOf({ ...target, isDisturbed: true, value: 60 }), 'met')
  assert.match(markOf({ ...target, isDisturbed: true, value: 10 }), /not judged/)
})

void test('what is missing is neither', () => {
  assert.equal(markOf({ ...target, value: Number.NaN }), 'not measured')
})

void test('a row that is there is judged, one that is not is left out', () => {
  const verdicts = verdictsOf([row(['pan', '1000', 'kolam'], { fps: 60, p95Ms: 40 })])
  assert.deepEqual(verdicts.map(markOf), ['met', '**missed**'])
})

void test('the main thread at 10,000 is held against that of Excalidraw', () => {
  const own = row(['far', '10000', 'kolam'], { fps: 60, p95Ms: 16.7, mainMs: 100 })
  const theirs = row(['far', '10000', 'excalidraw'], { mainMs: 250, othersShare: 0.5 })
  const [, , main] = verdictsOf([own, theirs])
  assert.equal(main?.value, 0.4)
  assert.match(markOf(main), /not judged/)
})
