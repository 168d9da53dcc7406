/**
 * Presence as a weapon: speaking for others, sending them away, clocks that leave no room, states that break who reads
 * them. Honest people stay, are seen, and are seen as they are.
 */
import { decodeAwarenessEntries, encodeAwarenessEntries, type Message } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import type { Honest } from './support/honest.ts'
import { placeOf } from './support/rally.ts'
import type { Scene } from './support/scene.ts'
import { nestedJson } from './support/update-bytes.ts'

/** Far below the 15 s after which a stock client renews its presence by itself. */
const SOON = { timeout: 10_000 }

const test = testOfRelay()

describe('speaking for others', () => {
  test('who is sent away is seen again at once', SOON, async ({ scene }) => {
    const attacker = await whileAllRest(scene)
    for (const victim of [scene.ada, scene.bob]) {
      for (let time = 0; time < 5; time++) {
        await speakFor(attacker, victim, { ahead: 1, state: 'null' })
        await expectSeenAsTheyAre(scene, `${victim.name} ${time}`)
      }
    }
    expect(await attacker.outcome()).toBeNull()
    scene.rally.start()
  })

  test('who is impersonated is seen as they are again at once', SOON, async ({ scene }) => {
    const attacker = await whileAllRest(scene)
    for (const victim of [scene.ada, scene.bob]) {
      await speakFor(attacker, victim, { ahead: 1, state: '{"user":"mallory"}' })
      await expectSeenAsTheyAre(scene, victim.name)
    }
    attacker.leave()
    await expectSeenAsTheyAre(scene, 'after the attacker left')
    scene.rally.start()
  })

  test('who is impersonated by somebody that leaves stays', SOON, async ({ scene }) => {
    for (let time = 0; time < 5; time++) {
      const attacker = scene.welcome(await Attacker.open(scene.target))
      await speakFor(attacker, scene.ada, { ahead: 1, state: '{}' })
      await speakFor(attacker, scene.bob, { ahead: 1, state: '{}' })
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
    for (const depth of [3_000, 10_000, 30_000]) {
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

/** Says something with the victim's next clock, and waits until everybody was told what they will be told. */
async function speakFor(
  attacker: Attacker,
  { awareness }: Honest,
  { ahead, state }: { ahead: number; state: string },
): Promise<void> {
  const clientId = awareness.clientID
  const clock = (awareness.meta.get(clientId)?.clock ?? 0) + ahead
  attacker.say(presence({ clientId, clock, state }))
  await attacker.outcome()
  await mark(attacker)
}

/** A sign of the attacker's own comes back to it, after everything that went before. */
async function mark(attacker: Attacker): Promise<void> {
  const clientId = 1_000_000 + attacker.of('awareness').length
  attacker.say(presence({ clientId, clock: 1, state: '{}' }))
  await attacker.until(() => attacker.of('awareness').some(({ bytes }) => tells(bytes, clientId)))
}

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

function tells(bytes: Uint8Array, clientId: number): boolean {
  return (decodeAwarenessEntries(bytes) ?? []).some((entry) => entry.clientId === clientId)
}

function presence(entry: { clientId: number; clock: number; state: string }): Message {
  return { type: 'awareness', bytes: encodeAwarenessEntries([entry]) }
}
