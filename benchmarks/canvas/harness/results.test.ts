/** A short run replaces its own rows and leaves the others alone. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { PeerName } from '../config.ts'
import { type Kept, merged } from './results.ts'
import type { Row } from './rows.ts'

function row(peer: PeerName, fps: number): Row {
  return { scenario: 'pan', variant: '1000', peer, figures: { fps }, rounds: 1, problem: null }
}

const EMPTY: Kept = { runs: [], rows: [] }

void test('rows of another run stay with their run', () => {
  const first = merged(EMPTY, [row('kolam', 50), row('excalidraw', 40)], { date: 'one' })
  const second = merged(first, [row('kolam', 60)], { date: 'two' })
  assert.deepEqual(second.runs, [{ date: 'one' }, { date: 'two' }])
  assert.deepEqual(second.rows, [
    { ...row('excalidraw', 40), run: 0 },
    { ...row('kolam', 60), run: 1 },
  ])
})

void test('a run that no row is of any more is forgotten', () => {
  const first = merged(EMPTY, [row('kolam', 50)], { date: 'one' })
  const second = merged(first, [row('kolam', 60)], { date: 'two' })
  assert.deepEqual(second, { runs: [{ date: 'two' }], rows: [{ ...row('kolam', 60), run: 0 }] })
})
