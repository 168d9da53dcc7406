import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Connection, gate, World } from '../testing/index.ts'
import { mergeThoroughly } from './functions.ts'
import { yjsDocuments } from './yjs-documents.ts'

/** Somebody's document, and the update of each edit. */
class Author {
  readonly doc: Y.Doc
  readonly updates: Uint8Array[] = []

  constructor(clientID: number) {
    this.doc = Object.assign(new Y.Doc(), { clientID })
    this.doc.on('update', (update: Uint8Array) => this.updates.push(update))
  }

  /** Types at the end. */
  types(words: string): Uint8Array {
    const text = this.doc.getText('words')
    text.insert(text.length, words)
    return this.updates.at(-1)!
  }

  deletes(index: number, length: number): Uint8Array {
    this.doc.getText('words').delete(index, length)
    return this.updates.at(-1)!
  }

  get all(): Uint8Array {
    return Y.mergeUpdates(this.updates)
  }
}

function yjsWorld(options: ConstructorParameters<typeof World>[0] = {}): World {
  return new World({ documents: yjsDocuments(), ...options })
}

function clocksStored(world: World): string[] {
  return world.store.batches.flat().flatMap(({ update }) => {
    const structs = Y.decodeUpdate(update).structs.filter((struct) => !(struct instanceof Y.Skip))
    return structs.map(({ id, length }) => `${id.client}:${id.clock}+${length}`)
  })
}

function heard(peer: Connection): string[] {
  return peer.messages.map(({ type }) => type)
}

async function wordsOf(world: World): Promise<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, await world.relay.read('doc'))
  return doc.getText('words').toJSON()
}

describe('an update that overlaps with what is there', () => {
  test('[S13] only what is new is stored, and its sender hears that all is', async () => {
    const world = yjsWorld()
    const [ada, bob] = [await world.join('doc', { kolam: true }), await world.join()]
    const author = new Author(1)
    ada.say({ type: 'update', update: author.types('hello') })
    await world.pass(20)
    author.types(' world')
    ada.clear()
    bob.clear()
    ada.say({ type: 'step2', update: author.all })
    await world.pass(20)
    expect(clocksStored(world)).toEqual(['1:0+5', '1:5+6'])
    expect(heard(ada)).toEqual(['update', 'known'])
    expect(heard(bob)).toEqual(['update'])
    expect(await wordsOf(world)).toBe('hello world')
  })

  test('[S13] a stock client hears its own bytes, after what is new', async () => {
    const world = yjsWorld()
    const ada = await world.join()
    const author = new Author(1)
    ada.say({ type: 'update', update: author.types('hello') })
    await world.pass(20)
    author.types(' world')
    ada.clear()
    ada.say({ type: 'update', update: author.all })
    await world.pass(20)
    expect(heard(ada)).toEqual(['update', 'update'])
    expect(ada.of('update').at(-1)?.update).toEqual(author.all)
  })

  test('[S13] what is on its way to the disk is waited for', async () => {
    const world = yjsWorld()
    const [ada, bob] = [await world.join(), await world.join('doc', { kolam: true })]
    const stored = gate()
    world.store.before = () => stored.passed
    const author = new Author(1)
    ada.say({ type: 'update', update: author.types('hello') })
    author.types(' world')
    bob.say({ type: 'step2', update: author.all })
    await world.pass(20)
    expect(bob.of('known', 'update')).toEqual([])
    stored.open()
    await world.pass(50)
    expect(clocksStored(world)).toEqual(['1:0+5', '1:5+6'])
    expect(heard(bob).slice(-3)).toEqual(['update', 'update', 'known'])
  })

  test('[S13] who is faster is stored, and the other one is held against it again', async () => {
    const documents = yjsDocuments()
    const sifting = gate()
    let held = true
    const world = yjsWorld({
      documents: {
        ...documents,
        sift: async (parts, update) => {
          const found = await documents.sift(parts, update)
          if (held) await sifting.passed
          return found
        },
      },
    })
    const [ada, bob] = [await world.join(), await world.join('doc', { kolam: true })]
    const author = new Author(1)
    ada.say({ type: 'update', update: author.types('a') })
    await world.pass(20)
    const second = author.types('b')
    bob.say({ type: 'step2', update: author.all })
    await world.pass(5)
    ada.say({ type: 'update', update: second })
    held = false
    sifting.open()
    await world.pass(50)
    expect(clocksStored(world)).toEqual(['1:0+1', '1:1+1'])
    expect(heard(bob).at(-1)).toBe('known')
  })

  test.each([true, false])(
    '[S14] other words at the same clocks close their sender (Kolam client: %s)',
    async (kolam) => {
      const world = yjsWorld()
      const [ada, thief] = [await world.join(), await world.join('doc', { kolam })]
      ada.say({ type: 'update', update: new Author(1).types('hello') })
      await world.pass(20)
      ada.clear()
      thief.say({ type: 'update', update: new Author(1).types('HELLO WORLD') })
      await world.pass(20)
      expect(thief.closedWith).toBe(4409)
      expect(ada.messages).toEqual([])
      expect(await wordsOf(world)).toBe('hello')
    },
  )

  test('[S14] also where both came before either was stored', async () => {
    const world = yjsWorld()
    const [ada, thief] = [await world.join(), await world.join()]
    ada.say({ type: 'update', update: new Author(1).types('hello') })
    thief.say({ type: 'update', update: new Author(1).types('HELLO WORLD') })
    await world.pass(50)
    expect([ada.closedWith, thief.closedWith]).toEqual([null, 4409])
    expect(await wordsOf(world)).toBe('hello')
  })

  test('[S14] an embedder’s edit that does is rejected, one that repeats is not stored again', async () => {
    const world = yjsWorld()
    const author = new Author(1)
    const hello = author.types('hello')
    author.types('!')
    const applied = [hello, author.all, author.all].map((update) =>
      world.relay.apply('doc', update, ''),
    )
    await world.pass(50)
    await Promise.all(applied)
    expect(clocksStored(world)).toEqual(['1:0+5', '1:5+1'])
    const other = new Author(1).types('HELLO')
    await expect(world.relay.apply('doc', other, '')).rejects.toThrow('Cannot store an update')
    expect(await wordsOf(world)).toBe('hello!')
  })

  test('[S15] whoever still has what was deleted and tidied away is told', async () => {
    const world = yjsWorld()
    const author = new Author(1)
    const hello = author.types('hello')
    author.deletes(1, 3)
    await world.relay.apply('doc', mergeThoroughly(author.updates), '')
    const [ada, bob] = [await world.join('doc', { kolam: true }), await world.join()]
    for (const peer of [ada, bob]) {
      peer.clear()
      peer.say({ type: 'update', update: hello })
    }
    await world.pass(20)
    expect(heard(ada)).toEqual(['part', 'known'])
    expect(heard(bob)).toEqual(['update', 'update'])
    for (const [told] of [ada.of('part'), bob.of('update')]) {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, hello)
      Y.applyUpdate(doc, told!.update)
      expect(doc.getText('words').toJSON()).toBe('ho')
    }
  })

  test('[S16] what was tidied away is not taken behind a gap', async () => {
    const world = yjsWorld()
    const [ada, bob] = [await world.join(), await world.join()]
    const author = new Author(1)
    author.doc.getMap('m').set('list', new Y.Array())
    ada.say({ type: 'update', update: author.updates[0]! })
    await world.pass(20)
    author.doc.transact(() => {
      ;(author.doc.getMap('m').get('list') as Y.Array<number>).push([1, 2, 3])
      author.doc.getMap('m').delete('list')
    })
    const emptied = author.updates[1]!
    expect(Y.decodeUpdate(emptied).structs.some((struct) => struct instanceof Y.GC)).toBe(true)
    const early = Y.diffUpdate(emptied, Uint8Array.from([1, 1, 2]))
    bob.say({ type: 'update', update: early })
    await world.pass(20)
    expect(bob.closedWith).toBe(1013)
    ada.say({ type: 'update', update: emptied })
    await world.pass(20)
    expect(ada.closedWith).toBe(null)
    expect(clocksStored(world)).toEqual(['1:0+1', '1:1+3'])
  })

  test('[L17] a document takes so many authors and no more', async () => {
    const world = yjsWorld({ limits: { documentAuthorsMax: 3 } })
    const ada = await world.join('doc', { kolam: true })
    const authors = [1, 2, 3, 4].map((id) => new Author(id))
    for (const author of authors) ada.say({ type: 'update', update: author.types('a') })
    await world.pass(20)
    ada.say({ type: 'update', update: authors[0]!.types('b') })
    await world.pass(20)
    expect(ada.of('auth')).toHaveLength(1)
    expect(clocksStored(world)).toEqual(['1:0+1', '2:0+1', '3:0+1', '1:1+1'])
  })
})
