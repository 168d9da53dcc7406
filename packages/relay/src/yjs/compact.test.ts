import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { canonicalOf } from './canonical.ts'
import { compact } from './compact.ts'
import { merge, mergeThoroughly, withDocument } from './functions.ts'
import { RandomUpdates } from './testing/random-updates.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

function canonicalIn(...updates: Uint8Array[]): Uint8Array {
  return withDocument(updates, canonicalOf)
}

/** The updates of one client's edits. */
function written(...edits: ((doc: Y.Doc) => void)[]): Uint8Array[] {
  const doc = Object.assign(new Y.Doc(), { clientID: 1 })
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const edit of edits) edit(doc)
  return updates
}

function typing(words: string, at = 0): (doc: Y.Doc) => void {
  return (doc) => doc.getText('words').insert(at, words)
}

describe('canonical bytes', () => {
  test('are the same however a document was cut, merged and tidied up', () => {
    const parts = written(typing('hello'), typing(' world', 5), (doc) => {
      doc.getText('words').delete(2, 4)
      doc.getMap('m').set('list', Y.Array.from([1, 2, 3]))
    })
    const whole = canonicalIn(...parts)
    expect(canonicalIn(Y.mergeUpdates(parts))).toEqual(whole)
    expect(canonicalIn(mergeThoroughly(parts))).toEqual(whole)
    expect(canonicalIn(...parts.toReversed())).toEqual(whole)
  })

  test.each<[string, (doc: Y.Doc) => void, (doc: Y.Doc) => void]>([
    ['other words', typing('hello'), typing('hallo')],
    ['words elsewhere', typing('hello'), (doc) => doc.getText('title').insert(0, 'hello')],
    [
      'a letter deleted',
      typing('hello'),
      (doc) => {
        typing('hello')(doc)
        doc.getText('words').delete(1, 1)
      },
    ],
    [
      'another order',
      (doc) => {
        typing('a')(doc)
        typing('b', 1)(doc)
      },
      (doc) => {
        typing('a')(doc)
        typing('b', 0)(doc)
      },
    ],
    ['another value', (doc) => doc.getMap('m').set('a', 1), (doc) => doc.getMap('m').set('a', 2)],
    ['another key', (doc) => doc.getMap('m').set('a', 1), (doc) => doc.getMap('m').set('b', 1)],
    [
      'one value more',
      (doc) => doc.getArray('l').push([1]),
      (doc) => doc.getArray('l').push([1, 2]),
    ],
  ])('differ for %s', (_, mine, theirs) => {
    expect(canonicalIn(...written(mine))).not.toEqual(canonicalIn(...written(theirs)))
  })

  test('differ for what waits behind a gap', () => {
    const [first, second, third] = written(typing('a'), typing('b'), typing('c'))
    expect(canonicalIn(first!, third!)).not.toEqual(canonicalIn(first!))
    expect(canonicalIn(first!, third!)).not.toEqual(canonicalIn(first!, second!, third!))
  })
})

test(`very many updates merged in groups are the same document, gaps and all (seed ${seed})`, () => {
  const random = seededRandom(seed)
  const all = written(...Array.from({ length: 3_000 }, (_, i) => typing(String(i % 10), i)))
  for (const parts of [all, all.filter(() => random() < 0.9), all.toReversed()]) {
    expect(canonicalIn(merge(parts))).toEqual(canonicalIn(...parts))
  }
})

describe('compact', () => {
  test('gives up what was deleted and keeps the document', () => {
    const parts = written(typing('x'.repeat(5_000)), (doc) => doc.getText('words').delete(1, 4_998))
    const bytes = compact(parts)
    expect(bytes.length).toBeLessThan(100)
    expect(canonicalIn(bytes)).toEqual(canonicalIn(...parts))
  })

  test('keeps what waits for something missing, and deletions of what has not come', () => {
    const [first, second, third] = written(typing('a'), typing('b', 1), typing('c', 2))
    const deletion = Uint8Array.from([0, 1, 1, 1, 1, 1])
    const bytes = compact([first!, third!, deletion])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, bytes)
    Y.applyUpdate(doc, second!)
    expect(doc.getText('words').toJSON()).toBe('ac')
  })

  test(`of a random history is the same document to whoever joins and goes on (seed ${seed})`, () => {
    const random = seededRandom(seed)
    const updates = new RandomUpdates(random)
    for (let round = 0; round < 150; round++) {
      const all = updates.document()
      const parts = all.filter(() => random() < 0.6)
      const rest = all.filter(() => random() < 0.3)
      const bytes = compact(parts)
      expect(canonicalIn(bytes), `round ${round}`).toEqual(canonicalIn(...parts))
      expect(canonicalIn(bytes, ...rest), `round ${round}`).toEqual(canonicalIn(...parts, ...rest))
    }
  })
})
