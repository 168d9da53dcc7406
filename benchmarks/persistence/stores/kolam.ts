/** Kolam's store, and a room's document on it. */
import { shapesIn } from '../data/documents.ts'
import { room, sqlite, yjs } from '../kolam.ts'
import { keepAll, type Keeper } from './keeper.ts'
import { DOCUMENT, type Opener } from './opener.ts'

const AUTHOR = 'ada'
/** Of somebody who has nothing. */
const NO_STATE = new Uint8Array([0])

export async function openKolam(folder: string): Promise<Keeper> {
  const { openSqliteStore } = await sqlite()
  const store = await openSqliteStore({ folder })
  return {
    commit(batch) {
      const at = Date.now()
      return store.append(
        batch.map(({ document, update }) => ({ document, update, at, author: AUTHOR })),
      )
    },
    close: () => store.close(),
  }
}

/** The store of a folder, and how a room opens the document in it. */
async function openRoom(folder: string) {
  const [{ openSqliteStore }, relay] = await Promise.all([sqlite(), room()])
  const store = await openSqliteStore({ folder })
  const ports = { store, documents: relay.yjsDocuments(), limits: relay.DEFAULT_LIMITS }
  return { store, relay, open: () => relay.RoomDocument.open(DOCUMENT, ports) }
}

/** The document as a room opens it for its first guest. */
export async function kolamOpener(folder: string): Promise<Opener> {
  const Y = await yjs()
  const { store, relay, open } = await openRoom(folder)
  return {
    async answer() {
      const document = await open()
      const answer = await document.answer(NO_STATE)
      return answer.writes('step2', 'kolam', relay.memoryWire)
    },
    shapes(answer) {
      const messages = answer.flatMap(relay.messagesOf)
      return shapesIn(
        Y,
        messages.flatMap((message) => ('update' in message ? [message.update] : [])),
      )
    },
    close: () => store.close(),
  }
}

/** Stores a history as a room does, which compacts whenever it finds the log long enough. */
export async function liveThrough(folder: string, batches: readonly Uint8Array[][]): Promise<void> {
  const { store, relay, open } = await openRoom(folder)
  const document = await open()
  for (const batch of batches) {
    const at = Date.now()
    await store.append(batch.map((update) => ({ document: DOCUMENT, update, at, author: AUTHOR })))
    for (const update of batch) document.add(update, relay.inspect(update))
    if (document.wantsCompaction) await document.compact()
  }
  await store.close()
}

/** A snapshot, and on it as long a log as a room leaves alone at most: that of a large board. */
export async function leaveLongLog(folder: string, updates: readonly Uint8Array[]): Promise<void> {
  const { DEFAULT_LIMITS } = await room()
  const split = Math.max(0, updates.length - DEFAULT_LIMITS.compactUpdatesMax + 1)
  await keepAll(await openKolam(folder), DOCUMENT, [updates.slice(0, split)])
  await compactAll(folder)
  await keepAll(await openKolam(folder), DOCUMENT, [updates.slice(split)])
}

/** Compacts the document whatever it needs. */
export async function compactAll(folder: string): Promise<void> {
  const { store, open } = await openRoom(folder)
  const document = await open()
  await document.compact()
  await store.close()
}
