/** The places that are compared, and what each of them promises. Loads only the one that is asked for. */
import type { StoreName } from '../config.ts'
import type { Keeper } from './keeper.ts'

export interface StoreEntry {
  /** What is so when a commit has resolved. */
  readonly promise: string
  open(folder: string): Promise<Keeper>
}

export const STORES: Readonly<Record<StoreName, StoreEntry>> = {
  floor: {
    promise: 'the same bytes are at the end of a file, fdatasynced; they could not be found again',
    open: async (folder) => (await import('./floor.ts')).openFloor(folder),
  },
  kolam: {
    promise: 'the batch is on disk, all of it or nothing, fsynced, each row with a checksum',
    open: async (folder) => (await import('./kolam.ts')).openKolam(folder),
  },
  'y-leveldb': {
    promise: "each update is in the kernel's memory: a kill loses nothing, a power cut does",
    open: async (folder) => (await import('./y-leveldb.ts')).openLeveldb(folder),
  },
  'y-leveldb-sync': {
    promise: 'the same with LevelDB told to sync: each update is on disk by itself',
    open: async (folder) => (await import('./y-leveldb.ts')).openLeveldb(folder, { sync: true }),
  },
  'hocuspocus-sqlite': {
    promise:
      'each document touched is on disk as a whole, fsynced; left to itself Hocuspocus does so 2 to 10 s after an edit, and shows it before',
    open: async (folder) => (await import('./hocuspocus.ts')).openHocuspocus(folder),
  },
}
