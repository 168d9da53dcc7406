/** Updates as clients make them, of every kind of content, and the same with a few bytes changed. */
import type { Random } from '@kolam/base'
import * as Y from 'yjs'

/** What people do to a document, at random. */
export class RandomUpdates {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** What two people made of a document: each update, and what is put together out of them. */
  document(): Uint8Array[] {
    const updates: Uint8Array[] = []
    const docs = [0, 1].map(() => Object.assign(new Y.Doc(), { clientID: this.#below(2 ** 32) }))
    for (const doc of docs) {
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === null) updates.push(update)
      })
    }
    for (let step = 0; step < 30; step++) {
      const doc = this.#of(docs)
      const edits = this.#of([1, 1, 1, 4])
      doc.transact(() => {
        for (let i = 0; i < edits; i++) this.#edit(doc)
      })
      if (this.#random() < 0.3) sync(docs)
    }
    const some = updates.filter(() => this.#random() < 0.6)
    const whole = Y.mergeUpdates(updates)
    const early = Y.encodeStateVectorFromUpdate(updates[0] ?? EMPTY)
    const states = docs.map((doc) => Y.encodeStateAsUpdate(doc))
    return [...updates, ...states, whole, Y.mergeUpdates(some), Y.diffUpdate(whole, early), EMPTY]
  }

  /** The first one damaged, maybe with a piece of the second. */
  damaged(update: Uint8Array, other: Uint8Array): Uint8Array {
    const bytes = Array.from(update)
    const times = this.#of([1, 1, 2, 4])
    for (let i = 0; i < times; i++) this.#damage(bytes, other)
    return Uint8Array.from(bytes)
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return this.#of(list)
  }

  #damage(bytes: number[], other: Uint8Array): void {
    const at = this.#below(bytes.length)
    const old = bytes[at] ?? 0
    const damages: readonly (() => unknown)[] = [
      () => (bytes[at] = old ^ (1 << this.#below(8))),
      () => (bytes[at] = this.#below(256)),
      () => (bytes[at] = this.#of(TELLING)),
      () => (bytes[at] = (old + this.#of([1, 255])) % 256),
      () => (bytes.length = at),
      () => bytes.splice(at, 0, this.#below(256)),
      () => bytes.splice(at, 1 + this.#below(3)),
      () =>
        bytes.splice(at, 0, ...other.slice(this.#below(other.length), this.#below(other.length))),
    ]
    this.#of(damages)()
  }

  #edit(doc: Y.Doc): void {
    const dice = this.#below(4)
    if (dice === 0) this.#editMap(doc)
    else if (dice === 1) this.#editList(doc)
    else if (dice === 2) this.#editText(doc)
    else this.#editXml(doc)
  }

  #editMap(doc: Y.Doc): void {
    const map = doc.getMap('map')
    const key = this.#of(['a', 'b', 'ключ'])
    const dice = this.#below(6)
    if (dice === 0) map.delete(key)
    else if (dice === 1) map.set(key, this.#type())
    else if (dice === 2) map.set('doc', new Y.Doc({ autoLoad: dice > 3, meta: this.#json() }))
    else map.set(key, this.#value(3))
  }

  #editList(doc: Y.Doc): void {
    const list = doc.getArray('list')
    const dice = this.#below(4)
    if (dice === 0 && list.length > 0) list.delete(this.#below(list.length), 1)
    else if (dice === 1) list.push([new Uint8Array(this.#below(30))])
    else if (dice === 2) list.insert(this.#below(list.length + 1), [this.#type()])
    else list.insert(this.#below(list.length + 1), [[this.#value(2)], { value: this.#value(2) }])
  }

  #editText(doc: Y.Doc): void {
    const text = doc.getText('text')
    const at = this.#below(text.length)
    const dice = this.#below(5)
    const format = this.#of([true, null, false, 'red', { href: '/[{"' }])
    if (dice === 0 && text.length > 1) text.delete(at, 1)
    else if (dice === 1 && text.length > 1) text.format(at, 1, { mark: format })
    else if (dice === 2) text.insertEmbed(at, { embed: this.#json() })
    else text.insert(at, this.#of(['a', 'ü', '😀', 'hello']))
  }

  #editXml(doc: Y.Doc): void {
    const xml = doc.getXmlFragment('xml')
    const first = xml.length > 0 ? xml.get(0) : null
    const dice = this.#below(4)
    if (dice === 0 && first) xml.delete(0, 1)
    else if (dice === 1 && first instanceof Y.XmlElement) first.setAttribute('key', 'value')
    else xml.insert(0, [this.#of([new Y.XmlElement('p'), new Y.XmlText('text')])])
  }

  #type(): Y.AbstractType<unknown> {
    const types = [
      () => new Y.Map(),
      () => new Y.Array(),
      () => new Y.Text('text'),
      () => new Y.XmlFragment(),
      () => new Y.XmlElement('p'),
      () => new Y.XmlText('text'),
      () => new Y.XmlHook('hook'),
    ]
    return this.#of(types)() as Y.AbstractType<unknown>
  }

  #value(levels: number): unknown {
    const plain = [null, undefined, true, false, 0.5, this.#random() * 1e9, -this.#below(2 ** 31)]
    const dice = this.#below(levels > 0 ? 7 : 5)
    if (dice === 0) return this.#of(['', 'ascii', 'ü€😀', 'x'.repeat(200)])
    if (dice === 1) return new Uint8Array(this.#below(20))
    if (dice === 2) return BigInt(this.#below(1e9))
    if (dice < 5) return this.#of(plain)
    const items = Array.from({ length: this.#below(4) }, () => this.#value(levels - 1))
    return dice === 5 ? items : Object.fromEntries(items.map((item, i) => [`ключ ${i}`, item]))
  }

  #json(): unknown {
    return this.#of([null, 'text', 1.5, [], { a: [{ b: '\\"' }] }])
  }

  #of<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!
  }

  #below(bound: number): number {
    return Math.floor(this.#random() * bound)
  }
}

/** Bytes that mean something in many places. */
const TELLING = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0x28, 0x84, 0x88, 0xc1, 116, 117, 118, 127, 255]

const EMPTY = new Uint8Array([0, 0])

function sync(docs: readonly Y.Doc[]): void {
  for (const to of docs) {
    for (const from of docs) {
      if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from), 'sync')
    }
  }
}
