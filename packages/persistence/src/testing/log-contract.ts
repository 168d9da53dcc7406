/** The rules about what a document is made of, its updates and the snapshot in front of them, for every `Store`. */
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { bytes, entry, plain, type PlainDocument } from './plain-document.ts'

/** Runs the rules over a store that is empty before each test. */
export function registerLog(store: () => Store): void {
  registerReading(store)
  registerCompaction(store)

  const seed = Number(process.env['SEED'] ?? Math.trunc(performance.now()))
  test(`[S1,S2,C1] random work gives what a plain list gives (SEED=${seed})`, async () => {
    const { stored, expected } = await runBesideModel(store(), seed)
    expect(stored).toEqual(expected)
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
