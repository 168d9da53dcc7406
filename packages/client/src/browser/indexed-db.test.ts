import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { storeContract } from '../testing/store-contract.ts'
import { IndexedDbStore } from './indexed-db.ts'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})
afterEach(() => vi.unstubAllGlobals())

storeContract('IndexedDB', () => new IndexedDbStore())

describe('IndexedDB', () => {
  const nothing = { replaces: [], writer: 'ada', unsaved: null, settled: [], atMs: 1 }

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

  /** What the tables of this IndexedDB are made of. */
  async function prototypeOf(table: string): Promise<IDBObjectStore> {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('kolam', 1)
      request.addEventListener('success', () => resolve(request.result))
    })
    const store = database.transaction(table).objectStore(table)
    return Object.getPrototypeOf(store) as IDBObjectStore
  }
})
