/** A store in memory, for tests and for boards nobody wants to keep. It forgets everything when the process ends. */
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  Store,
  StoredDocument,
  StoreStats,
} from './store.ts'
import { StoreError } from './store-error.ts'

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
}

/** Keeps documents as long as the process lives; it copies what it is given. */
export class MemoryStore implements Store {
  readonly #entries = new Map<string, Entry>()
  #closed = false

  async open(id: string): Promise<StoredDocument> {
    this.#checkOpen()
    const entry = this.#entries.get(id)
    if (!entry) return { snapshot: null, updates: [], seq: 0 }
    return {
      snapshot: entry.snapshot?.slice() ?? null,
      updates: entry.updates.map((update) => update.slice()),
      seq: seqOf(entry),
    }
  }

  async append(batch: readonly Append[]): Promise<void> {
    this.#checkOpen()
    for (const { document, update, at } of batch) {
      const entry = this.#entryOf(document, at)
      entry.updates.push(update.slice())
      entry.updatedAt = Math.max(entry.updatedAt, at)
    }
  }

  async compact(id: string, snapshot: Uint8Array, upto: number): Promise<void> {
    this.#checkOpen()
    const entry = this.#entries.get(id)
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
    if (!entry) return
    entry.title = info.title
    entry.shapes = info.shapes
  }

  async list(): Promise<DocumentInfo[]> {
    this.#checkOpen()
    return Array.from(this.#entries.values(), infoOf).sort(newestFirst)
  }

  async stats(): Promise<StoreStats> {
    this.#checkOpen()
    const entries = [...this.#entries.values()]
    return {
      documents: entries.length,
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
