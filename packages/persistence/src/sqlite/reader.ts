/**
 * Reads a database that somebody else may be writing. Takes no lock of the folder, writes no row, and makes nothing
 * where there is nothing. What it gives back is not checked: that is `check.ts`.
 */
import { DatabaseSync } from 'node:sqlite'
import type { DocumentInfo, StoreStats, TrashedDocument } from '../store.ts'
import { StoreError } from '../store-error.ts'
import type { DocumentState } from './checksum.ts'
import { toStoreError } from './errors.ts'
import { referencesOf } from './known-assets.ts'
import { infoOf, statsOf, trashedOf } from './rows.ts'
import { MIGRATIONS, schemaVersion } from './schema.ts'
import { hasTable, HISTORY_SCHEMA, schemaFaults, TRASH_SCHEMA } from './schema-check.ts'
import type { SqlRow } from './sql.ts'

/** One row as it lies there. */
export interface RawRow {
  /** The number of the update; of a snapshot, that of the last update it stands for. */
  readonly seq: number
  readonly bytes: Uint8Array
  readonly crc: number
}

/** What the list of documents says of a document, to save counting. */
export interface Counted {
  readonly updates: number
  readonly bytes: number
  readonly points: number
  readonly historyBytes: number
}

/** A document as its rows lie there. */
export interface RawDocument {
  readonly id: string
  /** The number of its last update, by the list of documents. */
  readonly seq: number
  readonly counted: Counted
  readonly snapshot: RawRow | null
  readonly updates: readonly RawRow[]
}

/** Whether a document is there, as its row says it. */
export interface RawState extends DocumentState {
  readonly id: string
  readonly crc: number
}

/** How long to wait for a database that is being recovered or taken out of its log. */
const BUSY_MS = 5_000

/** How many faults of its structure SQLite may name. */
const FAULTS_MAX = 100

/** The documents as this schema has them, out of an older one: reading brings nothing up to date. */
const WITHOUT_HISTORY = '(SELECT *, 0 AS points, 0 AS history_bytes FROM documents)'
const WITHOUT_TRASH = `(SELECT *, NULL AS trashed_at, 0 AS deleted FROM ${WITHOUT_HISTORY})`

/** Numbers of the list of documents that are never negative, and never more than a number can be. */
const NUMBERS = 'created_at updated_at shapes seq updates bytes points history_bytes'.split(' ')

const COUNTED = 'seq, updates, bytes, points, history_bytes'
const INFO = 'id, title, shapes, created_at, updated_at, bytes, trashed_at'

/** Opens the database in a file for reading; throws a `StoreError` where it is none of Kolam's, or a newer one. */
export function openForReading(file: string): DatabaseSync {
  try {
    const sql = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS })
    try {
      checkSchema(sql, file)
      return sql
    } catch (error) {
      sql.close()
      throw error
    }
  } catch (error) {
    const failure = toStoreError(error, `read "${file}"`)
    throw failure.code === 'read-only' ? notOurs(file, failure) : failure
  }
}

/** Whoever reads a database in WAL mode while no server does has to put its index beside it. */
function notOurs(file: string, cause: StoreError): StoreError {
  const words = 'you may not write beside it, which reading needs; be the user who runs the server'
  return new StoreError('read-only', `Cannot read "${file}": ${words}`, { cause })
}

/** The documents of one database. */
export class DatabaseReader {
  readonly #sql: DatabaseSync
  readonly #documents: string
  readonly #hasTrash: boolean
  readonly #hasHistory: boolean

  constructor(sql: DatabaseSync) {
    this.#sql = sql
    const schema = schemaVersion(sql)
    this.#hasTrash = schema >= TRASH_SCHEMA
    this.#hasHistory = schema >= HISTORY_SCHEMA
    this.#documents = documentsOf(schema)
  }

  /** Everything `work` reads is of one moment, however much a server writes meanwhile. */
  atOneMoment<T>(work: () => T): T {
    if (this.#sql.isTransaction) return work()
    this.#sql.exec('BEGIN')
    try {
      return work()
    } finally {
      if (this.#sql.isTransaction) this.#sql.exec('ROLLBACK')
    }
  }

  /** The list of documents without the trash, the last changed first. */
  list(): DocumentInfo[] {
    const where = 'WHERE trashed_at IS NULL AND NOT deleted ORDER BY updated_at DESC, id'
    return this.#all(`SELECT ${INFO} FROM ${this.#documents} ${where}`).map(infoOf)
  }

  /** The documents in the trash, the last one first. */
  listTrash(): TrashedDocument[] {
    const where = 'WHERE trashed_at IS NOT NULL AND NOT deleted ORDER BY trashed_at DESC, id'
    return this.#all(`SELECT ${INFO} FROM ${this.#documents} ${where}`).map(trashedOf)
  }

  /** Totals by the list of documents. */
  stats(): StoreStats {
    const [row = {}] = this.#all(`
      SELECT
        count(*) - count(trashed_at) AS documents, count(trashed_at) AS trashed,
        coalesce(sum(updates), 0) AS updates, coalesce(sum(bytes), 0) AS bytes,
        coalesce(sum(points), 0) AS points, coalesce(sum(history_bytes), 0) AS history_bytes
      FROM ${this.#documents} WHERE NOT deleted`)
    return statsOf(row)
  }

  /** The ids of all documents that have content, sorted; those in the trash are among them. */
  ids(): string[] {
    const rows = this.#all(`SELECT id FROM ${this.#documents} WHERE NOT deleted ORDER BY id`)
    return rows.map((row) => String(row['id']))
  }

  /** What each row of the list says of its document, removed ones too; nothing where no schema with a trash wrote it. */
  states(): RawState[] {
    if (!this.#hasTrash) return []
    const rows = this.#all('SELECT id, trashed_at, deleted, state_crc FROM documents ORDER BY id')
    return rows.map((row) => ({
      id: String(row['id']),
      trashedAt: row['trashed_at'] === null ? null : Number(row['trashed_at']),
      deleted: row['deleted'] !== 0,
      crc: Number(row['state_crc']),
    }))
  }

  /** Ids that have rows and no place in `ids`. */
  orphans(): string[] {
    const known = `(SELECT id FROM ${this.#documents} WHERE NOT deleted)`
    const tables = ['updates', 'snapshots', ...(this.#hasHistory ? ['points'] : [])]
    const found = tables.map(
      (name) => `SELECT document FROM ${name} WHERE document NOT IN ${known}`,
    )
    const rows = this.#all(`${found.join(' UNION ')} ORDER BY 1`)
    return rows.map((row) => String(row['document']))
  }

  /** Ids whose line in the list has a number that cannot be. */
  implausible(): string[] {
    const wrong = NUMBERS.map((name) => `NOT ${isPlausible(name)}`).join(' OR ')
    const rows = this.#all(`SELECT id FROM ${this.#documents} WHERE ${wrong} ORDER BY id`)
    return rows.map((row) => String(row['id']))
  }

  /** How many rows `kolam fsck --repair` has put aside. */
  quarantined(): number {
    if (!this.#hasHistory) return 0
    return Number(this.#all('SELECT count(*) AS rows FROM quarantine')[0]?.['rows'])
  }

  /** The points of a document, the first one first; one at a time, for each may be large. */
  *points(id: string): Generator<SqlRow> {
    if (!this.#hasHistory) return
    const numbers = this.#sql
      .prepare('SELECT number FROM points WHERE document = ? ORDER BY number')
      .all(id)
    const read = this.#sql.prepare('SELECT * FROM points WHERE document = ? AND number = ?')
    for (const { number } of numbers) {
      const row = read.get(id, number!)
      if (row) yield row
    }
  }

  /** All rows of a document; null for one that is not there or was removed for good. */
  read(id: string): RawDocument | null {
    return this.atOneMoment(() => {
      const row = this.#sql
        .prepare(`SELECT ${COUNTED} FROM ${this.#documents} WHERE id = ? AND NOT deleted`)
        .get(id)
      if (!row) return null
      const snapshot = this.#sql
        .prepare('SELECT upto AS seq, bytes, crc FROM snapshots WHERE document = ?')
        .get(id)
      const updates = this.#sql
        .prepare('SELECT seq, bytes, crc FROM updates WHERE document = ? ORDER BY seq')
        .all(id)
      return {
        id,
        seq: Number(row['seq']),
        counted: countedOf(row),
        snapshot: snapshot ? rawRow(snapshot) : null,
        updates: updates.map(rawRow),
      }
    })
  }

  /** The assets a document is known to name; null where no schema with such a list wrote it. */
  references(id: string): Set<string> | null {
    return referencesOf(this.#sql, id)
  }

  /** What SQLite finds wrong with the file itself, in its own words. */
  faults(): string[] {
    const rows = this.#all(`PRAGMA integrity_check(${FAULTS_MAX})`)
    const faults = rows.map((row) => String(row['integrity_check']))
    return [...schemaFaults(this.#sql), ...faults.filter((words) => words !== 'ok')]
  }

  close(): void {
    this.#sql.close()
  }

  #all(text: string): SqlRow[] {
    return this.#sql.prepare(text).all()
  }
}

function documentsOf(schema: number): string {
  if (schema >= HISTORY_SCHEMA) return 'documents'
  return schema >= TRASH_SCHEMA ? WITHOUT_HISTORY : WITHOUT_TRASH
}

/** Whether a column holds a number that may be counted with, as a condition. */
export function isPlausible(column: string): string {
  return `(typeof(${column}) = 'integer' AND ${column} BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER})`
}

function checkSchema(sql: DatabaseSync, file: string): void {
  const found = hasTable(sql, 'meta') ? schemaVersion(sql) : 0
  const known = MIGRATIONS.length
  if (found === 0) throw new StoreError('invalid', `Cannot read "${file}": it is not Kolam's`)
  if (found <= known) return
  const words = `a newer Kolam wrote it (schema ${found}, this one knows ${known})`
  throw new StoreError('newer-schema', `Cannot read "${file}": ${words}`)
}

function countedOf(row: SqlRow): Counted {
  return {
    updates: Number(row['updates']),
    bytes: Number(row['bytes']),
    points: Number(row['points']),
    historyBytes: Number(row['history_bytes']),
  }
}

function rawRow(row: SqlRow): RawRow {
  return {
    seq: Number(row['seq']),
    bytes: row['bytes'] as Uint8Array,
    crc: Number(row['crc']),
  }
}
