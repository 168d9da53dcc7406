/** Assets to be read, wherever they lie: as files of a data folder or as rows of a backup. Never makes a folder. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from './sql.ts'

/** An asset by its name; the bytes are looked at when they are read. */
export interface AssetEntry {
  readonly id: string
  readonly size: number
}

/** Somewhere assets lie. */
export interface AssetSource {
  list(): Promise<readonly AssetEntry[]>
  /** Null for one that is not there any more. */
  read(id: string): Promise<Uint8Array | null>
}

/** The assets in a folder as `openAssets` leaves it; there are none where there is no folder. */
export function assetFiles(folder: string): AssetSource {
  const pathOf = (id: string): string => join(folder, id.slice(0, 2), id)
  return {
    list: async () => {
      const prefixes = (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))
      const ids: string[] = []
      for (const prefix of prefixes) {
        const names = await namesIn(join(folder, prefix))
        ids.push(...names.filter((name) => isAssetId(name) && name.startsWith(prefix)))
      }
      const sizes = await inTurn(ids, async (id) => (await orNull(stat(pathOf(id))))?.size)
      return ids.flatMap((id, index) => entryOf(id, sizes[index]))
    },
    read: (id) => orNull(readFile(pathOf(id))),
  }
}

/** The assets in the table of a backup. */
export function assetRows(sql: Sql): AssetSource {
  return {
    list: async () => {
      const rows = sql.prepare('SELECT id, length(bytes) AS size FROM backup_assets ORDER BY id')
      return rows.all().map((row) => ({ id: String(row['id']), size: Number(row['size']) }))
    },
    read: async (id) => {
      const row = sql.prepare('SELECT bytes FROM backup_assets WHERE id = ?').get(id)
      return row ? (row['bytes'] as Uint8Array) : null
    },
  }
}

/** Whether a file's name is that of an asset. */
function isAssetId(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}

async function namesIn(folder: string): Promise<string[]> {
  return ((await orNull(readdir(folder))) ?? []).sort()
}

function entryOf(id: string, size: number | undefined): AssetEntry[] {
  return size === undefined ? [] : [{ id, size }]
}

/** One after the other: there may be very many. */
async function inTurn<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of list) results.push(await work(item))
  return results
}

/** What is not there is null. */
async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}
