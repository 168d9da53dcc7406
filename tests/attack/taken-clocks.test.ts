/**
 * Clocks of somebody's client id, which everybody in the room knows, taken by somebody else: before they are used, or
 * with other words where there are words already. What was written stays, and no light says `saved` of what is not.
 */
import * as Y from 'yjs'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { type Honest, type KolamHonest, kolamHonest, stockHonest } from './support/honest.ts'
import type { RelayTarget } from './support/relay-target.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'
import { varUint } from './support/bytes.ts'
import { garbage, type Struct, text, updateOf } from './support/update-bytes.ts'

const SOON = { timeout: 15_000 }

const test = testOfRelay()

/** A client nobody has, for whom others wait for ever. */
const NOBODY = 901

describe('clocks that are taken', () => {
  test(
    'other words over those that are there change nothing for newcomers',
    SOON,
    async ({ scene }) => {
      const author = await joined(scene)
      for (const letter of 'hello') await write(scene, author, letter)
      const client = author.doc.clientID
      author.leave()
      const thief = scene.welcome(await Attacker.open(scene.target))
      const structs = [text('HELLO!', { parent: 'words' })]
      thief.say({ type: 'update', update: updateOf([{ client, clock: 0, structs }]) })
      expect(await thief.closed).toBe(4409)
      await scene.goesOn(2)
      for (const come of [stockHonest, kolamHonest]) {
        const newcomer = scene.welcome(come('newcomer', scene.place))
        await newcomer.synced()
        expect(wordsOf(newcomer)).toBe(wordsOf(scene.ada))
      }
    },
  )

  test.for<[string, number, Struct]>([
    ['garbage a little later', 3, garbage(1_000)],
    ['words that wait for nobody', 0, text('taken', { origin: [NOBODY, 0] })],
  ])('%s: what a light calls saved is on disk', SOON, async ([, ahead, struct], { scene }) => {
    const victim = await joined(scene)
    await write(scene, victim, 'abc')
    const client = victim.doc.clientID
    const clock = Y.getState(victim.doc.store, client) + ahead
    const thief = scene.welcome(await Attacker.open(scene.target))
    thief.say({ type: 'update', update: updateOf([{ client, clock, structs: [struct] }]) })
    expect([null, 1013]).toContain(await thief.outcome())
    for (const letter of 'defgh') {
      victim.doc.getText('words').insert(0, letter)
      if (!(await isSaved(victim))) return
      expect(await storedWords(scene.target)).toBe(wordsOf(victim))
    }
  })
})

/** Her clocks can be taken while she is away, and then the server claims to have what she wrote meanwhile. */
test(
  'what was written offline is never called saved when the server has something else there',
  SOON,
  async ({ scene }) => {
    const victim = await joined(scene)
    await write(scene, victim, 'abc')
    const client = victim.doc.clientID
    const clock = Y.getState(victim.doc.store, client)
    victim.client.disconnect()
    victim.doc.getText('words').insert(3, 'def')
    const thief = scene.welcome(await Attacker.open(scene.target))
    const structs = [text('xyz', { parent: 'words' })]
    thief.say({ type: 'update', update: updateOf([{ client, clock, structs }]) })
    expect(await thief.outcome()).toBe(null)
    const told = Promise.withResolvers<unknown>()
    victim.client.on('state', (state) => {
      if (state.name === 'refused') told.resolve(state)
    })
    victim.client.on('save', (save) => {
      if (save.name === 'saved') told.resolve('saved')
    })
    victim.client.connect()
    expect(await told.promise).toMatchObject({ name: 'refused', code: 4409 })
    expect(victim.client.save).toMatchObject({ name: 'local' })
    await scene.goesOn(2)
  },
)

test(
  'a document with a state vector that nobody could take is not made',
  SOON,
  async ({ scene }) => {
    const thief = scene.welcome(await Attacker.open(scene.target))
    const update = ofManyAuthors(750_000)
    thief.say({ type: 'update', update })
    await thief.until(() => thief.of('auth').length > 0)
    const newcomer = scene.welcome(kolamHonest('newcomer', scene.place))
    await newcomer.synced()
    await scene.goesOn(2)
  },
)

/** Too many for `updateOf`. */
function ofManyAuthors(authors: number): Uint8Array {
  const blocks = Array.from({ length: authors }, (_, i) =>
    [1, ...varUint(2 ** 50 - i), 0].concat(garbage(1)),
  )
  return Uint8Array.from([varUint(authors), ...blocks, [0]].flat())
}

async function joined(scene: Scene): Promise<KolamHonest> {
  const person = scene.welcome(kolamHonest('author', scene.place))
  await person.synced()
  return person
}

/** Writes, and waits until somebody else reads it. */
async function write({ ada }: Scene, { doc }: Honest, words: string): Promise<void> {
  const all = doc.getText('words')
  all.insert(all.length, words)
  await ada.until(() => wordsOf(ada) === all.toJSON())
}

/** What the light says when it has made up its mind. */
async function isSaved({ client }: KolamHonest): Promise<boolean> {
  while (client.save.name === 'saving') {
    await new Promise<void>((resolve) => {
      const stop = client.on('save', () => {
        stop()
        resolve()
      })
    })
  }
  return client.save.name === 'saved'
}

async function storedWords(target: RelayTarget): Promise<string> {
  const doc = new Y.Doc()
  for (const part of await target.stored(DOCUMENT)) Y.applyUpdate(doc, part)
  return doc.getText('words').toJSON()
}

function wordsOf({ doc }: Honest): string {
  return doc.getText('words').toJSON()
}
