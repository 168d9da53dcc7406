/** The rules about what is known of documents, the list, the trash and the assets they name, for every `Store`. */
import { expect, test } from 'vitest'
import type { Append, Store } from '../store.ts'
import { bytes, entry, plain } from './plain-document.ts'

/** Runs the rules over a store that is empty before each test. */
export function registerCatalogue(store: () => Store): void {
  registerList(store)
  registerTrash(store)
  registerReferences(store)
}

function registerList(store: () => Store): void {
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
