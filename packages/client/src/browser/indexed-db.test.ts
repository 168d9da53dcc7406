import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { storeContract } from '../testing/store-contract.ts'
import type { Write } from '../offline/store.ts'
import { IndexedDbStore } from './indexed-db.ts'

/** What the browser keeps beside its databases. */
const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})
afterEach(() => vi.unstubAllGlobals())

storeContract('IndexedDB', () => new IndexedDbStore())

describe('IndexedDB', () => {
  const nothing = { replaces: [], writer: 'ada', turn: 1, unsaved: null, settled: [], atMs: 1 }

  test('[O1] what one page has written another one reads', async () => {
    const [one, two] = [new IndexedDbStore(), new IndexedDbStore()]
    const { life } = await one.open('board')
    await one.write({ document: 'board', life, update: new Uint8Array([1]), ...nothing })
    expect((await two.open('board')).updates).toHaveLength(1)
  })

  test('[O5] a browser that has none, or forbids it, is a store that is closed', async () => {
    vi.stubGlobal('indexedDB', undefined)
    await expect(new IndexedDbStore().open('board')).rejects.toMatchObject({ fault: 'closed' })
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('No', 'SecurityError')
      },
    })
    await expect(new IndexedDbStore().list()).rejects.toMatchObject({ fault: 'closed' })
  })

  test('[O5] no room is told as full, and leaves everything as it was', async () => {
    const store = new IndexedDbStore()
    const { life } = await store.open('board')
    const step = { document: 'board', life, ...nothing }
    await store.write({ ...step, update: new Uint8Array([1]) })
    const add = vi.spyOn(await prototypeOf('updates'), 'add').mockImplementation(() => {
      throw new DOMException('No room', 'QuotaExceededError')
    })
    const unsaved = { changes: 1, sinceMs: 1, starts: new Map<number, number>() }
    const full = store.write({ ...step, update: new Uint8Array([2]), unsaved })
    await expect(full).rejects.toMatchObject({ fault: 'full' })
    add.mockRestore()
    expect(await store.open('board')).toMatchObject({ updates: [{ key: 1 }], marks: [] })
  })

  test('[O5] a database the browser has closed is opened again', async () => {
    const store = new IndexedDbStore()
    const { life } = await store.open('board')
    store.close()
    await store.write({ document: 'board', life, update: new Uint8Array([1]), ...nothing })
    expect(await store.list()).toHaveLength(1)
  })

  test('[O1] what an earlier version kept stays', async () => {
    const unsaved = { changes: 2, sinceMs: 7, starts: new Map([[4, 9]]) }
    await keepAsVersion1({ document: 'board', life: 'a', writer: 'ada', version: 'v', unsaved })
    const store = new IndexedDbStore()
    const { updates, marks } = await store.open('board')
    expect({ updates, marks }).toMatchObject({
      updates: [{ key: 1 }],
      marks: [{ writer: 'ada', version: 'v', unsaved }],
    })
    const settled = marks.map(({ writer, version }) => ({ writer, version }))
    await store.write({
      document: 'board',
      life: 'a',
      ...nothing,
      update: null,
      writer: 'eve',
      settled,
    })
    expect((await store.open('board')).marks).toEqual([])
  })

  describe('a page that goes', () => {
    const unsaved = { changes: 2, sinceMs: 7, starts: new Map([[4, 9]]) }
    const update = new Uint8Array([1, 2, 3])

    /** A store whose page is gone before IndexedDB has answered: nothing it asks for happens. */
    async function gonePage(step: Partial<Write>) {
      const { life } = await new IndexedDbStore().open('board')
      const gone = new IndexedDbStore()
      const open = vi.spyOn(indexedDB, 'open')
      open.mockImplementation(() => new EventTarget() as IDBOpenDBRequest)
      void gone.write({ document: 'board', life, ...nothing, update, isLast: true, ...step })
      open.mockRestore()
      return life
    }

    test('[O11] what it wrote last is there for the next one, with what was unsaved', async () => {
      const life = await gonePage({ unsaved })
      const { updates, marks } = await new IndexedDbStore().open('board')
      expect(updates.map((row) => [...row.update])).toEqual([[1, 2, 3]])
      expect(marks.map((mark) => [mark.writer, mark.unsaved])).toEqual([['ada', unsaved]])
      expect(kept.size, 'it is where it belongs').toBe(0)
      expect(await new IndexedDbStore().open('board')).toMatchObject({ life, updates, marks })
    })

    test('[O11] what was saved in the last moment is no longer unsaved', async () => {
      const store = new IndexedDbStore()
      const { life } = await store.open('board')
      await store.write({ document: 'board', life, ...nothing, update, unsaved })
      await gonePage({ update: null })
      expect(await store.open('board')).toMatchObject({ updates: [{ key: 1 }], marks: [] })
    })

    test.each([
      ['an ordinary step', false],
      ['an earlier last one', true],
    ])('[O11] what it wrote last stays when %s ends after it', async (_, isLast) => {
      const store = new IndexedDbStore()
      const { life } = await store.open('board')
      const earlier = store.write({ document: 'board', life, ...nothing, update, isLast })
      await gonePage({ update: new Uint8Array([7]), unsaved })
      await earlier
      const { updates, marks } = await new IndexedDbStore().open('board')
      expect(updates.map((row) => [...row.update])).toEqual([[1, 2, 3], [7]])
      expect(marks.map((mark) => mark.unsaved)).toEqual([unsaved])
      expect(kept.size).toBe(0)
    })

    test('[O11] a step that comes after what failed to be written stands for it', async () => {
      const life = await gonePage({ unsaved })
      await new IndexedDbStore().write({ document: 'board', life, ...nothing, update })
      expect(kept.size).toBe(0)
    })

    test('[O6,O11] what it wrote into a copy that was wiped is nobody’s', async () => {
      await gonePage({ unsaved })
      expect(await new IndexedDbStore().wipeIfSaved('board')).toBe(false)
      const [key, text] = [...kept][0]!
      await new IndexedDbStore().wipe('board')
      expect(kept.size).toBe(0)
      kept.set(key, text)
      expect(await new IndexedDbStore().open('board')).toMatchObject({ updates: [], marks: [] })
    })

    test('[O11] nonsense in its place, and a storage that is forbidden, are nothing', async () => {
      kept.set('kolam:last:board/ada', '{"update": 7')
      expect((await new IndexedDbStore().open('board')).updates).toEqual([])
      vi.stubGlobal('localStorage', undefined)
      await gonePage({ unsaved })
      expect((await new IndexedDbStore().open('board')).updates).toEqual([])
    })
  })

  /** What the tables of this IndexedDB are made of. */
  async function prototypeOf(table: string): Promise<IDBObjectStore> {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('kolam')
      request.addEventListener('success', () => resolve(request.result))
    })
    const store = database.transaction(table).objectStore(table)
    return Object.getPrototypeOf(store) as IDBObjectStore
  }
})

/** One update and one mark, in the tables of version 1. */
function keepAsVersion1(mark: object): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.open('kolam', 1)
    request.addEventListener('upgradeneeded', () => {
      const { result: database } = request
      const documents = database.createObjectStore('documents', { keyPath: 'id' })
      documents.put({ id: 'board', life: 'a', about: '', atMs: 0 })
      const updates = database.createObjectStore('updates', { autoIncrement: true })
      updates.createIndex('size', ['document', 'size'])
      updates.add({ document: 'board', life: 'a', size: 1, bytes: new Uint8Array([1]) })
      database.createObjectStore('marks', { keyPath: ['document', 'writer'] }).put(mark)
    })
    request.addEventListener('success', () => {
      request.result.close()
      resolve()
    })
  })
}

/** A storage whose keys are its own, as a browser's is. */
function storage(): Storage {
  const methods = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  return new Proxy(methods as unknown as Storage, {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}
