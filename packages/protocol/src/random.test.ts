/** Laws over random messages and random bytes. Replay one failure with SEED=17. */
import { describe, expect, test } from 'vitest'
import {
  decodeAwareness,
  decodeAwarenessEntries,
  decodeMessage,
  encodeAwareness,
  encodeMessage,
  type Message,
} from './index.ts'

const seeds = process.env['SEED'] ? [Number(process.env['SEED'])] : [1, 2, 3, 4, 5]

/** The types a random message is picked from; `satisfies` keeps the list whole. */
const TYPES = Object.keys({
  step1: 0,
  step2: 0,
  update: 0,
  awareness: 0,
  auth: 0,
  queryAwareness: 0,
  ping: 0,
  pong: 0,
  known: 0,
  health: 0,
  goodbye: 0,
  part: 0,
} satisfies Record<Message['type'], 0>) as Message['type'][]

/** A small seeded generator; the package stands on no other. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return ((state >>> 0) / 2 ** 32) * below
  }
}

function randomMessage(upTo: (below: number) => number): Message {
  const type = TYPES[Math.floor(upTo(TYPES.length))]!
  const bytes = Uint8Array.from({ length: upTo(200) }, () => upTo(256))
  const number = Math.floor(upTo(2 ** upTo(53)))
  const reason = String.fromCodePoint(
    ...Array.from({ length: upTo(9) }, () => 32 + upTo(0xd000)).map(Math.floor),
  )
  const all = {
    stateVector: bytes,
    update: bytes,
    bytes,
    reason,
    nonce: number,
    retryAfterMs: number,
  }
  const fields: Record<Message['type'], readonly (keyof typeof all)[]> = {
    step1: ['stateVector'],
    step2: ['update'],
    update: ['update'],
    awareness: ['bytes'],
    auth: ['reason'],
    queryAwareness: [],
    ping: ['nonce'],
    pong: ['nonce'],
    known: [],
    health: ['reason'],
    goodbye: ['retryAfterMs'],
    part: ['update'],
  }
  const picked = Object.fromEntries(fields[type].map((field) => [field, all[field]]))
  return { type, ...picked, ...(type === 'health' && { degraded: upTo(2) < 1 }) } as Message
}

describe('any message', () => {
  test.each(seeds)('decodes to what was encoded (SEED=%i)', (seed) => {
    const upTo = generator(seed)
    for (let i = 0; i < 150; i++) {
      const message = randomMessage(upTo)
      expect(decodeMessage(encodeMessage(message))).toEqual({ ok: true, message })
    }
  })

  test.each(seeds)('cut short or changed decodes or is refused, never throws (SEED=%i)', (seed) => {
    const upTo = generator(seed)
    for (let i = 0; i < 150; i++) {
      const frame = encodeMessage(randomMessage(upTo))
      frame[Math.floor(upTo(frame.length))] = upTo(256)
      const cut = frame.subarray(0, Math.floor(upTo(frame.length + 1)))
      for (const bytes of [frame, cut]) {
        const decoded = decodeMessage(bytes)
        const said = decoded.ok ? decoded.message.type : decoded.reason
        expect(said).not.toBe('')
      }
    }
  })
})

describe('any bytes', () => {
  test.each(seeds)(
    'as awareness decode to entries that encode again, or to null (SEED=%i)',
    (seed) => {
      const upTo = generator(seed)
      let decodable = 0
      for (let i = 0; i < 500; i++) {
        const bytes = Uint8Array.from({ length: upTo(30) }, () => upTo(upTo(2) < 1 ? 6 : 256))
        const entries = decodeAwareness(bytes)
        const texts = decodeAwarenessEntries(bytes)
        expect(texts === null || texts.length === entries?.length).toBe(true)
        expect(entries && decodeAwareness(encodeAwareness(entries))).toEqual(entries)
        if (entries) decodable += 1
      }
      expect(decodable).toBeGreaterThan(5)
    },
  )
})
