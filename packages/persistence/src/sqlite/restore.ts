/**
 * Makes a data folder from a backup. Built beside the folder and put in its place by one rename: after a crash all of it
 * is there or nothing. Deletes nothing that was there before.
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Disposers } from '@kolam/base'
import { openAssets } from '../assets/index.ts'
import { StoreError } from '../store-error.ts'
import { copyDatabase, openBackup } from './backup.ts'
import { isNamedByContent } from './check.ts'
import { makeFolder } from './database.ts'
import { draftName, syncPath } from './draft-file.ts'
import { toStoreError } from './errors.ts'
import { lockFolder } from './lock.ts'
import { breathe, type LongWork } from './long-work.ts'

/** What is restored, and where to. */
export interface RestoreOptions extends LongWork {
  readonly file: string
  readonly folder: string
  /** Where what is in the folder goes; null where the folder must be empty. */
  readonly aside: string | null
}

/** What a restore came to. */
export interface Restored {
  /** Where what was in the folder lies now; null where there was nothing. */
  readonly aside: string | null
  /** Assets left out because they are damaged. */
  readonly damagedAssets: readonly string[]
}

/** Restores a backup; rejects with a `StoreError` and leaves the folder as it was if anything is in the way. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { folder, aside } = options
  const names = await namesIn(folder)
  const isTaken = names.length > 0
  if (isTaken && aside === null) throw taken(folder)
  makeFolder(dirname(folder))
  await refuseMountPoint(folder)
  const locks = new Disposers()
  if (names.includes('kolam.db')) locks.add(lockFolder(folder))
  const draft = draftName(folder)
  try {
    await mkdir(draft, { mode: await modeOf(folder) })
    const damagedAssets = await build(draft, options)
    // Until here nobody could start a server on what is about to move.
    locks.dispose()
    await swap({ draft, folder, aside: isTaken ? aside : null })
    return { aside: isTaken ? aside : null, damagedAssets }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    options.signal.throwIfAborted()
    throw toStoreError(error, `restore to "${folder}"`)
  } finally {
    locks.dispose()
  }
}

/** Everything is on disk when this resolves. */
async function build(draft: string, options: RestoreOptions): Promise<string[]> {
  const database = join(draft, 'kolam.db')
  await copyDatabase({ from: options.file, to: database }, options)
  dropBackupTables(database)
  const damaged = await restoreAssets(join(draft, 'assets'), options)
  await syncPath(database)
  await syncPath(draft)
  return damaged
}

/** Back to what a server left, without the room the assets took. */
function dropBackupTables(database: string): void {
  const sql = new DatabaseSync(database)
  try {
    sql.exec('DROP TABLE IF EXISTS backup_assets; DROP TABLE IF EXISTS backup_info; VACUUM')
  } finally {
    sql.close()
  }
}

async function restoreAssets(folder: string, options: RestoreOptions): Promise<string[]> {
  const damaged: string[] = []
  const into = await openAssets({ folder, bytesMax: Number.POSITIVE_INFINITY })
  const opened = openBackup(options.file)
  try {
    const entries = await opened.assets.list()
    for (const [index, { id }] of entries.entries()) {
      await breathe(options, { step: 'copy assets', done: index, total: entries.length })
      const bytes = await opened.assets.read(id)
      if (bytes && isNamedByContent(id, bytes)) await into.put(bytes)
      else damaged.push(id)
    }
    await breathe(options, { step: 'copy assets', done: entries.length, total: entries.length })
    return damaged
  } finally {
    opened.close()
  }
}

async function swap(paths: { draft: string; folder: string; aside: string | null }): Promise<void> {
  const { draft, folder, aside } = paths
  if (aside !== null) await rename(folder, aside)
  try {
    await rename(draft, folder)
  } catch (error) {
    if (aside !== null) await rename(aside, folder)
    throw isMountPointError(error) ? mountPoint(folder) : error
  }
  await syncPath(dirname(folder))
}

/** A folder on a file system of its own cannot be replaced by one rename; better known before everything is copied. */
async function refuseMountPoint(folder: string): Promise<void> {
  const own = await stat(folder).catch(() => null)
  const parent = await stat(dirname(folder))
  if (own && own.dev !== parent.dev) throw mountPoint(folder)
}

function isMountPointError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:EBUSY|EXDEV)$/.test(String(error.code))
}

function mountPoint(folder: string): StoreError {
  const words = 'it is a mount point; restore to a folder inside of it and serve from there'
  return new StoreError('invalid', `Cannot restore to "${folder}": ${words}`)
}

function taken(folder: string): StoreError {
  return new StoreError('invalid', `Cannot restore to "${folder}": it is not empty`)
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw toStoreError(error, `restore to "${folder}"`)
  }
}

/** Who may look into a folder must not change because it is restored. */
async function modeOf(folder: string): Promise<number> {
  const found = await stat(folder).catch(() => null)
  return found ? found.mode & 0o777 : 0o777
}

/** A sibling of the folder whose name says when it was put aside. */
export function asideName(folder: string, at: Date): string {
  const time = at.toISOString().replace(/[:.]/g, '-')
  return join(dirname(folder), `${basename(folder)}.before-restore-${time}`)
}
