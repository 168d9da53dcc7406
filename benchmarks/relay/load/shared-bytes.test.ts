/** A board that differs from the others' is noticed, wherever it differs. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { SharedBytes } from './shared-bytes.ts'

function take(shared: SharedBytes, bytes: Buffer, sizes: readonly number[]): Buffer {
  let whole = Buffer.alloc(0)
  const message = shared.take(bytes.length, (result) => (whole = Buffer.from(result)))
  let at = 0
  for (const size of sizes) {
    message.piece(bytes, at, at + size)
    at += size
  }
  message.piece(bytes, at, bytes.length)
  message.done()
  return whole
}

void test('equal messages, however they are cut', () => {
  const shared = new SharedBytes()
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index & 0xff))
  for (const sizes of [[], [1, 998], [500], [3, 3, 3], [999]]) {
    assert.deepEqual(take(shared, bytes, sizes), bytes)
  }
})

void test('one that differs is kept apart', () => {
  const shared = new SharedBytes()
  const bytes = Buffer.alloc(1000, 1)
  take(shared, bytes, [])
  for (const place of [0, 499, 500, 999]) {
    const other = Buffer.from(bytes)
    other[place] = 2
    assert.deepEqual(take(shared, other, [250, 250]), other)
    assert.deepEqual(take(shared, bytes, [300]), bytes)
  }
  assert.deepEqual(take(shared, Buffer.alloc(10, 3), []), Buffer.alloc(10, 3))
})
