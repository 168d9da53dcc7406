import { ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { limitsOf } from '../limits.ts'
import { silentLog } from '../log.ts'
import { gate, settle } from '../testing/index.ts'
import type { Verdict } from './admission.ts'
import { Question } from './question.ts'

const VIEWER = { ok: true, role: 'viewer', person: 'ada' } as const
const EDITOR = { ok: true, role: 'editor', person: 'ada' } as const
const REFUSED = { ok: false, closing: { code: 1013, reason: 'Cannot tell who you are' } }

function question(ask: (signal: AbortSignal) => unknown) {
  const clock = new ManualClock()
  const heard: Verdict[] = []
  const warnings: unknown[] = []
  const log = { ...silentLog, warn: (_: string, details?: object) => warnings.push(details) }
  const asked = new Question(
    { clock, limits: limitsOf(), log },
    { withinMs: 100, ask, hear: (verdict) => heard.push(verdict) },
  )
  return { asked, clock, heard, warnings }
}

describe('Question', () => {
  test('[H8] an answer at once is heard at once, one that takes a while then', async () => {
    const known = gate()
    const now = question(() => VIEWER)
    const later = question(() => known.passed.then(() => VIEWER))
    now.asked.put()
    later.asked.put()
    expect([now.heard, later.heard]).toEqual([[{ ...VIEWER, expiresAt: Infinity }], []])
    known.open()
    await settle()
    expect(later.heard).toEqual(now.heard)
    expect([now.clock.pending, later.clock.pending]).toEqual([0, 0])
  })

  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  function fail(): never {
    throw new Error('no database')
  }
  const trap = Object.defineProperty({ ok: true }, 'role', { get: fail })
  test.each<[string, () => unknown]>([
    ['throws', fail],
    ['rejects', () => Promise.reject(new Error('no database'))],
    ['rejects with nothing', () => Promise.reject()],
    ['says nothing', () => undefined],
    ['promises nothing', async () => undefined],
    ['talks nonsense', () => ({ ok: true, role: 'owner', person: 'ada' })],
    ['is broken', () => revoked.proxy],
    ['is a trap', () => trap],
    ['promises a trap', async () => trap],
  ])('[H8] an authoriser that %s admits nobody', async (_, ask) => {
    const { asked, heard, warnings, clock } = question(ask)
    asked.put()
    await settle()
    expect([heard, warnings.length, clock.pending]).toEqual([[REFUSED], 1, 0])
  })

  test('[H8] one that hangs admits nobody, also when it comes to itself', async () => {
    const known = gate()
    const signals: AbortSignal[] = []
    const { asked, heard, clock } = question(async (signal) => {
      signals.push(signal)
      await known.passed
      return EDITOR
    })
    asked.put()
    clock.advance(99)
    expect([heard, signals[0]!.aborted]).toEqual([[], false])
    clock.advance(1)
    expect([heard, signals[0]!.aborted]).toEqual([[REFUSED], true])
    known.open()
    await settle()
    expect(heard).toHaveLength(1)
  })

  test('[H12] what is asked again in one turn is asked once, and the last answer decides', async () => {
    const first = gate()
    const answers = [first.passed.then(() => EDITOR), Promise.resolve(VIEWER)]
    const signals: AbortSignal[] = []
    const { asked, heard } = question((signal) => {
      signals.push(signal)
      return answers[signals.length - 1]
    })
    asked.put()
    for (let i = 0; i < 5; i++) asked.putAgain()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    first.open() // too late: nobody hears it any more
    await settle()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    expect(heard).toEqual([{ ...VIEWER, expiresAt: Infinity }])
  })

  test('[H12] the error of one who was told to stop is not heard', async () => {
    const answers = [
      (signal: AbortSignal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      async () => VIEWER,
    ]
    const { asked, heard, warnings } = question((signal) => answers.shift()?.(signal))
    asked.put()
    asked.putAgain()
    await settle()
    expect([heard, warnings]).toEqual([[{ ...VIEWER, expiresAt: Infinity }], []])
  })

  test('[H12] asking again and again does not put off the end', async () => {
    const { asked, heard, clock } = question(() => new Promise(() => {}))
    asked.put()
    for (let i = 0; i < 10; i++) {
      clock.advance(10)
      asked.putAgain()
      await settle()
    }
    expect([heard, clock.pending]).toEqual([[REFUSED], 0])
  })

  test('[H9] a dropped question is not heard, and its asker told', async () => {
    const signals: AbortSignal[] = []
    const { asked, heard, clock } = question(async (signal) => {
      signals.push(signal)
      return EDITOR
    })
    asked.put()
    asked.drop()
    asked.putAgain()
    clock.advance(1000)
    await settle()
    expect([heard, signals.length, signals[0]!.aborted, clock.pending]).toEqual([[], 1, true, 0])
  })
})
