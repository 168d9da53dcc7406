/** A move costs what the main thread did from it to the next one. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { moveCosts } from './pointer-cost.ts'
import type { TraceEvent } from './trace.ts'

function event(name: string, [ts, tdur]: readonly [number, number], type?: string): TraceEvent {
  return { name, pid: 1, tid: 2, ts, dur: tdur, tdur, args: type ? { data: { type } } : {} }
}

void test('a task before the first move counts for nobody, the one of the next frame for the move before', () => {
  const costs = moveCosts([
    event('RunTask', [0, 900]),
    event('RunTask', [1_000, 2_000]),
    event('EventDispatch', [1_100, 500], 'pointermove'),
    event('RunTask', [4_000, 1_000]),
    event('RunTask', [17_000, 3_000]),
    event('EventDispatch', [17_500, 700], 'pointermove'),
  ])
  assert.deepEqual(costs, [
    { wholeMs: 3, handlerMs: 0.5 },
    { wholeMs: 3, handlerMs: 0.7 },
  ])
})

void test('two moves in one task share it', () => {
  const costs = moveCosts([
    event('RunTask', [0, 4_000]),
    event('EventDispatch', [100, 1_000], 'pointermove'),
    event('EventDispatch', [1_200, 1_000], 'pointermove'),
  ])
  assert.deepEqual(costs, [
    { wholeMs: 2, handlerMs: 1 },
    { wholeMs: 2, handlerMs: 1 },
  ])
})

void test('other events and other threads do not count', () => {
  const other = { ...event('RunTask', [2_000, 9_000]), tid: 3 }
  const costs = moveCosts([
    event('RunTask', [0, 1_000]),
    event('EventDispatch', [100, 300], 'pointermove'),
    event('EventDispatch', [500, 300], 'keydown'),
    other,
  ])
  assert.deepEqual(costs, [{ wholeMs: 1, handlerMs: 0.3 }])
})

void test('no moves', () => {
  assert.deepEqual(moveCosts([event('RunTask', [0, 1])]), [])
})
