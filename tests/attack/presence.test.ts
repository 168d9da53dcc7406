/**
 * Presence as a weapon: speaking for others, sending them away, clocks that leave no room, states that break who reads
 * them. Honest people stay, are seen, and are seen as they are.
 */
import { encodeAwarenessEntries, type Message } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import type { Honest } from './support/honest.ts'
import { placeOf } from './support/rally.ts'
import type { Scene } from './support/scene.ts'
import { nestedJson } from './support/update-bytes.ts'

/** Far below the 15 s after which a stock client renews its presence by itself. */
const SOON = { timeout: 10_000 }

/** Far more often than anybody would for a good reason. */
const TIMES = 100

const test = testOfRelay()

/** Under which attackers speak for themselves. */
const OWN_ID = 1_000_000

describe('speaking for others', () => {
  test('who is sent away is seen again at once', SOON, async ({ scene }) => {
    const attacker = await whileAllRest(scene)
    for (const victim of [scene.ada, scene.bob]) {
      for (let time = 0; time < 5; time++) {
        await speakFor(scene, attacker, { victim, state: 'null' })
        await expectSeenAsTheyAre(scene, `${victim.name} ${time}`)
      }
    }
    expect(await attacker.outcome()).toBeNull()
    scene.rally.start()
  })

  test('who is impersonated is seen as they are again at once', SOON, async ({ scene }) => {
    const attacker = await whileAllRest(scene)
    for (const victim of [scene.ada, scene.bob]) {
      await speakFor(scene, attacker, { victim, state: '{"user":"mallory"}' })
      await expectSeenAsTheyAre(scene, victim.name)
    }
    attacker.leave()
    await expectSeenAsTheyAre(scene, 'after the attacker left')
    scene.rally.start()
  })

  test('who is sent away again and again is soon left alone', SOON, async ({ scene }) => {
    const attacker = await whileAllRest(scene)
    let departures = 0
    scene.bob.awareness.on('change', ({ removed }: { removed: number[] }) => {
      departures += removed.length
    })
    for (let time = 0; time < TIMES; time++) {
      await speakFor(scene, attacker, { victim: scene.ada, state: 'null' })
    }
    await expectSeenAsTheyAre(scene, 'at last')
    expect(departures).toBeLessThan(TIMES / 4)
    scene.rally.start()
  })

  test('who is impersonated by somebody that leaves stays', SOON, async ({ scene }) => {
    for (let time = 0; time < 5; time++) {
      const attacker = scene.welcome(await Attacker.open(scene.target))
      for (const victim of [scene.ada, scene.bob]) {
        await speakFor(scene, attacker, { victim, state: '{}' })
      }
      attacker.leave()
      await scene.goesOn()
    }
  })
})

describe('clocks that leave no room', () => {
  const CLOCKS = [2 ** 31, 2 ** 32, 2 ** 53 - 3, 2 ** 53 - 2, 2 ** 53 - 1]

  test.for(['null', '{}'])(
    'do not drive anybody out, with the state %s',
    SOON,
    async (state, { scene }) => {
      for (const clock of CLOCKS) {
        const attacker = scene.welcome(await Attacker.open(scene.target))
        for (const { awareness } of [scene.ada, scene.bob]) {
          attacker.say(presence({ clientId: awareness.clientID, clock, state }))
        }
        await attacker.outcome()
        await scene.goesOn(2)
        attacker.leave()
      }
    },
  )

  test('are no help to those who come with one of their own', async ({ scene }) => {
    const attacker = scene.welcome(await Attacker.open(scene.target))
    attacker.say(presence({ clientId: 2 ** 53 - 1, clock: 2 ** 53 - 1, state: '{}' }))
    await attacker.outcome()
    await scene.goesOn()
  })
})

describe('states that break who reads them', () => {
  test('nested far too deep', async ({ scene }) => {
    for (const depth of [100, 3_000, 8_000, 30_000]) {
      const attacker = scene.welcome(await Attacker.open(scene.target))
      for (const core of ['1', '2']) {
        const clock = Number(core)
        attacker.say(presence({ clientId: depth, clock, state: nestedJson(depth, core) }))
        await attacker.outcome()
        await scene.goesOn()
      }
    }
  })

  test('of every kind JSON has', async ({ scene }) => {
    const attacker = scene.welcome(await Attacker.open(scene.target))
    const states = [
      '1',
      '"x"',
      'true',
      '[]',
      '{"__proto__":{"x":1}}',
      '{"cursor":{}}',
      '1e999',
      '{"a":1,"a":2}',
    ]
    for (const [i, state] of states.entries()) {
      attacker.say(presence({ clientId: 7, clock: i + 1, state }))
      await scene.goesOn()
    }
    expect(await attacker.outcome()).toBeNull()
  })

  test('that are no JSON close their senders with 4400', async ({ scene }) => {
    const states = ['', '{', 'nul', ' null', 'null ', '\0', '{}{}', "{'a':1}", 'NaN', '\ufeff{}']
    for (const state of states) {
      const attacker = scene.welcome(await Attacker.open(scene.target))
      attacker.say(presence({ clientId: 7, clock: 1, state }))
      expect(await attacker.outcome(), JSON.stringify(state)).toBe(4400)
    }
  })
})

/** Everybody says who they are and then says nothing more, so that what is seen is not their next move. */
async function whileAllRest(scene: Scene): Promise<Attacker> {
  await scene.rally.stop()
  for (const { name, awareness } of [scene.ada, scene.bob])
    awareness.setLocalStateField('user', name)
  await expectSeenAsTheyAre(scene, 'at first')
  return scene.welcome(await Attacker.open(scene.target))
}

/** What somebody says in a victim's name. */
interface Claim {
  readonly victim: Honest
  readonly state: string
}

/** Says something with the victim's next clock, and waits until the honest were told what they will be told. */
async function speakFor(scene: Scene, attacker: Attacker, { victim, state }: Claim): Promise<void> {
  const { awareness } = victim
  const clientId = awareness.clientID
  const clock = (awareness.meta.get(clientId)?.clock ?? 0) + 1
  attacker.say(presence({ clientId, clock, state }))
  await mark(scene, attacker)
}

/** The honest see a sign of the attacker's own, after everything that went before. */
async function mark({ ada, bob }: Scene, attacker: Attacker): Promise<void> {
  const name = String(++marks)
  attacker.say(presence({ clientId: OWN_ID, clock: marks, state: JSON.stringify({ user: name }) }))
  for (const honest of [ada, bob]) {
    await honest.until(() => honest.awareness.getStates().get(OWN_ID)?.['user'] === name)
  }
}

let marks = 0

async function expectSeenAsTheyAre({ ada, bob }: Scene, when: string): Promise<void> {
  await Promise.all([
    bob.until(() => sees(bob, ada) && sees(bob, bob)),
    ada.until(() => sees(ada, bob) && sees(ada, ada)),
  ])
  expect([placeOf(ada, bob), placeOf(bob, ada)], when).toEqual([
    placeOf(ada, ada),
    placeOf(bob, bob),
  ])
}

function sees(watcher: Honest, { name, awareness }: Honest): boolean {
  return watcher.awareness.getStates().get(awareness.clientID)?.['user'] === name
}

function presence(entry: { clientId: number; clock: number; state: string }): Message {
  return { type: 'awareness', bytes: encodeAwarenessEntries([entry]) }
}
