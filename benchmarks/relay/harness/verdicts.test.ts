/** A target is met by figures only: what was not measured is not met. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { rowOf } from './rounds.ts'
import { verdictsOf } from './verdicts.ts'

const rows = [
  rowOf('y-websocket', [{ cpu: 8 }, { cpu: 10 }, { cpu: 30 }], []),
  rowOf('hocuspocus', [{ cpu: 12 }], []),
  rowOf(
    'kolam',
    [
      { cpu: 2, undelivered: 0 },
      { cpu: 4, undelivered: 3 },
    ],
    [],
  ),
]

void test('against the best of others, by medians', () => {
  const target = {
    measure: 'cpu',
    atMost: 0.3,
    timesBestOf: ['y-websocket', 'hocuspocus'],
  } as const
  assert.deepEqual(verdictsOf(rows, [target]), [
    { target, value: 0.3, against: 'y-websocket', met: true },
  ])
})

void test('by itself, the worst round counts', () => {
  const target = { measure: 'undelivered', atMost: 0 }
  assert.equal(verdictsOf(rows, [target])[0]!.met, false)
})

void test('one of the others is missing', () => {
  const target = { measure: 'cpu', atMost: 9, timesBestOf: ['y-websocket', 'ws-batched'] } as const
  assert.equal(verdictsOf(rows, [target])[0]!.met, null)
})
