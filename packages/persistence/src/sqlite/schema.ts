/** The tables of `kolam.db` and the way from an older layout to this one. Never goes back. */
import { assetNamesIn } from '../asset-names.ts'
import { PRESENT, stateChecksum } from './checksum.ts'
import { StoreError } from '../store-error.ts'
import { inTransaction, type Sql } from './sql.ts'

/** Takes the database from one version of the schema to the next; runs inside a transaction. */
export type Migration = (sql: Sql) => void

/** The migration at index n leads from version n to n + 1; the list only ever grows at its end. */
export const MIGRATIONS: readonly Migration[] = [
  createTables,
  dropIndexByChange,
  addTrash,
  addHistory,
  addReferences,
]

/** Brings the database to the version this code knows; refuses one that is newer. */
export function migrate(sql: Sql, migrations: readonly Migration[] = MIGRATIONS): void {
  sql.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT')
  const found = schemaVersion(sql)
  if (found > migrations.length) throw newerSchema(found, migrations.length)
  for (const [index, migration] of migrations.entries()) {
    if (index >= found) inTransaction(sql, () => runMigration(sql, { migration, to: index + 1 }))
  }
}

/** The version written in the database; 0 for an empty one. */
export function schemaVersion(sql: Sql): number {
  return Number(sql.prepare("SELECT value FROM meta WHERE key = 'schema'").get()?.['value'] ?? 0)
}

function runMigration(sql: Sql, step: { migration: Migration; to: number }): void {
  step.migration(sql)
  sql.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('schema', ?)").run(step.to)
}

function newerSchema(found: number, known: number): StoreError {
  const words = `it was written by a newer Kolam (schema ${found}, this one knows ${known})`
  return new StoreError(
    'newer-schema',
    `Cannot open the database: ${words}; start that version, or restore a backup`,
  )
}

/**
 * `updates` is clustered by document: a batch for one board touches one page. `documents` repeats the last
 * number and the size, so that an append reads one row and a list reads no blobs.
 */
function createTables(sql: Sql): void {
  sql.exec(`
    CREATE TABLE documents (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL DEFAULT '',
      shapes INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      updates INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX documents_by_change ON documents (updated_at DESC);
    CREATE TABLE updates (
      document TEXT NOT NULL,
      seq INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      crc INTEGER NOT NULL,
      at INTEGER NOT NULL,
      author TEXT NOT NULL,
      PRIMARY KEY (document, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshots (
      document TEXT PRIMARY KEY,
      upto INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      crc INTEGER NOT NULL
    ) STRICT;
  `)
}

/** Every commit wrote a page of it, and the list, which reads every row, sorts as fast without. */
function dropIndexByChange(sql: Sql): void {
  sql.exec('DROP INDEX documents_by_change')
}

/**
 * What was removed for good stays as a row without content, so that its id never becomes another document. Whether a
 * document is there at all has a checksum of its own.
 */
function addTrash(sql: Sql): void {
  sql.exec(`
    ALTER TABLE documents ADD COLUMN trashed_at INTEGER;
    ALTER TABLE documents ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE documents ADD COLUMN state_crc INTEGER NOT NULL DEFAULT 0;
  `)
  const write = sql.prepare('UPDATE documents SET state_crc = ? WHERE id = ?')
  for (const row of sql.prepare('SELECT id FROM documents').all()) {
    const id = String(row['id'])
    write.run(stateChecksum(id, PRESENT), id)
  }
}

/**
 * Points in time. What is said of one has a checksum of its own, so that a list reads no blobs; it stands before them in
 * the row for the same reason. A point stands on the one its bytes continue, 0 for none: a row that got lost is noticed. `documents` repeats how many there are and what they take. `quarantine` holds rows that were
 * not what had been written, as they were found, since `kolam fsck --repair` took them out.
 */
function addHistory(sql: Sql): void {
  sql.exec(`
    CREATE TABLE points (
      document TEXT NOT NULL,
      number INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      words TEXT NOT NULL,
      words_crc INTEGER NOT NULL,
      stands_on INTEGER NOT NULL,
      crc INTEGER NOT NULL,
      delta BLOB NOT NULL,
      journal BLOB NOT NULL,
      mark BLOB NOT NULL,
      PRIMARY KEY (document, number)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE documents ADD COLUMN points INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE documents ADD COLUMN history_bytes INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY,
      document TEXT NOT NULL,
      source TEXT NOT NULL,
      row TEXT NOT NULL,
      reason TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
  `)
}

/** Filled from what is there; from then on with each update. */
function addReferences(sql: Sql): void {
  sql.exec(`
    CREATE TABLE asset_references (
      document TEXT NOT NULL,
      asset TEXT NOT NULL,
      PRIMARY KEY (document, asset)
    ) STRICT, WITHOUT ROWID;
  `)
  const insert = sql.prepare(
    'INSERT OR IGNORE INTO asset_references (document, asset) VALUES (?, ?)',
  )
  const tables = ['updates', 'snapshots'].map((table) =>
    sql.prepare(`SELECT bytes FROM ${table} WHERE document = ?`),
  )
  for (const row of sql.prepare('SELECT id FROM documents').all()) {
    const id = String(row['id'])
    const rows = tables.flatMap((table) => table.all(id))
    const names = rows.flatMap(({ bytes }) => [...assetNamesIn(bytes as Uint8Array)])
    for (const name of new Set(names)) insert.run(id, name)
  }
}
