/** Brings a store into one of its states, in a folder that holds the state it is made from, and says how large it is. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { exhaustive } from '../../../packages/base/src/assert.ts'
import { HISTORY, type StateName } from '../config.ts'
import { historyFile } from '../data/files.ts'
import { readUpdates } from '../data/updates-file.ts'
import type { Figures, JobOf } from '../harness/job.ts'
import { STORES } from '../stores/catalog.ts'
import { keepAll } from '../stores/keeper.ts'
import { DOCUMENT } from '../stores/opener.ts'

export async function prepare({ data, folder, state }: JobOf<'prepare'>): Promise<Figures> {
  const start = performance.now()
  await bring(state, folder, readUpdates(historyFile(data)))
  return { diskMb: bytesIn(folder) / 1e6, prepareSeconds: (performance.now() - start) / 1000 }
}

async function bring(
  state: StateName,
  folder: string,
  updates: readonly Uint8Array[],
): Promise<void> {
  switch (state) {
    case 'kolam-log':
      return keepAll(await STORES.kolam.open(folder), DOCUMENT, batchesOf(updates))
    case 'kolam-live':
      return (await import('../stores/kolam.ts')).liveThrough(folder, batchesOf(updates))
    case 'kolam-long':
      return (await import('../stores/kolam.ts')).leaveLongLog(folder, updates)
    case 'kolam-compacted':
      return (await import('../stores/kolam.ts')).compactAll(folder)
    case 'y-leveldb-log':
      return keepAll(await STORES['y-leveldb'].open(folder), DOCUMENT, batchesOf(updates))
    case 'y-leveldb-flushed':
      return (await import('../stores/y-leveldb.ts')).flush(folder)
    case 'hocuspocus-row':
      return (await import('../stores/hocuspocus.ts')).storeNowAndThen(folder, updates)
    default:
      return exhaustive(state)
  }
}

function batchesOf(updates: readonly Uint8Array[]): Uint8Array[][] {
  const { batch } = HISTORY
  const count = Math.ceil(updates.length / batch)
  return Array.from({ length: count }, (_, index) =>
    updates.slice(index * batch, (index + 1) * batch),
  )
}

/** Of all files, as long as they are. */
function bytesIn(folder: string): number {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)
}
