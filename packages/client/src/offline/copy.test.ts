import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { EMPTY_UPDATE, makeBench } from '../testing/bench.ts'
import { FaultyStore } from '../testing/faulty-store.ts'
import { type CopyOptions, OfflineCopy } from './copy.ts'
import { MemoryStore } from './memory-store.ts'

/** Lets everything that is ready run. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** A page on a store: its client has read the copy, and has not connected yet. */
async function pageOn(inner: MemoryStore, options: Partial<CopyOptions> = {}) {
  const bench = makeBench()
  const store = new FaultyStore(inner)
  const { client, clock } = bench
  const copy = new OfflineCopy({ store, document: 'board', client, clock, ...options })
  const states: string[] = []
  const damaged: number[] = []
  copy.on('state', (state) => states.push(state.name === 'not kept' ? state.fault : state.name))
  copy.on('damaged', (updates) => damaged.push(updates))
  await copy.open()
  /** Lets what waits be written. */
  const written = async () => {
    for (let turn = 0; turn < 3; turn++) {
      clock.advance(250)
      await settle()
    }
  }
  const shapes = () => [...bench.doc.getMap('shapes').keys()].toSorted()
  return { ...bench, store, copy, states, damaged, written, shapes }
}

type Page = Awaited<ReturnType<typeof pageOn>>

/** The server has the whole of the page's document, and says so. */
function acknowledge({ client, goLive }: Page): void {
  client.connect()
  goLive().say({ type: 'known' })
}

/** What a document made of everything in the store holds. */
async function keptShapes(store: MemoryStore): Promise<string[]> {
  const doc = new Doc()
  for (const { update } of (await store.open('board')).updates) applyUpdate(doc, update)
  return [...doc.getMap('shapes').keys()].toSorted()
}

describe('opening', () => {
  test('[O2] a page finds what another one left, before it has a line', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    first.edit('b')
    await first.written()
    const second = await pageOn(store)
    expect(second.shapes()).toEqual(['a', 'b'])
    expect([first.copy.found, second.copy.found]).toEqual([false, true])
    expect(second.sockets).toEqual([])
  })

  test('[O2] the handshake asks only for what is missing', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    await first.written()
    const { client, socket, doc } = await pageOn(store)
    client.connect()
    socket().accept()
    const [step1] = socket().take('step1')
    expect(encodeStateAsUpdate(doc, step1!.stateVector)).toEqual(EMPTY_UPDATE)
  })

  test('[O2] a store that takes its time is waited for so long, and read all the same', async () => {
    const inner = new MemoryStore()
    const first = await pageOn(inner)
    first.edit('a')
    await first.written()
    const store = new FaultyStore(inner)
    const { client, clock, doc, goLive } = makeBench()
    let deliver = () => {}
    const late = new Promise<void>((resolve) => (deliver = resolve))
    const open = store.open.bind(store)
    store.open = async (document) => late.then(() => open(document))
    const copy = new OfflineCopy({ store, document: 'board', client, clock })
    let isReady = false
    void copy.open().then(() => (isReady = true))
    await settle()
    expect(isReady).toBe(false)
    clock.advance(3_000)
    await settle()
    expect([isReady, copy.state.name]).toEqual([true, 'opening'])
    client.connect()
    const socket = goLive()
    deliver()
    await settle()
    clock.advance(33)
    expect(doc.getMap('shapes').has('a')).toBe(true)
    // The server may lack it, so it is sent and awaited.
    expect([socket.take('update').length, client.save.name]).toEqual([1, 'saving'])
  })

  test('[O2] what comes late and stands on what only the server has is sent and awaited too', async () => {
    const other = new Doc()
    const made: Uint8Array[] = []
    other.on('update', (update: Uint8Array) => made.push(update))
    other.getMap('shapes').set('a', 1)
    other.getMap('shapes').delete('a')
    const store = new MemoryStore()
    const { life } = await store.open('board')
    const nothing = { replaces: [], writer: 'x', turn: 1, unsaved: null, settled: [], atMs: 1 }
    await store.write({ document: 'board', life, update: made[1]!, ...nothing })
    const { client, clock, goLive } = makeBench()
    client.connect()
    const socket = goLive()
    socket.say({ type: 'known' })
    expect(client.save.name).toBe('saved')
    await new OfflineCopy({ store, document: 'board', client, clock }).open()
    clock.advance(33)
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
    const [sent] = socket.take('update')
    const relay = new Doc()
    applyUpdate(relay, made[0]!)
    applyUpdate(relay, sent!.update)
    expect(relay.getMap('shapes').size).toBe(0)
    socket.say({ type: 'known' })
    expect(client.save.name).toBe('saved')
  })

  test('[O2] what was in the document before is kept too', async () => {
    const store = new MemoryStore()
    const doc = new Doc()
    doc.getMap('shapes').set('before', 1)
    const { client, clock } = makeBench({ doc })
    const copy = new OfflineCopy({ store, document: 'board', client, clock })
    await copy.open()
    await copy.flush()
    expect(await keptShapes(store)).toEqual(['before'])
  })

  test('[O3] updates that cannot be read are told, left where they are, and lose nothing else', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    await first.written()
    const { life } = await store.open('board')
    const nothing = { replaces: [], writer: 'x', turn: 1, unsaved: null, settled: [], atMs: 1 }
    await store.write({ document: 'board', life, update: new Uint8Array([1, 9, 9]), ...nothing })
    first.edit('b')
    await first.written()
    const second = await pageOn(store, { limits: { updatesMax: 2 } })
    expect(second.shapes()).toEqual(['a', 'b'])
    expect(second.damaged).toEqual([1])
    await second.written()
    const kept = (await store.open('board')).updates.map(({ update }) => update.length)
    expect(kept).toEqual([3, expect.any(Number)])
  })
})

describe('what is not saved', () => {
  test('[O8] survives the page with its count, its age and where it begins', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    first.clock.advance(5_000)
    first.edit('b')
    await first.written()
    const { client, doc } = await pageOn(store)
    expect(client.save).toEqual({ name: 'local', changes: 2, since: 1_000_000 })
    expect([...client.unsaved!.starts.keys()]).toEqual([first.doc.clientID])
    expect(doc.clientID).not.toBe(first.doc.clientID)
  })

  test('[O8] is sent again whatever the server claims to have, and saved with its answer only', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    await first.written()
    const second = await pageOn(store)
    const { client, socket, doc } = second
    client.connect()
    socket().accept()
    socket().say({ type: 'pong', nonce: 1 })
    const claim = new Map([[first.doc.clientID, 99]])
    socket().say({ type: 'step1', stateVector: vectorOf(claim) })
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
    const [answer] = socket().take('step2')
    const received = new Doc()
    applyUpdate(received, answer!.update)
    expect(received.getMap('shapes').toJSON()).toEqual(doc.getMap('shapes').toJSON())
    await second.written()
    expect((await store.open('board')).marks).not.toEqual([])
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saved' })
    await second.written()
    expect((await store.open('board')).marks).toEqual([])
  })

  test('[O8] is nothing for a page that starts cold with everything acknowledged', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    acknowledge(first)
    await first.written()
    expect((await store.open('board')).marks).toEqual([])
    const second = await pageOn(store)
    expect([second.client.save, second.shapes()]).toEqual([{ name: 'saved' }, ['a']])
  })

  test('[O8] an answer covers what was sent before it, and the mark of what came later stays', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    acknowledge(page)
    const { edit, clock, socket, client } = page
    edit('a')
    clock.advance(33)
    const [first] = socket().take('update')
    edit('b')
    socket().say({ type: 'update', update: first!.update })
    await settle()
    expect(client.save).toMatchObject({ changes: 1 })
    clock.advance(10)
    await page.copy.flush()
    const { marks } = await store.open('board')
    expect(marks).toMatchObject([{ unsaved: { changes: 1 } }])
  })

  test('[O8] a page that dies between its write and the answer left its changes marked', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    acknowledge(first)
    first.edit('a')
    await first.copy.flush()
    first.store.diesAfter = 0
    first.clock.advance(33)
    first.socket().say({ type: 'update', update: first.socket().take('update')[0]!.update })
    expect(first.client.save).toEqual({ name: 'saved' })
    await first.written()
    expect((await pageOn(store)).client.save).toMatchObject({ name: 'local', changes: 1 })
  })

  test('[O8] the marks of a page that lives are its own', async () => {
    const store = new MemoryStore()
    const first = await pageOn(store)
    first.edit('a')
    await first.written()
    const second = await pageOn(store)
    first.edit('b')
    await first.written()
    second.client.connect()
    second.goLive().say({ type: 'known' })
    expect(second.client.save).toEqual({ name: 'saved' })
    await second.written()
    const { marks } = await store.open('board')
    expect(marks).toMatchObject([{ unsaved: { changes: 2 } }])
  })
})

describe('writing', () => {
  test('[O9] changes of any origin are written, the first at once and then every 250 ms', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    const other = new Doc()
    other.getMap('shapes').set('theirs', 1)
    page.edit('a')
    applyUpdate(page.doc, encodeStateAsUpdate(other), page.client)
    page.clock.advance(0)
    await settle()
    expect(await keptShapes(store)).toEqual(['a', 'theirs'])
    for (const name of ['b', 'c', 'd']) {
      page.edit(name)
      page.clock.advance(60)
      await settle()
    }
    expect(page.store.steps).toHaveLength(1)
    page.clock.advance(250)
    await settle()
    expect(page.store.steps).toHaveLength(2)
    expect(await keptShapes(store)).toEqual(['a', 'b', 'c', 'd', 'theirs'])
  })

  test('[O9] flush() and stop() write what waits, also behind a write that is on its way', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    page.edit('a')
    page.clock.advance(0)
    page.edit('b')
    page.clock.advance(1)
    page.edit('c')
    await page.copy.stop()
    page.edit('after')
    expect(await keptShapes(store)).toEqual(['a', 'b', 'c'])
  })

  test('[O9] writeLast() hands over at once what waits, and again what is on its way', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    const write = page.store.write.bind(page.store)
    // The page is gone before this one is answered, and what it asked for is undone.
    page.store.write = () => new Promise(() => undefined)
    page.edit('a')
    page.clock.advance(0)
    page.edit('b')
    page.store.write = write
    void page.copy.writeLast()
    await settle()
    expect(page.store.steps).toMatchObject([{ isLast: true, unsaved: { changes: 2 } }])
    expect(await keptShapes(store)).toEqual(['a', 'b'])
    expect((await pageOn(store)).client.save).toMatchObject({ name: 'local', changes: 2 })
  })

  test('[O9] a last write that failed is made up for by a page that stayed', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    page.edit('a')
    page.store.faults.push('failed')
    await page.copy.writeLast()
    page.edit('b')
    await page.copy.flush()
    expect(await keptShapes(store)).toEqual(['a', 'b'])
  })

  test('[O4] a long log becomes one update, and two pages that do so at once lose nothing', async () => {
    const store = new MemoryStore()
    const limits = { updatesMax: 4 }
    const pages = [await pageOn(store, { limits }), await pageOn(store, { limits })] as const
    for (let round = 0; round < 12; round++) {
      for (const [index, page] of pages.entries()) page.edit(`${index} ${round}`)
      await Promise.all(pages.map((page) => page.written()))
    }
    const all = [0, 1].flatMap((page) => Array.from({ length: 12 }, (_, n) => `${page} ${n}`))
    expect(await keptShapes(store)).toEqual(all.toSorted())
    expect((await store.open('board')).updates.length).toBeLessThan(10)
    const third = await pageOn(store, { limits })
    await third.written()
    expect((await store.open('board')).updates).toHaveLength(1)
    expect(await keptShapes(store)).toEqual(all.toSorted())
  })

  test('[O7] tells what the app wants to know of the document', async () => {
    const store = new MemoryStore()
    let title = 'Plan'
    const page = await pageOn(store, { about: () => title })
    page.edit()
    await page.written()
    title = 'Plan B'
    page.edit()
    await page.written()
    expect(await store.list()).toMatchObject([{ about: 'Plan B', atMs: expect.any(Number) }])
  })
})

describe('when it does not work', () => {
  test('[O5] a store that cannot be opened is told, and the client goes on', async () => {
    const { client, clock, doc, edit } = makeBench()
    const store = new FaultyStore(new MemoryStore())
    store.faults.push('closed')
    const copy = new OfflineCopy({ store, document: 'board', client, clock })
    await copy.open()
    expect(copy.state).toEqual({ name: 'not kept', fault: 'closed' })
    edit()
    clock.advance(60_000)
    await settle()
    expect([store.steps, doc.getMap('shapes').size, client.save.name]).toEqual([[], 1, 'local'])
  })

  test('[O5] without room one update for all is tried once, before it is told', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    page.edit('a')
    await page.written()
    page.edit('b')
    page.store.faults.push('full')
    await page.written()
    expect(page.states).toEqual(['kept'])
    expect((await store.open('board')).updates).toHaveLength(1)
    page.edit('c')
    page.store.faults.push('full', 'full')
    await page.written()
    expect(page.states).toEqual(['kept', 'full'])
    expect(await keptShapes(store)).toEqual(['a', 'b'])
  })

  test('[O5] is tried again later with everything, and told when it works', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    page.store.faults.push('failed', 'failed')
    for (const name of ['a', 'b']) {
      page.edit(name)
      await page.written()
    }
    page.clock.advance(30_000)
    await settle()
    page.edit('c')
    page.clock.advance(30_000)
    await settle()
    expect(page.states).toEqual(['kept', 'failed', 'kept'])
    page.edit('d')
    await page.written()
    expect(await keptShapes(store)).toEqual(['a', 'b', 'c', 'd'])
    expect((await store.open('board')).marks).toMatchObject([{ unsaved: { changes: 4 } }])
  })

  test('[O5] what changes while everything is written anew is written too, and then all is quiet', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    page.edit('a')
    page.store.faults.push('failed')
    await page.written()
    page.clock.advance(30_000)
    page.edit('while it is written')
    await settle()
    await page.written()
    expect(await keptShapes(store)).toEqual(['a', 'while it is written'])
    const steps = page.store.steps.length
    await page.written()
    expect([steps, page.store.steps.length]).toEqual([2, 2])
  })

  test('[O6] wipe() leaves nothing, and nobody who knew the copy writes again', async () => {
    const store = new MemoryStore()
    const [one, two] = [await pageOn(store), await pageOn(store)]
    one.edit('a')
    await one.written()
    two.edit('b')
    await two.copy.wipe()
    one.edit('c')
    await one.written()
    await two.written()
    expect([one.copy.state, two.copy.state]).toEqual([
      { name: 'not kept', fault: 'wiped' },
      { name: 'not kept', fault: 'wiped' },
    ])
    expect(await store.list()).toEqual([])
    // A page that is opened anew keeps it again.
    const three = await pageOn(store)
    three.edit('d')
    await three.written()
    expect(await keptShapes(store)).toEqual(['d'])
  })

  test('[O6] wipeIfSaved() keeps what is only here', async () => {
    const store = new MemoryStore()
    const page = await pageOn(store)
    page.edit('a')
    expect(await page.copy.wipeIfSaved()).toBe(false)
    expect(await keptShapes(store)).toEqual(['a'])
    acknowledge(page)
    expect(await page.copy.wipeIfSaved()).toBe(true)
    expect(await store.list()).toEqual([])
  })
})

function vectorOf(clocks: ReadonlyMap<number, number>): Uint8Array {
  const [entry] = clocks
  const doc = new Doc()
  doc.clientID = entry![0]
  const text = doc.getText('t')
  text.insert(0, 'x'.repeat(entry![1]))
  return encodeStateVector(doc)
}
