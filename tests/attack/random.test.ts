/**
 * A hundred thousand random frames. Viewers send them into the honest document, editors into documents of their own:
 * what an editor may do to a document is another question (see odd-updates.test.ts). Replay with SEED=17.
 */
import { seededRandom } from '@kolam/base'
import * as Y from 'yjs'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { SEED } from './support/bytes.ts'
import { type Ground, Mob } from './support/mob.ts'
import { randomFrame } from './support/random-frames.ts'
import { ABANDONED } from './support/relay-target.ts'
import { DOCUMENT } from './support/scene.ts'
import { turn } from './support/waiting.ts'

const BULK = 100_000
const OVER_SOCKETS = 3_000

/** Frames between two looks at the honest, and between two turns of the event loop. */
const LOOK_EVERY = 5_000
const TURN_EVERY = 100

const SOCKETS = 25

const DOCUMENTS = 20

/** Bad messages, what is too large, and what the relay cannot answer in a document that was made unreadable. */
const FAIR_CODES = [1009, 1013, 4400, 4409]

describe('random', () => {
  const test = testOfRelay()

  test(`frames from very many sessions harm nobody (SEED=${SEED})`, async ({ scene }) => {
    const random = seededRandom(SEED)
    const grounds = Array.from({ length: DOCUMENTS }, (_, i) => groundsOf(i)).flat()
    const mob = scene.welcome(new Mob(scene.target.relay, { random, grounds, size: 100 }))
    for (let sent = 1; sent <= BULK; sent++) {
      mob.send(randomFrame(random))
      if (sent % TURN_EVERY === 0) await turn()
      if (sent % LOOK_EVERY === 0) await scene.goesOn()
    }
    const codes = [...mob.closings.keys()].filter((code) => !FAIR_CODES.includes(code))
    expect(codes, 'codes that say something else than whose fault it is').toEqual([])
    expect(mob.closings.get(4400)).toBeGreaterThan(BULK / 10)
    for (const updates of scene.target.committed.values()) {
      for (const update of updates) Y.decodeUpdate(update) // throws where it is none
    }
  })
})

describe('random, over real sockets', () => {
  const test = testOfRelay({ authorize: () => ({ ok: true, role: 'editor', person: '' }) })

  test(`frames harm nobody (SEED=${SEED})`, async ({ scene }) => {
    const random = seededRandom(SEED + 1)
    let sent = 0
    async function sendUntilClosed(id: string): Promise<void> {
      const attacker = scene.welcome(await Attacker.open(scene.target, { id }))
      for (let code: number | null = null; code === null && sent < OVER_SOCKETS; sent++) {
        attacker.send(randomFrame(random))
        code = await attacker.outcome()
        expect([null, ...FAIR_CODES]).toContain(code)
      }
    }
    async function sendOn(id: string): Promise<void> {
      while (sent < OVER_SOCKETS) await sendUntilClosed(id)
    }
    await Promise.all(Array.from({ length: SOCKETS }, (_, i) => sendOn(`${ABANDONED}${i}`)))
    await scene.goesOn()
  })
})

/** Half of the mob watches the honest document, the other half has documents of its own. */
function groundsOf(i: number): Ground[] {
  return [
    { id: DOCUMENT, role: 'viewer' },
    { id: `${ABANDONED}${i}`, role: 'editor' },
  ]
}
