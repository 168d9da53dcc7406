/** A store in memory, for tests and for boards nobody wants to keep. It forgets everything when the process ends. */
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  Store,
  StoredDocument,
  StoreStats,
  TrashedDocument,
} from './store.ts'
import { deleted, notTrashed, StoreError, trashed, unknown } from './store-error.ts'

interface Entry {
  readonly id: string
  readonly createdAt: number
  updatedAt: number
  title: string
  shapes: number
  snapshot: Uint8Array | null
  /** The number of the last update the snapshot covers. */
  upto: number
  updates: Uint8Array[]
  trashedAt: number | null
}

/** Keeps documents as long as the process lives; it copies what it is given. */
export class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>()
  readonly #deleted = new Set<string>()
  #closed = false

  async open(id: string): Promise<StoredDocument> {
    this.#checkOpen()
    const entry = this.#find(id)
    if (!entry) return { snapshot: null, updates: [], seq: 0 }
    return {
      snapshot: entry.snapshot?.slice() ?? null,
      updates: entry.updates.map((update) => update.slice()),
      seq: seqOf(entry),
    }
  }

  async since(id: string, seq: number): Promise<readonly Uint8Array[] | null> {
    this.#checkOpen()
    const entry = this.#find(id)
    if (!entry) return []
    if (seq < entry.upto) return null
    return entry.updates.slice(seq - entry.upto).map((update) => update.slice())
  }

  async append(batch: readonly Append[]): Promise<void> {
    this.#checkOpen()
    // All or none: what is refused is refused before anything is taken.
    for (const { document } of batch) this.#find(document)
    for (const { document, update, at } of batch) {
      const entry = this.#entryOf(document, at)
      entry.updates.push(update.slice())
      entry.updatedAt = Math.max(entry.updatedAt, at)
    }
  }

  async compact(id: string, snapshot: Uint8Array, upto: number): Promise<void> {
    this.#checkOpen()
    const entry = this.#find(id)
    const seq = entry ? seqOf(entry) : 0
    if (!entry || upto > seq) {
      throw new StoreError(
        'invalid',
        `Cannot compact "${id}" up to ${upto}: its last update is ${seq}`,
      )
    }
    if (upto < entry.upto) return
    entry.updates.splice(0, upto - entry.upto)
    entry.snapshot = snapshot.slice()
    entry.upto = upto
  }

  async describe(id: string, info: DocumentDescription): Promise<void> {
    this.#checkOpen()
    const entry = this.#entries.get(id)
    if (!entry || entry.trashedAt !== null) return
    entry.title = info.title
    entry.shapes = info.shapes
  }

  async list(): Promise<DocumentInfo[]> {
    this.#checkOpen()
    const entries = [...this.#entries.values()].filter(({ trashedAt }) => trashedAt === null)
    return entries.map(infoOf).sort(newestFirst)
  }

  async trash(id: string, at: number): Promise<void> {
    this.#checkOpen()
    const entry = this.#find(id)
    if (!entry) throw unknown(id)
    entry.trashedAt = at
  }

  async takeBack(id: string): Promise<void> {
    this.#checkOpen()
    this.#findTrashed(id).trashedAt = null
  }

  async remove(id: string): Promise<void> {
    this.#checkOpen()
    this.#findTrashed(id)
    this.#entries.delete(id)
    this.#deleted.add(id)
  }

  async listTrash(): Promise<TrashedDocument[]> {
    this.#checkOpen()
    return [...this.#entries.values()]
      .flatMap((entry) => {
        const { trashedAt } = entry
        return trashedAt === null ? [] : [{ ...infoOf(entry), trashedAt }]
      })
      .sort((a, b) => b.trashedAt - a.trashedAt || (a.id < b.id ? -1 : 1))
  }

  async stats(): Promise<StoreStats> {
    this.#checkOpen()
    const entries = [...this.#entries.values()]
    return {
      documents: entries.filter(({ trashedAt }) => trashedAt === null).length,
      trashed: entries.filter(({ trashedAt }) => trashedAt !== null).length,
      updates: entries.reduce((sum, entry) => sum + entry.updates.length, 0),
      bytes: entries.reduce((sum, entry) => sum + bytesOf(entry), 0),
    }
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreError('closed', 'Cannot use the store: it is closed')
  }

  /** The entry of a document, if it was ever written; refuses one that is put away. */
  #find(id: string): Entry | undefined {
    if (this.#deleted.has(id)) throw deleted(id)
    const entry = this.#entries.get(id)
    if (entry && entry.trashedAt !== null) throw trashed(id)
    return entry
  }

  #findTrashed(id: string): Entry {
    if (this.#deleted.has(id)) throw deleted(id)
    const entry = this.#entries.get(id)
    if (!entry) throw unknown(id)
    if (entry.trashedAt === null) throw notTrashed(id)
    return entry
  }

  #entryOf(id: string, at: number): Entry {
    let entry = this.#entries.get(id)
    if (!entry) {
      entry = {
        id,
        createdAt: at,
        updatedAt: at,
        title: '',
        shapes: 0,
        snapshot: null,
        upto: 0,
        updates: [],
        trashedAt: null,
      }
      this.#entries.set(id, entry)
    }
    return entry
  }
}

/** The order of a list: last changed first, and by id where that says nothing. */
function newestFirst(a: DocumentInfo, b: DocumentInfo): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1)
}

function seqOf(entry: Entry): number {
  return entry.upto + entry.updates.length
}

function bytesOf(entry: Entry): number {
  const updates = entry.updates.reduce((sum, update) => sum + update.length, 0)
  return updates + (entry.snapshot?.length ?? 0)
}

function infoOf(entry: Entry): DocumentInfo {
  const { id, title, shapes, createdAt, updatedAt } = entry
  return { id, title, shapes, createdAt, updatedAt, bytes: bytesOf(entry) }
}
