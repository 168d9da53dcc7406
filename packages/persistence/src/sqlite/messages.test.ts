import { expect, test } from 'vitest'
import { packBatch, packDocument, unpackBatch, unpackDocument } from './messages.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('a batch survives packing, in one buffer of its own', () => {
  const batch = [
    { document: 'a', update: bytes(1, 2), at: 5, author: 'ada' },
    { document: 'b', update: bytes(), at: 6, author: '' },
    { document: 'a', update: bytes(9, 3, 4).subarray(1), at: 7, author: 'bob' },
  ]
  const packed = packBatch(batch)
  expect(Array.from(packed.bytes.subarray(-4))).toEqual([1, 2, 3, 4])
  expect([packed.documents, packed.authors]).toEqual([
    ['a', 'b'],
    ['ada', '', 'bob'],
  ])
  expect(packed.bytes.buffer).not.toBe(batch[0]!.update.buffer)
  expect(unpackBatch(packed)).toEqual(batch)
})

test.each([
  ['nothing', { snapshot: null, updates: [], seq: 0 }],
  ['updates', { snapshot: null, updates: [bytes(1), bytes()], seq: 2 }],
  ['a snapshot', { snapshot: bytes(1, 2), updates: [], seq: 7 }],
  ['an empty snapshot and updates', { snapshot: bytes(), updates: [bytes(3)], seq: 8 }],
])('a document with %s survives packing', (_, document) => {
  expect(unpackDocument(packDocument(document))).toEqual(document)
})
