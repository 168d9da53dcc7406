/** Files a call names: those it reads must be there, those it writes must not, or only when told so. */
import { readdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CommandError } from './errors.ts'

/** The path of a file to read. */
export async function sourceFile(name: string): Promise<string> {
  const path = resolve(name)
  const found = await stat(path).catch(() => null)
  if (!found) throw new CommandError(`There is no file ${path}`)
  if (!found.isFile()) throw new CommandError(`${path} is not a file`)
  return path
}

/** The path of a file to write. */
export async function targetFile(name: string, { force }: { force: boolean }): Promise<string> {
  const path = resolve(name)
  const folder = await stat(dirname(path)).catch(() => null)
  if (!folder?.isDirectory()) throw new CommandError(`There is no folder ${dirname(path)}`)
  const found = await stat(path).catch(() => null)
  if (found && !found.isFile()) throw new CommandError(`${path} is there already and is not a file`)
  if (found && !force) {
    throw new CommandError(`${path} is there already; --force writes over it`)
  }
  return path
}

/** Refuses a folder with anything in it. */
export async function refuseTakenFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (names.length === 0) return
  throw new CommandError(`${folder} is not empty; --force moves what is in it aside`)
}
