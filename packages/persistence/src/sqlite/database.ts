/** Opens `kolam.db` with the settings the promise of durability stands on, and keeps its write-ahead log short. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { boundToFile } from './bound-to-file.ts'
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

/** Makes the folder and those above it, and keeps their names: they are on disk when this returns. */
export function makeFolder(folder: string): void {
  const path = resolve(folder)
  const parent = dirname(path)
  const isThere = existsSync(path)
  // From the top down, each one kept before the next: above one that is there nothing is left to keep.
  if (!isThere && parent !== path) makeFolder(parent)
  mkdirSync(path, { recursive: true })
  try {
    // Also of one that is there: who made it may have died before its name was on disk.
    syncFolder(parent)
  } catch (error) {
    // Who may not read the folder it lies in has found it there, not made it.
    if (!isThere || (error as NodeJS.ErrnoException).code !== 'EACCES') throw error
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Opens the database of a folder and brings its schema up to date. */
export function openDatabase(folder: string): Sql {
  const path = join(folder, 'kolam.db')
  const sql = new DatabaseSync(path, { timeout: BUSY_MS })
  try {
    sql.exec(SETTINGS)
    migrate(sql)
    return boundToFile(sql, path)
  } catch (error) {
    sql.close()
    throw error
  }
}
