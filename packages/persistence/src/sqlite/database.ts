/** Opens `kolam.db` with the settings the promise of durability stands on, and keeps its write-ahead log short. */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrate } from './schema.ts'
import type { Sql } from './sql.ts'

/** How long to wait for somebody who reads the database from outside (a backup). */
const BUSY_MS = 5_000

/**
 * `synchronous=FULL` makes every commit wait for the disk. Checkpoints are ours to time (`Checkpoints`), since
 * the automatic ones fall on whichever commit crosses the line.
 */
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -32768;
`

/** Makes the folder and keeps its name: it is in its parent on disk when this returns. */
export function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) === undefined) return
  const handle = openSync(dirname(resolve(folder)), 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Opens the database of a folder and brings its schema up to date. */
export function openDatabase(folder: string): Sql {
  const sql = new DatabaseSync(join(folder, 'kolam.db'), { timeout: BUSY_MS })
  try {
    sql.exec(SETTINGS)
    migrate(sql)
    return sql
  } catch (error) {
    sql.close()
    throw error
  }
}
