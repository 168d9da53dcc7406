import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import {
  decodeAwareness,
  decodeAwarenessEntries,
  encodeAwareness,
  encodeAwarenessEntries,
} from './awareness.ts'
import * as LIMITS from './limits.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe('awareness', () => {
  test('golden bytes', () => {
    const entries = [
      { clientId: 300, clock: 2, state: '{}' },
      { clientId: 1, clock: 0, state: 'null' },
    ]
    const encoded = bytes(2, 0xac, 2, 2, 2, 0x7b, 0x7d, 1, 0, 4, 0x6e, 0x75, 0x6c, 0x6c)
    expect(encodeAwarenessEntries(entries)).toEqual(encoded)
    expect(decodeAwarenessEntries(encoded)).toEqual(entries)
  })

  test('states stay as they are, also where they are no JSON', () => {
    const entries = [{ clientId: 1, clock: 1, state: '{"half' }]
    expect(decodeAwarenessEntries(encodeAwarenessEntries(entries))).toEqual(entries)
  })

  test('raw states need not even be text', () => {
    const entries = [{ clientId: 1, clock: 1, state: bytes(255, 0) }]
    const encoded = encodeAwareness(entries)
    expect(decodeAwareness(encoded)).toEqual(entries)
    expect(decodeAwarenessEntries(encoded)).toBeNull()
  })

  test('nobody is an awareness message too', () => {
    expect(encodeAwareness([])).toEqual(bytes(0))
    expect(decodeAwareness(bytes(0))).toEqual([])
  })

  test.each([
    ['nothing', bytes()],
    ['fewer entries than it says', bytes(2, 1, 1, 0)],
    ['a state beyond the end', bytes(1, 1, 1, 9, 0)],
    ['no state', bytes(1, 1, 1)],
    ['a number without an end', bytes(1, 0x80, 0x80)],
  ])('%s decodes to null', (_, encoded) => {
    expect(decodeAwareness(encoded)).toBeNull()
  })

  test('more entries than the limit decode to null', () => {
    const entry = { clientId: 1, clock: 1, state: bytes() }
    const many = Array.from({ length: LIMITS.awarenessEntriesMax + 1 }, () => entry)
    expect(decodeAwareness(encodeAwareness(many))).toBeNull()
    expect(decodeAwareness(encodeAwareness(many.slice(1)))).toHaveLength(many.length - 1)
  })

  test('a large state decodes: whoever passes it on cuts it, and its sender stays', () => {
    const state = new Uint8Array(LIMITS.awarenessStateBytesMax + 1)
    const entries = [{ clientId: 1, clock: 1, state }]
    expect(decodeAwareness(encodeAwareness(entries))).toEqual(entries)
  })

  test.each([0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])(
    'ids and clocks of %d are written as lib0 writes them',
    (value) => {
      const encoded = encodeAwareness([{ clientId: value, clock: value, state: bytes() }])
      const expected = encoding.encode((encoder) => {
        for (const number of [1, value, value, 0]) encoding.writeVarUint(encoder, number)
      })
      expect(encoded).toEqual(expected)
    },
  )
})
