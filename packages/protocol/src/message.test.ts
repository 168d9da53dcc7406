import { describe, expect, test } from 'vitest'
import * as LIMITS from './limits.ts'
import { decodeMessage, encodeMessage, type Message } from './message.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const hex = (frame: Uint8Array) =>
  Array.from(frame, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
const unhex = (text: string) => bytes(...text.split(' ').map((byte) => Number.parseInt(byte, 16)))

/** What stands here must never change: clients of other versions speak it. */
const GOLDEN: readonly (readonly [Message, string])[] = [
  [{ type: 'step1', stateVector: bytes(0) }, '00 00 01 00'],
  [{ type: 'step1', stateVector: bytes(1, 7, 200, 1) }, '00 00 04 01 07 c8 01'],
  [{ type: 'step2', update: bytes(0, 0) }, '00 01 02 00 00'],
  [{ type: 'update', update: bytes(1, 2, 3) }, '00 02 03 01 02 03'],
  [{ type: 'awareness', bytes: bytes(0) }, '01 01 00'],
  [{ type: 'auth', reason: 'no' }, '02 00 02 6e 6f'],
  [{ type: 'queryAwareness' }, '03'],
  [{ type: 'ping', nonce: 1 }, '64 01'],
  [{ type: 'ping', nonce: 300 }, '64 ac 02'],
  [{ type: 'pong', nonce: Number.MAX_SAFE_INTEGER }, '65 ff ff ff ff ff ff ff 0f'],
  [{ type: 'known' }, '66'],
  [{ type: 'health', degraded: false, reason: '' }, '67 00 00'],
  [{ type: 'health', degraded: true, reason: 'ü' }, '67 01 02 c3 bc'],
  [{ type: 'goodbye', retryAfterMs: 1500 }, '68 dc 0b'],
  [{ type: 'part', update: bytes(1, 2, 3) }, '69 03 01 02 03'],
]

describe('golden bytes', () => {
  test.each(GOLDEN)('%o', (message, frame) => {
    expect(hex(encodeMessage(message))).toBe(frame)
    expect(decodeMessage(unhex(frame))).toEqual({ ok: true, message })
  })
})

describe('decodeMessage() refuses', () => {
  test.each([
    ['empty', bytes()],
    ['truncated', bytes(0)],
    ['truncated', bytes(0, 0)],
    ['truncated', bytes(0, 2, 4, 1, 2, 3)],
    ['truncated', bytes(0x80)],
    ['truncated', bytes(100)],
    ['truncated', bytes(1, 5, 0)],
    ['trailing', bytes(0, 2, 1, 1, 0)],
    ['trailing', bytes(0, 0, 1, 0, 0, 2, 2, 0, 0)],
    ['unknown-type', bytes(4)],
    ['unknown-type', bytes(0, 3, 0)],
    ['unknown-type', bytes(2, 1, 0)],
    ['unknown-type', bytes(106)],
    ['malformed', bytes(103, 2, 0)],
    ['malformed', bytes(100, 255, 255, 255, 255, 255, 255, 255, 31)],
    ['malformed', bytes(100, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)],
    ['malformed', bytes(2, 0, 1, 0xff)],
    ['too-large', bytes(1, 0x81, 0x80, 0x40)],
    ['too-large', bytes(2, 0, 0x81, 0x20)],
    ['too-large', bytes(0, 0, 0x81, 0x80, 0x80, 0x02)],
  ])('%s: %o', (code, frame) => {
    expect(decodeMessage(frame)).toMatchObject({ ok: false, code })
  })

  test('a frame over the limit, before it looks inside', () => {
    const frame = new Uint8Array(LIMITS.frameBytesMax + 1)
    expect(decodeMessage(frame)).toMatchObject({ ok: false, code: 'too-large' })
  })
})

describe('decodeMessage()', () => {
  test('ignores what a later version adds after a message of its own', () => {
    expect(decodeMessage(bytes(104, 5, 9, 9))).toEqual({
      ok: true,
      message: { type: 'goodbye', retryAfterMs: 5 },
    })
    expect(decodeMessage(bytes(102, 1))).toMatchObject({ ok: true })
  })

  test('never reads beyond the frame into memory it shares', () => {
    const pool = bytes(9, 9, 0, 2, 3, 7, 8, 66, 66, 66)
    expect(decodeMessage(pool.subarray(2, 7))).toMatchObject({ ok: false, code: 'truncated' })
    expect(decodeMessage(pool.subarray(2, 8))).toEqual({
      ok: true,
      message: { type: 'update', update: bytes(7, 8, 66) },
    })
  })

  test('gives views, no copies', () => {
    const frame = bytes(0, 2, 2, 1, 2)
    const decoded = decodeMessage(frame)
    frame[4] = 77
    expect(decoded).toEqual({ ok: true, message: { type: 'update', update: bytes(1, 77) } })
  })
})
