/** Files that are whole and on disk, or not there at all. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Writes through a file in `temporary` of the same file system: bytes on disk first, then the name, then the folder. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  options: { temporary: string },
): Promise<void> {
  const draft = join(options.temporary, randomUUID())
  try {
    await writeAndSync(draft, bytes)
    await makeFolderDurably(dirname(path))
    await rename(draft, path)
    await syncFolder(dirname(path))
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Makes a folder whose name survives a crash; one that is there already is fine. */
export async function makeFolderDurably(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true })
  if (made !== undefined) await syncFolder(dirname(folder))
}

async function writeAndSync(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
