/** A store in memory, for tests and for boards nobody wants to keep. It forgets everything when the process ends. */
import type { History } from './history.ts'
import { MemoryReferences } from './memory-references.ts'
import { bytesOf, type HistoryEntry, MemoryHistory } from './memory-history.ts'
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  Store,
  StoredDocument,
  StoreOptions,
  StoreStats,
  TrashedDocument,
} from './store.ts'
import { UNRECORDED_UPDATES_MAX } from './store.ts'
import { deleted, notTrashed, StoreError, trashed, unknown } from './store-error.ts'

interface Entry extends HistoryEntry {
  readonly createdAt: number
  updatedAt: number
  title: string
  shapes: number
  snapshot: Uint8Array | null
  /** The number of the last update the snapshot covers. */
  upto: number
  /** The updates that are still there; the first one has the number after `trimmed`. */
  log: Append[]
  trimmed: number
  trashedAt: number | null
}

/** Keeps documents as long as the process lives; it copies what it is given. */
export class MemoryStore implements Store {
  readonly history: History
  readonly references: MemoryReferences
  readonly #keepsHistory: boolean
  readonly #entries = new Map<string, Entry>()
  readonly #deleted = new Set<string>()
  #closed = false

  constructor({ keepsHistory = false }: StoreOptions = {}) {
    this.#keepsHistory = keepsHistory
    this.references = new MemoryReferences({
      checkOpen: () => this.#checkOpen(),
      seqOf: (id) => this.#entries.get(id)?.seq ?? 0,
    })
    this.history = new MemoryHistory({
      find: (id) => this.#checked(id),
      known: (id) => this.#known(id),
      all: () => {
        this.#checkOpen()
        return this.#entries.values()
      },
    })
  }

  async open(id: string): Promise<StoredDocument> {
    this.#checkOpen()
    const entry = this.#find(id)
    if (!entry) return { snapshot: null, updates: [], seq: 0 }
    return {
      snapshot: entry.snapshot?.slice() ?? null,
      updates: updatesAfter(entry, entry.upto),
      seq: entry.seq,
    }
  }

  async since(id: string, seq: number): Promise<readonly Uint8Array[] | null> {
    this.#checkOpen()
    const entry = this.#find(id)
    if (!entry) return []
    if (seq < entry.upto) return null
    return updatesAfter(entry, seq)
  }

  async append(batch: readonly Append[]): Promise<void> {
    this.#checkOpen()
    // All or none: what is refused is refused before anything is taken.
    for (const { document } of batch) this.#find(document)
    for (const append of batch) {
      const entry = this.#entryOf(append.document, append.at)
      entry.log.push(copied(append))
      this.references.take(append.document, append.update)
      entry.updatedAt = Math.max(entry.updatedAt, append.at)
    }
  }

  async compact(id: string, snapshot: Uint8Array, upto: number): Promise<void> {
    this.#checkOpen()
    const entry = this.#find(id)
    const seq = entry?.seq ?? 0
    if (!entry || upto > seq) {
      throw new StoreError(
        'invalid',
        `Cannot compact "${id}" up to ${upto}: its last update is ${seq}`,
      )
    }
    if (upto < entry.upto) return
    entry.snapshot = snapshot.slice()
    entry.upto = upto
    this.#trim(entry)
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
    this.#known(id).trashedAt = at
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
    this.references.remove(id)
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
      updates: entries.reduce((sum, entry) => sum + updatesAfter(entry, entry.upto).length, 0),
      bytes: entries.reduce((sum, entry) => sum + sizeOf(entry), 0),
      points: entries.reduce((sum, { points }) => sum + points.length, 0),
      historyBytes: entries.reduce((sum, { points }) => sum + bytesOf(points), 0),
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

  #checked(id: string): Entry | undefined {
    this.#checkOpen()
    return this.#find(id)
  }

  #known(id: string): Entry {
    const entry = this.#checked(id)
    if (!entry) throw unknown(id)
    return entry
  }

  /** Lets updates go that the snapshot stands for and the history needs no more. */
  #trim(entry: Entry): void {
    const { upto, points } = entry
    const recorded = Math.max(points.at(-1)?.seq ?? 0, upto - UNRECORDED_UPDATES_MAX)
    const needed = this.#keepsHistory ? Math.min(upto, recorded) : upto
    entry.log.splice(0, needed - entry.trimmed)
    entry.trimmed = Math.max(entry.trimmed, needed)
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
      entry = newEntry(id, at, (of) => this.#trim(of))
      this.#entries.set(id, entry)
    }
    return entry
  }
}

/** The order of a list: last changed first, and by id where that says nothing. */
function newestFirst(a: DocumentInfo, b: DocumentInfo): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1)
}

function newEntry(id: string, at: number, recorded: (entry: Entry) => void): Entry {
  const entry: Entry = {
    id,
    createdAt: at,
    updatedAt: at,
    title: '',
    shapes: 0,
    snapshot: null,
    upto: 0,
    log: [],
    trimmed: 0,
    points: [],
    trashedAt: null,
    get seq() {
      return entry.trimmed + entry.log.length
    },
    logged: (seq, upto) => {
      const from = Math.max(0, seq - entry.trimmed)
      return entry.log.slice(from, Math.max(from, upto - entry.trimmed)).map(copied)
    },
    recorded: () => recorded(entry),
  }
  return entry
}

function copied(append: Append): Append {
  return { ...append, update: append.update.slice() }
}

function updatesAfter(entry: Entry, seq: number): Uint8Array[] {
  return entry.logged(seq, entry.seq).map(({ update }) => update)
}

function sizeOf(entry: Entry): number {
  const updates = updatesAfter(entry, entry.upto).reduce((sum, { length }) => sum + length, 0)
  return updates + (entry.snapshot?.length ?? 0)
}

function infoOf(entry: Entry): DocumentInfo {
  const { id, title, shapes, createdAt, updatedAt } = entry
  return { id, title, shapes, createdAt, updatedAt, bytes: sizeOf(entry) }
}
