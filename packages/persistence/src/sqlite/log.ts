/**
 * The log of all documents in one SQLite database: appends, snapshots, and the list.
 *
 * Synchronous, because it lives in a worker. It never decides when to write, opens no file itself, and gives
 * back no byte that does not match its checksum.
 */
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  StoredDocument,
  StoreStats,
  TrashedDocument,
} from '../store.ts'
import { SoundRows } from './sound-rows.ts'
import { deleted, notTrashed, StoreError, trashed, unknown } from '../store-error.ts'
import { type DocumentState, PRESENT, rowChecksum, stateChecksum } from './checksum.ts'
import { infoOf, statsOf, trashedOf } from './rows.ts'
import { inTransaction, type Sql, type SqlRow } from './sql.ts'
import { prepareStatements, type Statements } from './statements.ts'

/** What a batch adds to one document. */
interface Growth {
  seq: number
  updates: number
  bytes: number
  readonly firstAt: number
  lastAt: number
}

interface Snapshot {
  readonly bytes: Uint8Array | null
  readonly upto: number
}

/** Documents whose last sequence number is remembered; about a hundred bytes each. */
const SEQS_MAX = 10_000

/** The operations of `Store`, one call each, over a migrated connection. */
export class SqliteLog {
  readonly #sql: Sql
  readonly #statements: Statements
  /** The last sequence number of documents written to lately. True because no other process writes here. */
  readonly #seqs = new Map<string, number>()

  constructor(sql: Sql) {
    this.#sql = sql
    this.#statements = prepareStatements(sql)
  }

  open(id: string): StoredDocument {
    const seq = this.#seqOf(id)
    const sound = new SoundRows(id)
    const snapshot = this.#statements.readSnapshot.get(id)
    if (snapshot) sound.takeSnapshot(snapshot)
    for (const row of this.#statements.readUpdates.all(id, sound.upto)) sound.takeUpdate(row)
    return sound.document(seq)
  }

  /** The updates after a number; null where a snapshot stands for the first of them. */
  since(id: string, after: number): Uint8Array[] | null {
    const seq = this.#seqOf(id)
    if (after < this.#uptoOf(id)) return null
    return after >= seq ? [] : this.#updatesOf(id, { after, seq })
  }

  append(batch: readonly Append[]): void {
    const grown = new Map<string, Growth>()
    inTransaction(this.#sql, () => {
      for (const entry of batch) this.#insert(entry, this.#growthOf(entry, grown))
      for (const [id, growth] of grown) this.#grow(id, growth)
    })
    for (const [id, { seq }] of grown) this.#remember(id, seq)
  }

  compact(id: string, snapshot: Uint8Array, upto: number): void {
    inTransaction(this.#sql, () => {
      const seq = this.#seqOf(id)
      if (seq === 0 || upto > seq) {
        throw new StoreError(
          'invalid',
          `Cannot compact "${id}" up to ${upto}: its last update is ${seq}`,
        )
      }
      if (upto < this.#uptoOf(id)) return
      const { writeSnapshot, trimUpdates, recount } = this.#statements
      writeSnapshot.run(id, upto, snapshot, rowChecksum(id, upto, snapshot))
      // The new snapshot is read back before the updates it stands for go away.
      this.#snapshotOf(id)
      trimUpdates.run(id, upto)
      recount.run(id, snapshot.length)
    })
  }

  describe(id: string, info: DocumentDescription): void {
    this.#statements.describe.run(info.title, info.shapes, id)
  }

  trash(id: string, at: number): void {
    this.#seqOfKnown(id)
    this.#seqs.delete(id)
    this.#setState(id, { trashedAt: at, deleted: false })
  }

  takeBack(id: string): void {
    this.#checkTrashed(id)
    this.#setState(id, PRESENT)
  }

  remove(id: string): void {
    this.#checkTrashed(id)
    const { removeUpdates, removeSnapshot, empty } = this.#statements
    inTransaction(this.#sql, () => {
      for (const statement of [removeUpdates, removeSnapshot, empty]) statement.run(id)
      this.#setState(id, { trashedAt: null, deleted: true })
    })
  }

  listTrash(): TrashedDocument[] {
    return this.#statements.listTrash.all().map(trashedOf)
  }

  list(): DocumentInfo[] {
    return this.#statements.list.all().map(infoOf)
  }

  stats(): StoreStats {
    return statsOf(this.#statements.stats.get() ?? {})
  }

  /** The last number of a document that is neither in the trash nor removed; 0 for one never written. */
  #seqOf(id: string): number {
    const found = this.#find(id)
    if (found?.deleted) throw deleted(id)
    if (found && found.trashedAt !== null) throw trashed(id)
    return found?.seq ?? 0
  }

  #seqOfKnown(id: string): number {
    const seq = this.#seqOf(id)
    if (seq === 0) throw unknown(id)
    return seq
  }

  #checkTrashed(id: string): void {
    const found = this.#find(id)
    if (!found) throw unknown(id)
    if (found.deleted) throw deleted(id)
    if (found.trashedAt === null) throw notTrashed(id)
  }

  /** A document's row, checked; null where nothing was ever written to it. */
  #find(id: string): (DocumentState & { readonly seq: number }) | null {
    const row = this.#statements.readDocument.get(id)
    if (!row) {
      this.#checkNothing(id)
      return null
    }
    const trashedAt = row['trashed_at'] === null ? null : Number(row['trashed_at'])
    const state = { trashedAt, deleted: row['deleted'] !== 0 }
    if (stateChecksum(id, state) !== row['state_crc']) {
      throw damaged(id, 'whether it is in the trash does not match its checksum')
    }
    return { ...state, seq: Number(row['seq']) }
  }

  /** A row that got lost must not make an empty document of a full one. */
  #checkNothing(id: string): void {
    const found = this.#statements.holdsRows.get(id)?.['found']
    if (found === 1) throw damaged(id, 'its row is missing')
  }

  #setState(id: string, state: DocumentState): void {
    const { trashedAt, deleted: isDeleted } = state
    this.#statements.setState.run(trashedAt, isDeleted ? 1 : 0, stateChecksum(id, state), id)
  }

  /** All updates from `after` to `seq`, each checked. */
  #updatesOf(id: string, { after, seq }: { after: number; seq: number }): Uint8Array[] {
    const rows = this.#statements.readUpdates.all(id, after)
    const updates = rows.map((row, index) => checkedUpdate(row, { id, seq: after + 1 + index }))
    const end = after + updates.length
    if (end !== seq) throw damaged(id, `update ${end + 1} of ${seq} is missing`)
    return updates
  }

  #uptoOf(id: string): number {
    return Number(this.#statements.readUpto.get(id)?.['upto'] ?? 0)
  }

  #snapshotOf(id: string): Snapshot {
    const row = this.#statements.readSnapshot.get(id)
    if (!row) return { bytes: null, upto: 0 }
    const bytes = row['bytes'] as Uint8Array
    const upto = Number(row['upto'])
    if (rowChecksum(id, upto, bytes) !== row['crc']) {
      throw damaged(id, `its snapshot up to ${upto} does not match its checksum`)
    }
    return { bytes, upto }
  }

  /** Only what is on disk: called after the transaction. */
  #remember(id: string, seq: number): void {
    if (this.#seqs.size >= SEQS_MAX) this.#seqs.clear()
    this.#seqs.set(id, seq)
  }

  #growthOf({ document, at }: Append, grown: Map<string, Growth>): Growth {
    const known = grown.get(document)
    if (known) return known
    const seq = this.#seqs.get(document) ?? this.#seqOf(document)
    const growth: Growth = { seq, updates: 0, bytes: 0, firstAt: at, lastAt: at }
    grown.set(document, growth)
    return growth
  }

  #insert({ document, update, at, author }: Append, growth: Growth): void {
    growth.seq += 1
    growth.updates += 1
    growth.bytes += update.length
    growth.lastAt = Math.max(growth.lastAt, at)
    const crc = rowChecksum(document, growth.seq, update)
    this.#statements.insertUpdate.run(document, growth.seq, update, crc, at, author)
  }

  #grow(id: string, { seq, updates, bytes, firstAt, lastAt }: Growth): void {
    const crc = stateChecksum(id, PRESENT)
    this.#statements.growDocument.run(id, firstAt, lastAt, seq, updates, bytes, crc)
  }
}

function checkedUpdate(row: SqlRow, expected: { id: string; seq: number }): Uint8Array {
  const { id, seq } = expected
  const bytes = row['bytes'] as Uint8Array
  if (row['seq'] !== seq) throw damaged(id, `update ${seq} is missing`)
  if (rowChecksum(id, seq, bytes) !== row['crc']) {
    throw damaged(id, `update ${seq} does not match its checksum`)
  }
  return bytes
}

function damaged(id: string, what: string): StoreError {
  return new StoreError('corrupt', `Cannot read document "${id}": ${what}`)
}
