/** A relay that sends pieces of the document: to who asks, and to who read too slowly to get every update. */
import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs'
import { EMPTY_UPDATE, EMPTY_VECTOR, makeBench, makeLiveBench } from './testing/bench.ts'

/** What somebody else made. */
function foreign(key: string): Uint8Array {
  const doc = new Doc()
  doc.getMap('shapes').set(key, 'foreign')
  return encodeStateAsUpdate(doc)
}

/** A live client with two changes on their way; and what the relay may say of them. */
function withTwoChanges(protocol: 'kolam.1' | '' = 'kolam.1') {
  const bench = protocol === '' ? makeBench() : makeLiveBench()
  if (protocol === '') {
    bench.client.connect()
    bench.goLive('')
  }
  bench.edit('one')
  bench.clock.advance(33)
  bench.edit('two')
  bench.clock.advance(33)
  const [first, second] = bench.socket().take('update')
  if (!first || !second) throw new Error('The client sent no two updates')
  const whole = mergeUpdates([first.update, second.update, foreign('theirs')])
  return { ...bench, first: first.update, second: second.update, whole }
}

const changesOf = ({ client }: { client: { save: object } }): number =>
  'changes' in client.save ? Number(client.save.changes) : 0

describe('the answer to a step1', () => {
  test.each(['part', 'update'] as const)('[S9] may come in pieces, `%s` and last step2', (type) => {
    const { client, doc, socket } = makeBench()
    client.connect()
    socket().accept(type === 'part' ? 'kolam.1' : '')
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    for (const key of ['a', 'b']) socket().say({ type, update: foreign(key) })
    expect([client.synced, client.state.name]).toEqual([false, 'syncing'])
    socket().say({ type: 'step2', update: foreign('c') })
    expect([client.synced, client.state.name]).toEqual([true, 'live'])
    expect(Object.keys(doc.getMap('shapes').toJSON()).toSorted()).toEqual(['a', 'b', 'c'])
    expect(socket().take('update')).toEqual([])
  })

  test('[S9] a piece is no change of this person’s, and a broken one ends the line', () => {
    const { client, socket } = makeLiveBench()
    socket().say({ type: 'part', update: foreign('a') })
    expect(client.save.name).toBe('saved')
    socket().say({ type: 'part', update: new Uint8Array([1, 1]) })
    expect(client.state.name).toBe('offline')
  })
})

describe('catching up with kolam.1', () => {
  test('[A12] pieces acknowledge nothing, also with the bytes of a change; each known one change', () => {
    const bench = withTwoChanges()
    const { client, socket } = bench
    for (const update of [bench.first, bench.second, bench.whole]) {
      socket().say({ type: 'part', update })
      expect([client.save.name, changesOf(bench)]).toEqual(['saving', 2])
    }
    socket().say({ type: 'known' })
    expect(changesOf(bench)).toBe(1)
    socket().say({ type: 'known' })
    expect(client.save.name).toBe('saved')
  })

  const orders = permutations(['part', 'known', 'foreign', 'known'])
  test.each(orders)('[A12] whatever comes first: %s, %s, %s, %s', (...order) => {
    const bench = withTwoChanges()
    const { client, doc, socket, edit, clock, whole } = bench
    let open = 2
    for (const word of order) {
      if (word === 'part') socket().say({ type: 'part', update: whole })
      else if (word === 'foreign') socket().say({ type: 'update', update: foreign('other') })
      else socket().say({ type: 'known' })
      if (word === 'known') open -= 1
      expect(changesOf(bench)).toBe(open)
    }
    expect(client.save.name).toBe('saved')
    edit('three')
    clock.advance(33)
    const [third] = socket().take('update')
    socket().say({ type: 'update', update: third?.update ?? EMPTY_UPDATE })
    expect(client.save.name).toBe('saved')
    expect(Object.keys(doc.getMap('shapes').toJSON()).toSorted()).toEqual(
      ['one', 'other', 'theirs', 'three', 'two'].toSorted(),
    )
  })

  test('[A12] the echo of a later change comes after the known of the earlier ones', () => {
    const bench = withTwoChanges()
    bench.socket().say({ type: 'part', update: bench.first })
    bench.socket().say({ type: 'known' })
    bench.socket().say({ type: 'update', update: bench.second })
    expect(bench.client.save.name).toBe('saved')
  })

  test('[A12] the echo of a deletion is not taken for another’s, so the known after it is the next one’s', () => {
    const bench = withTwoChanges()
    const { client, doc, socket, edit, clock, first, second } = bench
    for (const update of [first, second]) socket().say({ type: 'update', update })
    doc.getMap('shapes').delete('one')
    clock.advance(33)
    const [deletion] = socket().take('update')
    edit('three')
    clock.advance(33)
    socket().say({ type: 'update', update: deletion?.update ?? EMPTY_UPDATE })
    // From here on it reads too slowly for more.
    socket().say({ type: 'part', update: encodeStateAsUpdate(doc) })
    socket().say({ type: 'known' })
    expect(client.save.name).toBe('saved')
  })

  test('[A12] a line that ends in between leaves the rest to the next handshake', () => {
    const bench = withTwoChanges()
    const { client, socket, clock } = bench
    socket().say({ type: 'part', update: bench.whole })
    socket().say({ type: 'known' })
    socket().drop()
    expect(client.save).toMatchObject({ name: 'local', changes: 1 })
    clock.advance(100)
    const line = bench.goLive()
    expect(client.save.name).toBe('saving')
    line.say({ type: 'known' })
    expect(client.save.name).toBe('saved')
  })
})

describe('catching up without it', () => {
  test('[A12] pieces are updates like any, and the echoes follow', () => {
    const bench = withTwoChanges('')
    const { client, doc, socket } = bench
    socket().say({ type: 'update', update: bench.whole })
    expect(changesOf(bench)).toBe(2)
    socket().say({ type: 'update', update: bench.first })
    expect(changesOf(bench)).toBe(1)
    socket().say({ type: 'update', update: bench.second })
    expect(client.save.name).toBe('saved')
    expect(doc.getMap('shapes').size).toBe(3)
  })

  test('[A12] a piece with the bytes of a change is on disk, so the echo after it is nothing new', () => {
    const bench = withTwoChanges('')
    const { client, socket } = bench
    for (const update of [bench.first, bench.first]) {
      socket().say({ type: 'update', update })
      expect(changesOf(bench)).toBe(1)
    }
    socket().say({ type: 'update', update: bench.second })
    expect(client.save.name).toBe('saved')
    const copy = new Doc()
    applyUpdate(copy, encodeStateAsUpdate(bench.doc))
    expect(copy.getMap('shapes').toJSON()).toEqual(bench.doc.getMap('shapes').toJSON())
  })
})

/** Every order of the words, each once. */
function permutations(words: readonly string[]): string[][] {
  if (words.length <= 1) return [[...words]]
  const all = words.flatMap((word, i) =>
    permutations(words.toSpliced(i, 1)).map((rest) => [word, ...rest]),
  )
  return [...new Map(all.map((order) => [order.join(), order])).values()]
}
