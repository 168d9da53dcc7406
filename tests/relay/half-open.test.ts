/**
 * Lines that carry nothing any more although nobody closed them, in one direction or both: the relay and Kolam's client
 * each find out by themselves, and when there is a line again nothing is lost.
 */
import { describe, expect, test } from 'vitest'
import { useProxy } from './support/far-place.ts'
import { KINDS } from './support/kinds.ts'
import { KolamClient } from './support/kolam-client.ts'
import { allRead, allSee, type Person } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import type { Direction } from './support/tcp-proxy.ts'
import { soon } from './support/within.ts'

/** Ways in which a line can break, as they are said in the name of a test. */
const BREAKS: readonly { readonly name: string; readonly held: readonly Direction[] }[] = [
  { name: 'in both directions', held: ['up', 'down'] },
  { name: 'from client to relay', held: ['up'] },
  { name: 'from relay to client', held: ['down'] },
]

describe.each(KINDS)('a relay whose line to $name breaks', ({ make }) => {
  const world = useRelay(make, { limits: { pingMs: 200, pongMs: 200, tickMs: 50 } })
  const far = useProxy(world)

  test.each(BREAKS)(
    '[S6] $name: it finds out, and nothing is lost afterwards',
    async ({ held }) => {
      const ada = await far.join()
      const bob = await world.join()
      ada.write('one ')
      await soon('both are there', Promise.all([bob.untilReads('one '), allSee(ada, bob)]))
      const line = far.newestLine
      line.hold(held)
      bob.text.insert(0, 'zero ')
      await soon('bob sees ada go', bob.untilSees(ada, false))
      ada.write('two')
      line.release()
      await soon('both read all', allRead('zero one two', ada, bob))
      await soon('both see each other', allSee(ada, bob))
      expect(await world.storedWords()).toBe('zero one two')
    },
  )
})

describe('a client of Kolam whose line breaks', () => {
  const world = useRelay((to) => new KolamClient(to, { quietMs: 500, pongMs: 500 }))
  const far = useProxy(world)

  test.each(BREAKS)('$name: it finds out and comes back on another line', async ({ held }) => {
    const [ada, bob] = [await far.join(), await world.join()]
    ada.write('one ')
    await soon('both are there', Promise.all([bob.untilReads('one '), allSee(ada, bob)]))
    await ada.saved()
    const line = far.newestLine
    line.hold(held)
    ada.write('two ')
    bob.write('three')
    expect(ada.client.save.name).toBe('saving')
    await soon('ada finds out', ada.disconnected())
    await soon('ada is back', ada.synced())
    await soon('all is saved', ada.saved())
    await soon('both see each other', allSee(ada, bob))
    await soon('both read the same', sameWords(ada, bob))
    expect(await world.storedWords()).toBe(ada.words)
    for (const word of ['one', 'two', 'three']) expect(ada.words).toContain(word)
    // What was stuck in the old line comes out of it at last, and means nothing any more.
    line.release()
    ada.write('!')
    await soon('both read the same', sameWords(ada, bob))
    expect(ada.people).toEqual(bob.people)
  })

  test('it finds out sooner when it is asked to look', async () => {
    const ada = await far.join()
    far.newestLine.hold()
    ada.client.probe()
    await soon('ada finds out', ada.disconnected())
    expect(ada.client.state.name).toBe('offline')
    await soon('ada is back', ada.synced())
  })
})

describe.each(KINDS)('$name comes back on another line', ({ make }) => {
  const world = useRelay(make)
  const far = useProxy(world)

  test('[P5] what was stuck in the old one brings nobody back who went meanwhile', async () => {
    const [ada, bob] = await world.pair()
    const cleo = await far.join()
    await soon('all see all', allSee(ada, bob, cleo))
    const old = far.newestLine
    old.hold(['down'])
    ada.say('cursor', { x: 1, y: 1 })
    await soon(
      'bob hears ada',
      bob.untilPresence(() => bob.hears(ada, 'cursor') !== undefined),
    )
    cleo.disconnect()
    await soon('bob sees cleo go', bob.untilSees(cleo, false))
    ada.destroy()
    await soon('bob sees ada go', bob.untilSees(ada, false))
    cleo.connect()
    await soon('the others are there', allSee(bob, cleo))
    old.release()
    await soon('the old line is gone', old.closed)
    expect(cleo.people).toEqual(bob.people)
  })
})

describe.each(KINDS)('when nothing comes through to the relay for a while, $name', ({ make }) => {
  const world = useRelay(make, { limits: { pingMs: 200, pongMs: 200, tickMs: 50 } })
  const far = useProxy(world)

  test('[R2,P7] brings everything when it does again', async () => {
    const people = [await far.join(), await far.join(), await far.join()] as const
    const near = await world.join()
    await soon('all see all', allSee(...people, near))
    far.proxy.admit(false)
    for (const line of far.proxy.lines) line.hold()
    for (const [index, person] of people.entries()) person.write(`${index} `)
    await soon('they are gone', allSee(near))
    near.write('near ')
    far.proxy.admit(true)
    for (const line of far.proxy.lines) line.release()
    await soon('all see all', allSee(...people, near))
    await soon('all read the same', sameWords(...people, near))
    expect(near.words.split(' ').sort()).toEqual(['', '0', '1', '2', 'near'])
    expect(await world.storedWords()).toBe(near.words)
  })
})

/** Resolves when they all read the same text; each has written something, so that nobody lacks anything then. */
async function sameWords(...people: readonly Person[]): Promise<void> {
  const differ = (): boolean => new Set(people.map((one) => one.words)).size > 1
  while (differ()) await Promise.race(people.map((one) => one.nextUpdate()))
}
