/**
 * Files that are whole and on disk, or not there at all.
 *
 * What is found there was not necessarily kept: whoever made it may have died, or been refused, before its name was on
 * disk. So names are flushed whether they are new or not.
 */
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { type Disk, errnoOf } from './disk.ts'

/** A file and what it is to hold. */
export interface Wanted {
  readonly path: string
  readonly bytes: Uint8Array
  /** A folder of the same file system, for drafts. */
  readonly temporary: string
}

/** A file under its name is whole: it got the name after its bytes were on disk. So one that is there stays. */
export async function writeDurably(disk: Disk, wanted: Wanted): Promise<void> {
  const folder = dirname(wanted.path)
  await keepFolder(disk, folder)
  const found = await find(disk, wanted.path)
  if (!found?.isFile()) await writeThroughDraft(disk, wanted)
  await syncFolder(disk, folder)
}

/** Makes a folder and those above it; its name survives a crash. */
export async function makeFolderDurably(disk: Disk, folder: string): Promise<void> {
  const isThere = (await find(disk, folder)) !== null
  // From the top down, each one kept before the next: above one that is there nothing is left to keep.
  if (!isThere) await makeFolderDurably(disk, dirname(folder))
  await keepFolder(disk, folder).catch((error: unknown) => {
    // Who may not read the folder it lies in has found it there, not made it.
    if (!isThere || errnoOf(error) !== 'EACCES') throw error
  })
}

/** The same for one whose parent is there: where that has vanished, nothing is made in its place. */
async function keepFolder(disk: Disk, folder: string): Promise<void> {
  await disk.mkdir(folder).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw error
  })
  await syncFolder(disk, dirname(folder))
}

async function writeThroughDraft(disk: Disk, { path, bytes, temporary }: Wanted): Promise<void> {
  const draft = join(temporary, randomUUID())
  try {
    await writeAndSync(disk, { path: draft, bytes })
    await disk.rename(draft, path)
  } catch (error) {
    // A draft that does not go away goes at the next start; why there is one matters more.
    await disk.rm(draft, { force: true }).catch(() => {})
    throw error
  }
}

async function writeAndSync(
  disk: Disk,
  { path, bytes }: { path: string; bytes: Uint8Array },
): Promise<void> {
  const file = await disk.open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(disk: Disk, folder: string): Promise<void> {
  const handle = await disk.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function find(disk: Disk, path: string): Promise<{ isFile(): boolean } | null> {
  return disk.stat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  })
}
