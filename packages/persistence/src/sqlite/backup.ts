/**
 * A backup: the database of a folder and its assets as one SQLite file, made while a server may be writing.
 *
 * The database is the one of a single moment. Assets are copied after it, since they are only ever added: so every one
 * that a document of the backup shows is there.
 */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { backup as copyPages, DatabaseSync } from 'node:sqlite'
import { type AssetSource, assetFiles, assetRows } from './asset-source.ts'
import { checkEverything, type CheckReport, type Decoder, type Problem } from './check.ts'
import { writeThroughDraft } from './draft-file.ts'
import { toStoreError } from './errors.ts'
import { breathe, type LongWork } from './long-work.ts'
import { DatabaseReader, openForReading } from './reader.ts'
import type { Sql } from './sql.ts'

/** What a backup was made of, as it says itself. */
export interface BackupInfo {
  /** When it was made, in milliseconds since the epoch. */
  readonly at: number
  readonly documents: number
  readonly updates: number
  readonly assets: number
}

/** A backup that is open. */
export interface OpenBackup {
  readonly reader: DatabaseReader
  readonly assets: AssetSource
  /** Null where the file does not say: it is a database, but no backup, or damaged. */
  readonly info: BackupInfo | null
  close(): void
}

/** 8 MiB between two looks at the signal. */
const PAGES_AT_ONCE = 2_048

/** No write-ahead log, so that it is one file; no waiting for the disk, for that is done once at the end. */
const TABLES = `
  PRAGMA journal_mode = MEMORY;
  PRAGMA synchronous = OFF;
  CREATE TABLE backup_info (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  CREATE TABLE backup_assets (id TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`

/** Writes a backup of a folder in the place of whatever is at `file`; what is there stays until it is whole. */
export async function writeBackup(
  options: { folder: string; file: string; at: number } & LongWork,
): Promise<BackupInfo & { readonly bytes: number }> {
  const { folder, file, at } = options
  const info = await writeThroughDraft(file, async (draft) => {
    await copyDatabase({ from: join(folder, 'kolam.db'), to: draft }, options)
    return addAssets({ draft, at, assets: assetFiles(join(folder, 'assets')) }, options)
  })
  return { ...info, bytes: (await stat(file)).size }
}

/** Copies a database page by page, as it is at this moment. */
export async function copyDatabase(
  { from, to }: { from: string; to: string },
  { signal, onProgress }: LongWork,
): Promise<void> {
  const source = openForReading(from)
  try {
    // Without a moment to hold on to, the copy would begin anew at every commit of the server beside it.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    const pages = await copyPages(source, to, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) => {
        signal.throwIfAborted()
        const done = totalPages - remainingPages
        onProgress({ step: 'copy database', done, total: totalPages })
      },
    })
    signal.throwIfAborted()
    onProgress({ step: 'copy database', done: pages, total: pages })
  } catch (error) {
    signal.throwIfAborted()
    throw toStoreError(error, `copy "${from}"`)
  } finally {
    source.close()
  }
}

/** Opens a backup for reading. */
export function openBackup(file: string): OpenBackup {
  const sql = openForReading(file)
  return {
    reader: new DatabaseReader(sql),
    assets: assetRows(sql),
    info: readInfo(sql),
    close: () => sql.close(),
  }
}

/** Checks all of a backup, and that it has as much in it as it says. */
export async function verifyBackup(
  file: string,
  options: { decoder: Decoder } & LongWork,
): Promise<CheckReport> {
  const opened = openBackup(file)
  try {
    const report = await checkEverything({ ...options, ...opened })
    return { ...report, problems: [...countProblems(opened.info, report), ...report.problems] }
  } finally {
    opened.close()
  }
}

async function addAssets(
  { draft, at, assets }: { draft: string; at: number; assets: AssetSource },
  work: LongWork,
): Promise<BackupInfo> {
  const sql = new DatabaseSync(draft)
  try {
    sql.exec(TABLES)
    const insert = sql.prepare('INSERT INTO backup_assets (id, bytes) VALUES (?, ?)')
    const entries = await assets.list()
    let count = 0
    for (const [index, { id }] of entries.entries()) {
      await breathe(work, { step: 'copy assets', done: index, total: entries.length })
      const bytes = await assets.read(id)
      if (bytes) insert.run(id, bytes)
      if (bytes) count += 1
    }
    await breathe(work, { step: 'copy assets', done: entries.length, total: entries.length })
    const info = { at, ...countRows(sql), assets: count }
    writeInfo(sql, info)
    return info
  } catch (error) {
    work.signal.throwIfAborted()
    throw toStoreError(error, 'copy the assets')
  } finally {
    sql.close()
  }
}

function countRows(sql: DatabaseSync): { documents: number; updates: number } {
  const row = sql.prepare('SELECT count(*) AS updates FROM updates').get()
  return { documents: new DatabaseReader(sql).ids().length, updates: Number(row?.['updates']) }
}

function writeInfo(sql: Sql, info: BackupInfo): void {
  const insert = sql.prepare('INSERT INTO backup_info (key, value) VALUES (?, ?)')
  for (const [key, value] of Object.entries(info)) insert.run(key, value)
}

function readInfo(sql: Sql): BackupInfo | null {
  try {
    const rows = sql.prepare('SELECT key, value FROM backup_info').all()
    const values = new Map(rows.map((row) => [row['key'], Number(row['value'])]))
    const read = (key: keyof BackupInfo): number => values.get(key) ?? Number.NaN
    return {
      at: read('at'),
      documents: read('documents'),
      updates: read('updates'),
      assets: read('assets'),
    }
  } catch {
    return null
  }
}

/** Rows that are gone without a trace show in the counts. */
function countProblems(info: BackupInfo | null, report: CheckReport): Problem[] {
  const whole = { in: 'database', id: '' } as const
  if (!info) return [{ ...whole, what: 'does not say what is in it: it is no whole backup' }]
  const counted = ['documents', 'updates', 'assets'] as const
  return counted
    .filter((name) => info[name] !== report[name])
    .map((name) => ({ ...whole, what: `has ${report[name]} ${name} and says ${info[name]}` }))
}
