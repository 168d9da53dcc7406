/** Large files that are whole and on disk under their name, or not there: written as a draft beside it first. */
import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What SQLite may leave beside a file it was writing. */
const COMPANIONS = ['', '-journal', '-wal', '-shm'] as const

/** A name beside `path` that nobody else has, on the same file system. */
export function draftName(path: string): string {
  return `${path}.unfinished-${randomUUID().slice(0, 8)}`
}

/** Has `write` write the draft, then gives it its name, in the place of what had it. If anything fails the draft goes. */
export async function writeThroughDraft<T>(
  path: string,
  write: (draft: string) => Promise<T>,
): Promise<T> {
  const draft = draftName(path)
  try {
    const result = await write(draft)
    await syncPath(draft)
    await rename(draft, path)
    await syncPath(dirname(path))
    return result
  } catch (error) {
    for (const companion of COMPANIONS) await rm(`${draft}${companion}`, { force: true })
    throw error
  }
}

/** Resolves when the file's bytes, or the folder's names, are on disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
