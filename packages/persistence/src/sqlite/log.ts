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
import { type StoreOptions, UNRECORDED_UPDATES_MAX } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { PRESENT, rowChecksum, stateChecksum } from './checksum.ts'
import { damaged, DocumentRows } from './document-rows.ts'
import { SqlitePoints } from './points.ts'
import { SqliteReferences } from './references.ts'
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

/** Rows deleted in one go: well below a millisecond. */
const TRIMMED_AT_ONCE = 1_000

/** Documents whose last sequence number is remembered; about a hundred bytes each. */
const SEQS_MAX = 10_000

/** The operations of `Store`, one call each, over a migrated connection. */
export class SqliteLog {
  readonly #sql: Sql
  readonly #statements: Statements
  readonly #rows: DocumentRows
  readonly #points: SqlitePoints
  readonly #references: SqliteReferences
  readonly #keepsHistory: boolean
  /** The last sequence number of documents written to lately. True because no other process writes here. */
  readonly #seqs = new Map<string, number>()

  constructor(sql: Sql, { keepsHistory = false }: StoreOptions = {}) {
    this.#sql = sql
    this.#statements = prepareStatements(sql)
    this.#rows = new DocumentRows(this.#statements)
    this.#points = new SqlitePoints(sql, { statements: this.#statements, rows: this.#rows })
    this.#references = new SqliteReferences(sql, this.#statements)
    this.#keepsHistory = keepsHistory
  }

  /** The history of all documents. */
  get points(): SqlitePoints {
    return this.#points
  }

  /** Which assets documents name. */
  get references(): SqliteReferences {
    return this.#references
  }

  open(id: string): StoredDocument {
    const seq = this.#rows.seqOf(id)
    const sound = new SoundRows(id)
    const snapshot = this.#statements.readSnapshot.get(id)
    if (snapshot) sound.takeSnapshot(snapshot)
    for (const row of this.#statements.readUpdates.all(id, sound.upto)) sound.takeUpdate(row)
    return sound.document(seq)
  }

  /** The updates after a number; null where a snapshot stands for the first of them. */
  since(id: string, after: number): Uint8Array[] | null {
    const seq = this.#rows.seqOf(id)
    if (after < this.#rows.uptoOf(id)) return null
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
      const seq = this.#rows.seqOf(id)
      if (seq === 0 || upto > seq) {
        throw new StoreError(
          'invalid',
          `Cannot compact "${id}" up to ${upto}: its last update is ${seq}`,
        )
      }
      if (upto < this.#rows.uptoOf(id)) return
      const { writeSnapshot, recount } = this.#statements
      writeSnapshot.run(id, upto, snapshot, rowChecksum(id, upto, snapshot))
      // The new snapshot is read back before it stands for anything: the updates go away later, in slices.
      this.#snapshotOf(id)
      recount.run(id, upto, snapshot.length)
    })
  }

  /** Deletes some of the updates that a snapshot stands for and the history needs no more; false when all are gone. */
  trim(id: string): boolean {
    const { firstUpdate, trimUpdates } = this.#statements
    const found = firstUpdate.get(id)?.['seq'] ?? null
    const needed = this.#trimBound(id)
    if (found === null || Number(found) > needed) return false
    const end = Math.min(needed, Number(found) + TRIMMED_AT_ONCE - 1)
    trimUpdates.run(id, end)
    return end < needed
  }

  /** The number up to which updates are not needed. */
  #trimBound(id: string): number {
    const upto = this.#rows.uptoOf(id)
    if (!this.#keepsHistory) return upto
    return Math.min(upto, Math.max(this.#points.lastSeq(id), upto - UNRECORDED_UPDATES_MAX))
  }

  describe(id: string, info: DocumentDescription): void {
    this.#statements.describe.run(info.title, info.shapes, id)
  }

  trash(id: string, at: number): void {
    this.#rows.seqOfKnown(id)
    this.#seqs.delete(id)
    this.#rows.setState(id, { trashedAt: at, deleted: false })
  }

  takeBack(id: string): void {
    this.#rows.checkTrashed(id)
    this.#rows.setState(id, PRESENT)
  }

  remove(id: string): void {
    this.#rows.checkTrashed(id)
    const { removeUpdates, removeSnapshot, removePoints, removeQuarantined, empty } =
      this.#statements
    const statements = [removeUpdates, removeSnapshot, removePoints, removeQuarantined, empty]
    inTransaction(this.#sql, () => {
      for (const statement of statements) statement.run(id)
      this.#references.remove(id)
      this.#rows.setState(id, { trashedAt: null, deleted: true })
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

  /** All updates from `after` to `seq`, each checked. */
  #updatesOf(id: string, { after, seq }: { after: number; seq: number }): Uint8Array[] {
    const rows = this.#statements.readUpdates.all(id, after)
    const updates = rows.map((row, index) => checkedUpdate(row, { id, seq: after + 1 + index }))
    const end = after + updates.length
    if (end !== seq) throw damaged(id, `update ${end + 1} of ${seq} is missing`)
    return updates
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
    const seq = this.#seqs.get(document) ?? this.#rows.seqOf(document)
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
    this.#references.take(document, update)
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
