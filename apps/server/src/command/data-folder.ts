/** Which folder a call is about, and what is in it. Never makes one. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseReader, openForReading } from '@kolam/persistence/sqlite'
import { readConfig } from '../config.ts'
import type { Call } from './command.ts'
import { CommandError } from './errors.ts'

/** A data folder that is there. */
export interface DataFolder {
  readonly folder: string
  readonly database: string
  readonly assets: string
}

/** The folder `--data` names, or the one the server would serve from with this environment. */
export function dataFolderOf({ flags, env }: Pick<Call, 'flags' | 'env'>): string {
  return readConfig({ KOLAM_DATA: valueOf(flags['data']) ?? env['KOLAM_DATA'] }).dataFolder
}

/** The data folder of a call that needs one; refuses where there is none. */
export async function findData(call: Call): Promise<DataFolder> {
  const folder = dataFolderOf(call)
  const database = join(folder, 'kolam.db')
  const found = await stat(database).catch(() => null)
  if (!found?.isFile()) throw new CommandError(`There is no Kolam data in ${folder}`)
  return { folder, database, assets: join(folder, 'assets') }
}

/** What `read` finds in the database of a folder, which may be served at the same time. */
export async function withReader<T>(
  { database }: DataFolder,
  read: (reader: DatabaseReader) => T | Promise<T>,
): Promise<T> {
  const reader = new DatabaseReader(openForReading(database))
  try {
    return await read(reader)
  } finally {
    reader.close()
  }
}

/** The value of an option that takes one. */
export function valueOf(flag: string | boolean | undefined): string | undefined {
  return typeof flag === 'string' ? flag : undefined
}
