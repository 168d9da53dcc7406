/** Counting stands on reading every frame, wherever the network cuts it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { framesOf } from '../servers/framing.ts'
import { FrameReader } from './frame-reader.ts'

const MESSAGES = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 200_000, 5].map((length) =>
  Buffer.from({ length, 0: 7, [length - 1]: 9 }),
)

/** What is read when the bytes come in pieces of this size. */
function readInPieces(bytes: Buffer, size: number): Buffer[] {
  const found: Buffer[] = []
  const reader = new FrameReader({
    message: (piece, start, end) => found.push(Buffer.from(piece.subarray(start, end))),
    control: () => assert.fail('There is no control frame'),
    large: () => {
      const parts: Buffer[] = []
      return {
        piece: (piece, start, end) => parts.push(Buffer.from(piece.subarray(start, end))),
        done: () => found.push(Buffer.concat(parts)),
      }
    },
  })
  const shared = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(shared, 0, at, Math.min(at + size, bytes.length))
    reader.read(shared, 0, length)
    shared.fill(255)
  }
  return found
}

for (const size of [1, 2, 3, 7, 11, 1000, 65_536, 1_000_000]) {
  void test(`frames in pieces of ${size} bytes`, () => {
    assert.deepEqual(readInPieces(framesOf(MESSAGES), size), MESSAGES)
  })
}
