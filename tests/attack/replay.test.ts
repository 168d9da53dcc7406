/** Saying again what honest people said before: it is known already, so nothing of it is stored, shown or believed. */
import { encodeMessage } from '@kolam/protocol'
import * as Y from 'yjs'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { placeOf } from './support/rally.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'
import type { RelayTarget } from './support/relay-target.ts'

const test = testOfRelay()

/** Rounds an attacker listens to before it repeats them; some of them delete. */
const ROUNDS = 6
const TIMES = 20

describe('replay', () => {
  test('old updates are not stored again', async ({ scene }) => {
    const spy = await listenedTo(scene)
    const updates = spy.of('update').filter(({ update }) => !deletes(update))
    for (let time = 0; time < TIMES; time++) {
      spy.say(...updates)
      await scene.goesOn()
    }
    expect(await spy.outcome()).toBeNull()
    expectStoredOnce(scene)
  })

  test('a step2 that only repeats is not stored, with deletions or without', async ({ scene }) => {
    const spy = await listenedTo(scene)
    const parts = spy.of('update').map(({ update }) => update)
    expect(parts.some(deletes), 'somebody deleted something').toBe(true)
    const wholes = [Y.mergeUpdates(parts), Y.encodeStateAsUpdate(scene.bob.doc)]
    for (let time = 0; time < TIMES; time++) {
      spy.say(...[...wholes, ...parts].map((update) => ({ type: 'step2', update }) as const))
      await scene.goesOn()
    }
    expect(await spy.outcome()).toBeNull()
    expectStoredOnce(scene)
  })

  test('old presence takes nobody back to where they were', async ({ scene }) => {
    const stepsBack = watchPlaces(scene)
    const spy = await listenedTo(scene)
    const heard = spy.of('awareness').map((message) => encodeMessage(message))
    const others = await Promise.all([1, 2, 3].map(() => Attacker.open(scene.target)))
    for (let time = 0; time < TIMES; time++) {
      for (const attacker of [spy, ...others]) scene.welcome(attacker).send(...heard)
      await scene.goesOn()
    }
    expect(await spy.outcome()).toBeNull()
    expect(stepsBack).toEqual([])
  })

  test('a whole conversation, said again from new connections, changes nothing', async ({
    scene,
  }) => {
    const spy = await listenedTo(scene)
    const updates = spy.of('update').filter(({ update }) => !deletes(update))
    const conversation = [...updates, ...spy.of('awareness')]
    for (let time = 0; time < TIMES; time++) {
      const parrot = scene.welcome(await Attacker.open(scene.target))
      parrot.say(...conversation)
      expect(await parrot.outcome()).toBeNull()
      parrot.leave()
    }
    await scene.goesOn(2)
    expectStoredOnce(scene)
  })
})

/** An attacker that has heard some rounds of honest work. */
async function listenedTo(scene: Scene): Promise<Attacker> {
  const spy = scene.welcome(await Attacker.open(scene.target))
  await scene.goesOn(ROUNDS)
  return spy
}

/** Honest people never send the same update twice, so two that are the same are a replay. */
function expectStoredOnce({ target }: Scene<RelayTarget>): void {
  const stored = (target.committed.get(DOCUMENT) ?? []).map((update) => update.join())
  expect(stored.length).toBeGreaterThan(ROUNDS)
  expect(stored.length - new Set(stored).size, 'updates stored twice').toBe(0)
}

function deletes(update: Uint8Array): boolean {
  return Y.decodeUpdate(update).ds.clients.size > 0
}

/** Whoever is seen where they were before; they only ever go on. */
function watchPlaces({ ada, bob }: Scene): string[] {
  const stepsBack: string[] = []
  for (const [mover, watcher] of [
    [ada, bob],
    [bob, ada],
  ] as const) {
    let last = 0
    watcher.awareness.on('change', () => {
      const place = Number(placeOf(mover, watcher) ?? last)
      if (place < last) stepsBack.push(`${mover.name} went from ${last} to ${place}`)
      last = place
    })
  }
  return stepsBack
}
