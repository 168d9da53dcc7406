/**
 * A database whose structure is damaged, row by row into a new one. Every table is read from its beginning and, where
 * that ends early, from its end; what only an index or a wrong order hid is found this way.
 */
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../store-error.ts'
import { toStoreError } from './errors.ts'
import { base64, columnsOf, putAside } from './quarantine.ts'
import { openForReading } from './reader.ts'
import { migrate, MIGRATIONS } from './schema.ts'
import { hasTable, likelyVersion, tableNames } from './schema-check.ts'
import { inTransaction, type SqlRow } from './sql.ts'

/** What came of it. */
export interface Rebuilt {
  /** Tables that could not be read all the way; what is lost of them shows in their documents. */
  readonly incomplete: readonly string[]
  /** Rows that fit no table any more. */
  readonly quarantined: number
}

/** Reads `from` and writes `to`, which must not be there; throws a `StoreError` where only a backup helps. */
export function rebuildDatabase({
  from,
  to,
  at,
}: {
  from: string
  to: string
  at: number
}): Rebuilt {
  const source = openForReading(from)
  const target = new DatabaseSync(to)
  try {
    target.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF')
    migrate(target, MIGRATIONS.slice(0, likelyVersion(source)))
    return inTransaction(target, () => copyTables(source, { target, at }))
  } catch (error) {
    throw toStoreError(error, `rebuild "${from}"`)
  } finally {
    target.close()
    source.close()
  }
}

function copyTables(source: DatabaseSync, into: { target: DatabaseSync; at: number }): Rebuilt {
  const incomplete: string[] = []
  let quarantined = 0
  for (const name of tableNames(into.target)) {
    // The version is known by now.
    if (name === 'meta') continue
    const copier = new TableCopier(source, { ...into, name })
    if (!copier.copy()) incomplete.push(name)
    quarantined += copier.quarantined
  }
  refuseNameless(incomplete)
  return { incomplete, quarantined }
}

/**
 * With all documents in the list, whatever else is lost has a name; with all of their rows, the list can be made again.
 * Without either nobody could say what is gone.
 */
function refuseNameless(incomplete: readonly string[]): void {
  const others = ['updates', 'snapshots', 'points'].filter((name) => incomplete.includes(name))
  if (!incomplete.includes('documents') || others.length === 0) return
  const words = `neither the list of documents nor ${others.join(' and ')} can be read to the end`
  throw new StoreError('corrupt', `Cannot rebuild the database: ${words}; restore a backup`)
}

/** Copies one table. */
class TableCopier {
  readonly #source: DatabaseSync
  readonly #target: DatabaseSync
  readonly #name: string
  readonly #at: number
  readonly #columns: readonly string[]
  readonly #key: readonly string[]
  readonly #insert: ReturnType<DatabaseSync['prepare']>
  readonly #find: ReturnType<DatabaseSync['prepare']>
  #repeats = 0
  quarantined = 0

  constructor(source: DatabaseSync, about: { target: DatabaseSync; name: string; at: number }) {
    const { target, name, at } = about
    this.#source = source
    this.#target = target
    this.#name = name
    this.#at = at
    this.#columns = columnsOf(target, name)
    this.#key = keyColumnsOf(target, name)
    const places = this.#columns.map(() => '?').join()
    this.#insert = target.prepare(
      `INSERT INTO ${name} (${this.#columns.join()}) VALUES (${places})`,
    )
    const where = this.#key.map((column) => `${column} IS ?`).join(' AND ')
    this.#find = target.prepare(`SELECT * FROM ${name} WHERE ${where}`)
    this.#find.setReadBigInts(true)
  }

  /** Whether every row was read. */
  copy(): boolean {
    // Where a row comes twice it stands in the place of another one; of one that fits nothing nobody knows what it was.
    if (this.#read('') && this.#repeats === 0 && !this.#hasLostName()) return true
    const places = this.#key.map((name) => this.#columns.indexOf(name) + 1)
    this.#read(`ORDER BY ${places.map((place) => `${place} DESC`).join()}`)
    return false
  }

  /** A line of the list is the only name its document has. */
  #hasLostName(): boolean {
    return this.#name === 'documents' && this.quarantined > 0
  }

  /** False where it ends early. Columns are told by their places: their names may be what is damaged. */
  #read(order: string): boolean {
    try {
      const statement = this.#source.prepare(`SELECT * FROM ${this.#name} ${order}`)
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      for (const values of statement.iterate()) this.#take(this.#rowOf(values))
      return true
    } catch (error) {
      const { code, message } = toStoreError(error, 'read')
      if (code === 'corrupt' && !(error instanceof StoreError)) return false
      throw isSqlError(error) ? this.#failure(message.replace(/^Cannot read: /, '')) : error
    }
  }

  #rowOf(values: unknown): SqlRow {
    if (!Array.isArray(values) || values.length !== this.#columns.length) {
      throw this.#failure('has other columns')
    }
    return Object.fromEntries(this.#columns.map((name, index) => [name, values[index] as never]))
  }

  #failure(what: string): StoreError {
    return new StoreError(
      'corrupt',
      `Cannot rebuild the database: its table ${this.#name}: ${what}`,
    )
  }

  #take(row: SqlRow): void {
    try {
      this.#insert.run(...this.#columns.map((name) => row[name]!))
    } catch (error) {
      if (!isConstraint(error)) throw error
      if (this.#isThere(row)) this.#repeats += 1
      else this.#putAside(row, error as Error)
    }
  }

  /** What was read from both ends. */
  #isThere(row: SqlRow): boolean {
    const found = this.#find.get(...this.#key.map((name) => row[name]!))
    return found !== undefined && textOf(found) === textOf(row)
  }

  #putAside(row: SqlRow, { message: reason }: Error): void {
    const document = String(row['document'] ?? row['id'] ?? '')
    if (!hasTable(this.#target, 'quarantine')) {
      throw this.#failure(`has a row that does not fit: ${reason}`)
    }
    const plain = JSON.parse(textOf(row)) as object
    putAside(this.#target, { document, source: this.#name, row: plain, reason, at: this.#at })
    this.quarantined += 1
  }
}

function keyColumnsOf(sql: DatabaseSync, table: string): string[] {
  return sql
    .prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map(({ name }) => String(name))
}

function isConstraint(error: unknown): boolean {
  return resultOf(error) === 19
}

/** What stands in the schema makes no sense. */
function isSqlError(error: unknown): boolean {
  return resultOf(error) === 1
}

/** The primary result code of SQLite. */
function resultOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return Number(error.errcode) & 0xff
}

function textOf(row: SqlRow): string {
  return JSON.stringify(row, (_name, value: unknown) => {
    if (value instanceof Uint8Array) return base64(value)
    return typeof value === 'bigint' ? numberOrText(value) : value
  })
}

function numberOrText(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
}
