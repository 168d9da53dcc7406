import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { EMPTY_UPDATE } from '../documents.ts'
import { mergeThoroughly } from './functions.ts'
import { sift } from './sift.ts'
import { RandomUpdates } from './testing/random-updates.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** A document of one client, and the update of each edit. */
function written(clientID: number, ...edits: ((doc: Y.Doc) => void)[]): Uint8Array[] {
  const doc = Object.assign(new Y.Doc(), { clientID })
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const edit of edits) edit(doc)
  return updates
}

/** Types at the end of a text. */
function typing(words: string): (doc: Y.Doc) => void {
  return (doc) => doc.getText('words').insert(doc.getText('words').length, words)
}

function wordsOf(...updates: Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('words').toJSON()
}

function clocksIn(update: Uint8Array): string[] {
  const { structs } = Y.decodeUpdate(update)
  return structs
    .filter((struct) => !(struct instanceof Y.Skip))
    .map(({ id, length }) => `${id.client}:${id.clock}+${length}`)
}

describe('sift', () => {
  test('finds nothing new in what is there', () => {
    const parts = written(1, typing('hello'), typing(' world'))
    const found = sift(parts, Y.mergeUpdates(parts))
    expect(found).toEqual({ contradicts: false, news: EMPTY_UPDATE, gone: EMPTY_UPDATE })
  })

  test('cuts out what is new, at both ends and between', () => {
    const parts = written(1, typing('ab'), typing('cd'), typing('ef'), typing('gh'), typing('ij'))
    const held = [parts[1]!, parts[3]!]
    const found = sift(held, Y.mergeUpdates(parts))
    expect(found.contradicts).toBe(false)
    expect(clocksIn(found.news)).toEqual(['1:0+2', '1:4+2', '1:8+2'])
    expect(wordsOf(...held, found.news)).toBe('abcdefghij')
  })

  test('cuts through one text', () => {
    const [whole] = written(1, typing('abcdefghij'))
    const middle = Y.diffUpdate(
      whole!,
      Y.encodeStateVectorFromUpdate(written(1, typing('abcd'))[0]!),
    )
    const found = sift([middle], whole!)
    expect(clocksIn(found.news)).toEqual(['1:0+4'])
    expect(wordsOf(found.news, middle)).toBe('abcdefghij')
  })

  test.each<[string, (doc: Y.Doc) => void, (doc: Y.Doc) => void]>([
    ['other words', typing('hello'), typing('HELLO')],
    ['other words behind the same beginning', typing('hello'), typing('help!')],
    ['the same words elsewhere', typing('hello'), (doc) => doc.getText('title').insert(0, 'hello')],
    ['another value', (doc) => doc.getMap('m').set('a', 1), (doc) => doc.getMap('m').set('a', 2)],
    ['another key', (doc) => doc.getMap('m').set('a', 1), (doc) => doc.getMap('m').set('b', 1)],
    ['another kind', typing('a'), (doc) => doc.getText('words').insertEmbed(0, { a: 1 })],
    [
      'another place in the list',
      (doc) => doc.getArray('l').push([1, 2]),
      (doc) => {
        doc.getArray('l').push([1])
        doc.getArray('l').unshift([2])
      },
    ],
  ])('says that %s contradict', (_, mine, theirs) => {
    const held = written(1, mine)
    const claimed = Y.mergeUpdates(written(1, theirs, typing(' and more')))
    expect(sift(held, claimed)).toEqual({
      contradicts: true,
      news: EMPTY_UPDATE,
      gone: EMPTY_UPDATE,
    })
  })

  test('takes deletions with it only where one of them is new', () => {
    const parts = written(1, typing('hello'), (doc) => doc.getText('words').delete(0, 2))
    expect(sift(parts, Y.mergeUpdates(parts)).news).toEqual(EMPTY_UPDATE)
    const { news } = sift([parts[0]!], Y.mergeUpdates(parts))
    expect(Y.decodeUpdate(news).structs).toEqual([])
    expect(wordsOf(parts[0]!, news)).toBe('llo')
  })

  test('tells what was deleted meanwhile, for it cannot be compared', () => {
    const [hello, deletion] = written(1, typing('hello'), (doc) =>
      doc.getText('words').delete(1, 3),
    )
    const found = sift([mergeThoroughly([hello!, deletion!])], hello!)
    expect(found).toMatchObject({ contradicts: false, news: EMPTY_UPDATE })
    expect(wordsOf(hello!, found.gone)).toBe('ho')
  })

  test('takes half a letter for the letter it was', () => {
    const [face, half] = written(1, typing('a😀b'), (doc) => doc.getText('words').delete(2, 1))
    const cut = mergeThoroughly([face!, half!])
    expect(sift([face!], cut).contradicts).toBe(false)
    expect(sift([cut], face!).contradicts).toBe(false)
  })

  test(`never finds a contradiction within one history, and cuts it right (seed ${seed})`, () => {
    const random = seededRandom(seed)
    const updates = new RandomUpdates(random)
    for (let round = 0; round < 150; round++) {
      const all = updates.document()
      const part = (): Uint8Array[] => all.filter(() => random() < 0.4)
      const tidy = (some: Uint8Array[]): Uint8Array[] =>
        random() < 0.5 ? some : [mergeThoroughly(some), ...part()]
      const [held, update] = [tidy(part()), Y.mergeUpdates(tidy(part()))]
      const found = sift(held, update)
      expect(found.contradicts, `round ${round}`).toBe(false)
      const taken = new Set(held.flatMap(clocksOneByOne))
      expect(clocksOneByOne(found.news).filter((clock) => taken.has(clock))).toEqual([])
      const together = [...taken, ...clocksOneByOne(found.news)].sort()
      const before = [...new Set([...taken, ...clocksOneByOne(update)])].sort()
      expect(together).toEqual(before)
      expect(contentOf(...held, found.news)).toEqual(contentOf(...held, update))
    }
  })
})

function clocksOneByOne(update: Uint8Array): string[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Skip
      ? []
      : Array.from(
          { length: struct.length },
          (_, i) => `${struct.id.client}:${struct.id.clock + i}`,
        ),
  )
}

/** What the document of these holds. */
function contentOf(...updates: Uint8Array[]): unknown {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return {
    clocks: Y.decodeStateVector(Y.encodeStateVector(doc)),
    words: doc.getText('text').length,
    keys: [...doc.getMap('map').keys()].sort(),
    list: doc.getArray('list').length,
    xml: doc.getXmlFragment('xml').length,
  }
}
