/** Whether the tables are those of the version the database says it has: SQLite believes whatever stands there. */
import { DatabaseSync } from 'node:sqlite'
import { migrate, MIGRATIONS, schemaVersion } from './schema.ts'
import type { Sql } from './sql.ts'

/** The first schema with a trash, and the first with a history. */
export const TRASH_SCHEMA = 3
export const HISTORY_SCHEMA = 4

/** Whether there is a table of this name. */
export function hasTable(sql: Sql, name: string): boolean {
  return sql.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined
}

/**
 * The version by the tables, which tell better than a single row: the newest one that has the same ones. Where their
 * text is damaged too none has, and the row is believed as far as it can be.
 */
export function likelyVersion(sql: Sql): number {
  for (let version = MIGRATIONS.length; version > 0; version--) {
    if (wrongTables(sql, version).length === 0) return version
  }
  return Math.max(schemaVersion(sql), hasTable(sql, 'points') ? HISTORY_SCHEMA : 0)
}

/** What is wrong with the tables, each a sentence. */
export function schemaFaults(sql: Sql): string[] {
  const version = schemaVersion(sql)
  const likely = likelyVersion(sql)
  if (likely !== version)
    return [`it says schema ${version}, and has the tables of schema ${likely}`]
  return wrongTables(sql, version).map(
    (name) => `the table ${name} is not as schema ${version} has it`,
  )
}

/** The tables a version has that are not here, or are other ones. */
function wrongTables(sql: Sql, version: number): string[] {
  const model = new DatabaseSync(':memory:')
  try {
    migrate(model, MIGRATIONS.slice(0, version))
    return tableNames(model).filter((name) => shapeOf(sql, name) !== shapeOf(model, name))
  } finally {
    model.close()
  }
}

/** The names of all tables of a database. */
export function tableNames(sql: Sql): string[] {
  const rows = sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
  return rows.all().map(({ name }) => String(name))
}

/** Columns, their types, the key, and how the rows are kept. */
function shapeOf(sql: Sql, table: string): string {
  const columns = sql
    .prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY cid')
    .all(table)
  const kind = sql
    .prepare('SELECT type, wr, strict FROM pragma_table_list WHERE name = ?')
    .all(table)
  return JSON.stringify([columns, kind])
}
