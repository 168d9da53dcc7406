/** The rules every implementation of `Store` keeps (SPEC.md), as one suite. Needs nothing but the port. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seededRandom } from '@kolam/base'
import type { Append, Store, StoredDocument, StoreOptions } from '../store.ts'
import { registerHistory } from './history-contract.ts'
import { newPoint } from './new-point.ts'

/** A store under test. `reopen` closes it and opens the same data again; leave it out where nothing outlives a store. */
export interface ContractSubject {
  readonly store: Store
  reopen?(): Promise<Store>
  dispose(): Promise<void>
}

/** Runs the contract over the stores a factory makes; each test gets a fresh one. */
export function registerStoreContract(
  name: string,
  factory: (options: StoreOptions) => Promise<ContractSubject>,
): void {
  describe(`${name} keeps the contract of Store`, () => {
    let subject: ContractSubject
    let store: Store

    beforeEach(async () => {
      subject = await factory({})
      store = subject.store
    })
    afterEach(() => subject.dispose())

    registerReading(() => store)
    registerCompaction(() => store)
    registerCatalogue(() => store)
    registerTrash(() => store)
    registerReferences(() => store)
    registerClosing(() => store)

    test('[S3] everything survives a reopening, where the store outlives one', async () => {
      await store.append([entry('a', [1]), entry('a', [2])])
      await store.compact('a', bytes(12), 2)
      await store.append([entry('a', [3])])
      await store.describe('a', { title: 'Plan', shapes: 4 })
      const before = [await store.open('a'), await store.list()]
      const again = (await subject.reopen?.()) ?? store
      expect([await again.open('a'), await again.list()]).toEqual(before)
      await again.append([entry('a', [4])])
      expect(plain(await again.open('a')).seq).toBe(4)
    })

    const seed = Number(process.env['SEED'] ?? Math.trunc(performance.now()))
    test(`[S1,S2,C1] random work gives what a plain list gives (SEED=${seed})`, async () => {
      const { stored, expected } = await runBesideModel(store, seed)
      expect(stored).toEqual(expected)
    })
  })

  describe(`${name} keeps the contract of History`, () => {
    let subject: ContractSubject

    beforeEach(async () => {
      subject = await factory({ keepsHistory: true })
    })
    afterEach(() => subject.dispose())

    registerHistory(() => subject.store)

    test('[S3,H1,H4] points and what waits for the next one survive a reopening', async () => {
      const { store } = subject
      await store.append([entry('a', [1]), entry('a', [2])])
      const { updates } = await store.history.unrecorded('a', 1)
      await store.history.add('a', newPoint({ updates: updates.length, authors: ['ada'] }))
      await store.compact('a', bytes(12), 2)
      const before = [await store.history.list('a'), await store.history.read('a', 1)]
      const again = (await subject.reopen?.()) ?? store
      expect([await again.history.list('a'), await again.history.read('a', 1)]).toEqual(before)
      expect((await again.history.unrecorded('a', 2)).updates).toMatchObject([{ author: 'ada' }])
    })
  })
}

function registerReading(store: () => Store): void {
  test('[S1] a document never written is empty, and reading writes nothing', async () => {
    expect(plain(await store().open('new'))).toEqual({ snapshot: null, updates: [], seq: 0 })
    expect(await store().list()).toEqual([])
    expect(await store().stats()).toEqual({
      documents: 0,
      trashed: 0,
      updates: 0,
      bytes: 0,
      points: 0,
      historyBytes: 0,
    })
  })

  test('[S1] updates come back in order, byte for byte, each document its own', async () => {
    await store().append([entry('a', [1]), entry('b', [9]), entry('a', [2, 2])])
    await store().append([entry('a', [])])
    expect(plain(await store().open('a'))).toEqual({
      snapshot: null,
      updates: [[1], [2, 2], []],
      seq: 3,
    })
    expect(plain(await store().open('b')).updates).toEqual([[9]])
  })

  test('[S2] appends that were not waited for keep their order', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((value) => store().append([entry('a', [value])])))
    expect(plain(await store().open('a')).updates).toEqual([[1], [2], [3], [4], [5]])
  })

  test('[S2] an append of nothing is fine', async () => {
    await store().append([])
    expect(await store().list()).toEqual([])
  })

  test('[S4] what is given stays the caller’s, what is read is the reader’s', async () => {
    const update = bytes(1, 2)
    await store().append([{ document: 'a', update, at: 1, author: '' }])
    update.fill(9)
    const read = await store().open('a')
    read.updates[0]?.fill(7)
    expect(plain(await store().open('a')).updates).toEqual([[1, 2]])
    expect(update.length).toBe(2)
  })

  test('[S4] views into larger buffers are stored as what they show', async () => {
    const whole = bytes(0, 1, 2, 3)
    await store().append([{ document: 'a', update: whole.subarray(1, 3), at: 1, author: '' }])
    await store().compact('a', whole.subarray(2), 1)
    await store().append([{ document: 'a', update: whole.subarray(1, 3), at: 1, author: '' }])
    expect(plain(await store().open('a'))).toEqual({ snapshot: [2, 3], updates: [[1, 2]], seq: 2 })
    expect([...whole]).toEqual([0, 1, 2, 3])
  })
}

function registerCompaction(store: () => Store): void {
  test('[C1] a snapshot takes the place of the updates up to its number, and no others', async () => {
    await store().append([entry('a', [1]), entry('a', [2]), entry('a', [3]), entry('b', [9])])
    await store().compact('a', bytes(12), 2)
    expect(plain(await store().open('a'))).toEqual({ snapshot: [12], updates: [[3]], seq: 3 })
    expect(plain(await store().open('b')).updates).toEqual([[9]])
  })

  test('[C2] numbers go on after everything was compacted', async () => {
    await store().append([entry('a', [1]), entry('a', [2])])
    await store().compact('a', bytes(12), 2)
    expect(plain(await store().open('a'))).toEqual({ snapshot: [12], updates: [], seq: 2 })
    await store().append([entry('a', [3])])
    expect(plain(await store().open('a'))).toEqual({ snapshot: [12], updates: [[3]], seq: 3 })
  })

  test('[C3] a snapshot older than the one there changes nothing, an equal one replaces it', async () => {
    await store().append([entry('a', [1]), entry('a', [2])])
    await store().compact('a', bytes(12), 2)
    await store().compact('a', bytes(1), 1)
    expect(plain(await store().open('a'))).toEqual({ snapshot: [12], updates: [], seq: 2 })
    await store().compact('a', bytes(21), 2)
    expect(plain(await store().open('a'))).toEqual({ snapshot: [21], updates: [], seq: 2 })
  })

  test('[C4] a snapshot of updates that are not there is refused', async () => {
    await store().append([entry('a', [1])])
    await expect(store().compact('a', bytes(1), 2)).rejects.toMatchObject({ code: 'invalid' })
    await expect(store().compact('new', bytes(1), 0)).rejects.toMatchObject({ code: 'invalid' })
    expect(plain(await store().open('a'))).toEqual({ snapshot: null, updates: [[1]], seq: 1 })
  })
}

function registerCatalogue(store: () => Store): void {
  test('[L1] the list has the documents with updates, the last changed first', async () => {
    await store().append([entry('old', [1], 10), entry('new', [1, 2], 20)])
    await store().append([entry('old', [3], 15)])
    await store().describe('new', { title: 'Plan', shapes: 3 })
    const blank = { title: '', shapes: 0 }
    expect(await store().list()).toEqual([
      { id: 'new', title: 'Plan', shapes: 3, createdAt: 20, updatedAt: 20, bytes: 2 },
      { id: 'old', ...blank, createdAt: 10, updatedAt: 15, bytes: 2 },
    ])
  })

  test('[L1] a clock that goes back does not make a document older', async () => {
    await store().append([entry('a', [1], 20), entry('a', [2], 10)])
    await store().append([entry('a', [3], 5)])
    expect(await store().list()).toMatchObject([{ createdAt: 20, updatedAt: 20 }])
  })

  test('[L2] describing does not count as a change, and a document without updates is left alone', async () => {
    await store().append([entry('a', [1], 10)])
    await store().describe('a', { title: 'Plan', shapes: 1 })
    await store().describe('new', { title: 'Nothing', shapes: 0 })
    expect(await store().list()).toMatchObject([{ id: 'a', title: 'Plan', updatedAt: 10 }])
    expect(plain(await store().open('new')).seq).toBe(0)
  })

  test('[L3] totals count the snapshot and the updates after it', async () => {
    await store().append([entry('a', [1, 1]), entry('a', [2]), entry('b', [3])])
    expect(await store().stats()).toMatchObject({ documents: 2, updates: 3, bytes: 4 })
    await store().compact('a', bytes(1, 2, 3), 1)
    expect(await store().stats()).toMatchObject({ documents: 2, updates: 2, bytes: 5 })
    expect((await store().list()).find(({ id }) => id === 'a')).toMatchObject({ bytes: 4 })
  })
}

function registerTrash(store: () => Store): void {
  const info = { title: 'Plan', shapes: 3 }

  test('[D1] what is in the trash is in no list but that of the trash, and whole', async () => {
    await store().append([entry('a', [1], 10), entry('b', [2], 20), entry('c', [3], 30)])
    await store().describe('a', info)
    await store().trash('a', 40)
    await store().trash('c', 50)
    expect((await store().list()).map(({ id }) => id)).toEqual(['b'])
    expect(await store().listTrash()).toMatchObject([
      { id: 'c', trashedAt: 50, bytes: 1 },
      { id: 'a', trashedAt: 40, bytes: 1, updatedAt: 10, ...info },
    ])
    expect(await store().stats()).toMatchObject({ documents: 1, trashed: 2, updates: 3, bytes: 3 })
  })

  test('[D1] every call about it is refused with `trashed`, a batch with it as a whole', async () => {
    await store().append([entry('a', [1]), entry('b', [2])])
    await store().trash('a', 40)
    const refusal = { code: 'trashed' }
    await expect(store().open('a')).rejects.toMatchObject(refusal)
    await expect(store().since('a', 0)).rejects.toMatchObject(refusal)
    await expect(store().trash('a', 41)).rejects.toMatchObject(refusal)
    await expect(store().compact('a', bytes(1), 1)).rejects.toMatchObject(refusal)
    const batch = [entry('b', [3]), entry('a', [4]), entry('c', [5])]
    await expect(store().append(batch)).rejects.toMatchObject(refusal)
    expect(plain(await store().open('b')).updates).toEqual([[2]])
    await store().describe('a', info)
    expect((await store().listTrash())[0]?.title).toBe('')
  })

  test('[D2] what is taken back is as it was, and goes on', async () => {
    await store().append([entry('a', [1]), entry('a', [2])])
    await store().compact('a', bytes(12), 1)
    const before = [plain(await store().open('a')), await store().list()]
    await store().trash('a', 40)
    await store().takeBack('a')
    expect([plain(await store().open('a')), await store().list()]).toEqual(before)
    await store().append([entry('a', [3])])
    expect(plain(await store().open('a'))).toEqual({ snapshot: [12], updates: [[2], [3]], seq: 3 })
    expect(await store().listTrash()).toEqual([])
  })

  test('[D3] what is removed for good is gone, and its id is never another document', async () => {
    await store().append([entry('a', [1]), entry('b', [2])])
    await store().compact('a', bytes(12), 1)
    await store().trash('a', 40)
    await store().remove('a')
    expect(await store().listTrash()).toEqual([])
    expect(await store().stats()).toMatchObject({ documents: 1, trashed: 0, updates: 1, bytes: 1 })
    const refusal = { code: 'deleted' }
    await expect(store().open('a')).rejects.toMatchObject(refusal)
    await expect(store().append([entry('a', [1])])).rejects.toMatchObject(refusal)
    await expect(store().trash('a', 41)).rejects.toMatchObject(refusal)
    await expect(store().takeBack('a')).rejects.toMatchObject(refusal)
    await expect(store().remove('a')).rejects.toMatchObject(refusal)
  })

  test('[D4] what is not there, or not in the trash, is refused with `invalid`', async () => {
    await store().append([entry('a', [1])])
    const refusal = { code: 'invalid' }
    await expect(store().trash('new', 1)).rejects.toMatchObject(refusal)
    await expect(store().takeBack('new')).rejects.toMatchObject(refusal)
    await expect(store().takeBack('a')).rejects.toMatchObject(refusal)
    await expect(store().remove('a')).rejects.toMatchObject(refusal)
    expect(plain(await store().open('a')).updates).toEqual([[1]])
  })

  test('[S6] since() reads the updates after a number, as long as no snapshot stands for them', async () => {
    const since = async (seq: number) =>
      (await store().since('a', seq))?.map((update) => [...update])
    expect(await since(0)).toEqual([])
    await store().append([entry('a', [1]), entry('a', [2]), entry('a', [3])])
    expect([await since(0), await since(2), await since(3), await since(9)]).toEqual([
      [[1], [2], [3]],
      [[3]],
      [],
      [],
    ])
    await store().compact('a', bytes(12), 2)
    expect([await since(1), await since(2)]).toEqual([undefined, [[3]]])
  })
}

function registerReferences(store: () => Store): void {
  const [one, two] = ['a1'.repeat(32), 'b2'.repeat(32)]
  const naming = (document: string, ...names: string[]): Append => {
    const update = Buffer.from(`some bytes "${names.join('" and "')}" and others`)
    return { document, update: new Uint8Array(update), at: 1, author: '' }
  }
  const counts = async () => Object.fromEntries(await store().references.count())

  test('[N1] documents are counted for each asset that their updates name', async () => {
    await store().append([
      naming('a', one, two),
      naming('b', one),
      naming('a', one),
      entry('c', [1]),
    ])
    expect(await counts()).toEqual({ [one]: 2, [two]: 1 })
    expect((await store().references.documents()).sort()).toEqual(['a', 'b'])
  })

  test('[N1] they count as long as the document is there, also in the trash', async () => {
    await store().append([naming('a', one), naming('b', two)])
    await store().compact('a', bytes(1), 1)
    await store().trash('a', 5)
    expect(await counts()).toEqual({ [one]: 1, [two]: 1 })
    await store().remove('a')
    expect(await counts()).toEqual({ [two]: 1 })
  })

  test('[N2] what is found to be named no more is forgotten, unless something came meanwhile', async () => {
    await store().append([naming('a', one, two)])
    await store().references.keepOnly('a', { assets: new Set([two]), seq: 0 })
    expect(await counts()).toEqual({ [one]: 1, [two]: 1 })
    await store().references.keepOnly('a', { assets: new Set([two]), seq: 1 })
    expect(await counts()).toEqual({ [two]: 1 })
    await store().references.keepOnly('a', { assets: new Set([one]), seq: 1 })
    expect(await counts()).toEqual({})
    expect(await store().references.documents()).toEqual([])
  })

  test('[N3] an update with more names than are kept names every asset', async () => {
    const names = Array.from({ length: 10_001 }, (_, index) => `${index}`.padStart(64, '0'))
    await store().append([naming('a', ...names)])
    expect(await counts()).toEqual({ '*': 1 })
  })
}

function registerClosing(store: () => Store): void {
  test('[S5] close waits for what is under way, may be called again, and then everything is refused', async () => {
    const append = store().append([entry('a', [1])])
    const closes = Promise.all([store().close(), store().close()])
    await expect(append).resolves.toBeUndefined()
    await closes
    await store().close()
    const closed = { code: 'closed' }
    await expect(store().open('a')).rejects.toMatchObject(closed)
    await expect(store().append([])).rejects.toMatchObject(closed)
    await expect(store().append([entry('a', [1])])).rejects.toMatchObject(closed)
    await expect(store().compact('a', bytes(1), 1)).rejects.toMatchObject(closed)
    await expect(store().describe('a', { title: '', shapes: 0 })).rejects.toMatchObject(closed)
    await expect(store().list()).rejects.toMatchObject(closed)
    await expect(store().since('a', 0)).rejects.toMatchObject(closed)
    await expect(store().trash('a', 1)).rejects.toMatchObject(closed)
    await expect(store().takeBack('a')).rejects.toMatchObject(closed)
    await expect(store().remove('a')).rejects.toMatchObject(closed)
    await expect(store().listTrash()).rejects.toMatchObject(closed)
    await expect(store().history.list('a')).rejects.toMatchObject(closed)
    await expect(store().references.count()).rejects.toMatchObject(closed)
    await expect(store().history.sizes()).rejects.toMatchObject(closed)
    await expect(store().history.add('a', newPoint())).rejects.toMatchObject(closed)
    await expect(store().stats()).rejects.toMatchObject(closed)
  })
}

/** Random appends and compactions over a few documents, beside a model that is one list per document. */
async function runBesideModel(
  store: Store,
  seed: number,
): Promise<{ stored: PlainDocument[]; expected: PlainDocument[] }> {
  const random = seededRandom(seed)
  const below = (bound: number) => Math.floor(random() * bound)
  const model = new Map<string, { snapshot: number[] | null; upto: number; updates: number[][] }>()
  for (let step = 0; step < 60; step++) {
    const id = `d${below(3)}`
    const known = model.get(id) ?? { snapshot: null, upto: 0, updates: [] }
    if (random() < 0.75 || known.updates.length === 0) {
      const values = Array.from({ length: 1 + below(3) }, () => [step, below(256)])
      await store.append(values.map((value) => entry(id, value)))
      model.set(id, { ...known, updates: [...known.updates, ...values] })
    } else {
      const taken = 1 + below(known.updates.length)
      const upto = known.upto + taken
      await store.compact(id, bytes(step), upto)
      model.set(id, { snapshot: [step], upto, updates: known.updates.slice(taken) })
    }
  }
  const stored = await Promise.all(Array.from(model.keys(), (id) => store.open(id)))
  const expected = Array.from(model.values(), ({ snapshot, upto, updates }) => {
    return { snapshot, updates, seq: upto + updates.length }
  })
  return { stored: stored.map(plain), expected }
}

function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values)
}

function entry(document: string, values: number[], at = 1): Append {
  return { document, update: bytes(...values), at, author: 'ada' }
}

interface PlainDocument {
  readonly snapshot: number[] | null
  readonly updates: number[][]
  readonly seq: number
}

/** A stored document with plain numbers in it, so that a difference is readable. */
function plain({ snapshot, updates, seq }: StoredDocument): PlainDocument {
  return {
    snapshot: snapshot && [...snapshot],
    updates: updates.map((update) => [...update]),
    seq,
  }
}
