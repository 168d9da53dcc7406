/** y-leveldb as y-websocket's server uses it: one key for each update. */
import { Level } from 'level'
import { LeveldbPersistence } from 'y-leveldb'
import * as Y from 'yjs'
import { shapesIn } from '../data/documents.ts'
import type { Keeper } from './keeper.ts'
import { DOCUMENT, type Opener } from './opener.ts'

/** LevelDB may be told to sync at each write; y-leveldb does not do so by itself. */
export interface LeveldbOptions {
  readonly sync?: boolean
}

export async function openLeveldb(folder: string, options?: LeveldbOptions): Promise<Keeper> {
  const persistence = await openPersistence(folder, options)
  return {
    async commit(batch) {
      const stored = batch.map(({ document, update }) => persistence.storeUpdate(document, update))
      // What fails in a transaction of y-leveldb is printed, and answered with null.
      if ((await Promise.all(stored)).includes(null)) throw new Error('y-leveldb stored nothing')
    },
    close: () => persistence.destroy(),
  }
}

/** The document as y-websocket's server opens it; more than 500 updates are put together on the way. */
export async function leveldbOpener(folder: string): Promise<Opener> {
  const persistence = await openPersistence(folder)
  return {
    answer: async () => [Y.encodeStateAsUpdate(await persistence.getYDoc(DOCUMENT))],
    shapes: (answer) => shapesIn(Y, answer),
    close: () => persistence.destroy(),
  }
}

/** Puts all updates of the document into one. */
export async function flush(folder: string): Promise<void> {
  const persistence = await openPersistence(folder)
  await persistence.flushDocument(DOCUMENT)
  await persistence.destroy()
}

/** Open when this resolves: LevelDB opens by itself while one waits for the first answer. */
async function openPersistence(
  folder: string,
  { sync = false }: LeveldbOptions = {},
): Promise<LeveldbPersistence> {
  const persistence = new LeveldbPersistence(folder, sync ? { Level: syncingLevel } : {})
  await persistence.getAllDocNames()
  return persistence
}

/** A LevelDB that syncs at each put, for `new`. */
function syncingLevel(this: unknown, folder: string, options: object): Level {
  const db = new Level(folder, options)
  const put = db.put.bind(db)
  const putAndSync = (key: string, value: string): Promise<void> => put(key, value, { sync: true })
  return Object.assign(db, { put: putAndSync })
}
