/** The little of SQLite the store stands on, as a port, so that a test can fail or kill at any statement. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

/** A value bound to a statement. */
export type SqlInput = SQLInputValue

/** A row as SQLite gives it. */
export type SqlRow = Record<string, SQLOutputValue>

/** A prepared statement. */
export interface SqlStatement {
  run(...values: SqlInput[]): unknown
  get(...values: SqlInput[]): SqlRow | undefined
  all(...values: SqlInput[]): SqlRow[]
}

/** A connection; `DatabaseSync` of `node:sqlite` is one. */
export interface Sql {
  readonly isTransaction: boolean
  exec(sql: string): void
  prepare(sql: string): SqlStatement
  close(): void
}

/** Runs `work` in one transaction: all of it is on disk when this returns, none of it when this throws. */
export function inTransaction<T>(sql: Sql, work: () => T): T {
  sql.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    sql.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite has already rolled back after some failures (a full disk); a second rollback would hide the cause.
    if (sql.isTransaction) sql.exec('ROLLBACK')
    throw error
  }
}
