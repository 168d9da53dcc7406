/** Every number of the benchmark: what is measured, how long, and what Kolam must reach. Nothing here runs. */

/** The parts, in the order they run. */
export const PARTS = ['commits', 'stalls', 'opening', 'size'] as const

export type PartName = (typeof PARTS)[number]

/** Those that commits are measured of, in the order they are shown. */
export const STORE_NAMES = [
  'floor',
  'kolam',
  'y-leveldb',
  'y-leveldb-sync',
  'hocuspocus-sqlite',
] as const

export type StoreName = (typeof STORE_NAMES)[number]

/** Commits one after the other, as fast as they go. */
export const COMMITS = {
  batches: [1, 8, 64, 512],
  documents: [1, 64],
  /** Shapes on each board, one of which is dragged: what Hocuspocus writes anew each time. */
  shapes: 200,
  /** Moves over all documents; a store that is faster takes them again from the first. */
  moves: 131_072,
  warmUpSeconds: 0.3,
  seconds: 2,
} as const

/** What is compacted while commits keep their pace. */
export const STALL_NAMES = ['neither', 'checkpoints', 'logs500', 'logs16k', 'log100k'] as const

export type StallName = (typeof STALL_NAMES)[number]

/** A steady pace of commits while something else happens in the store. */
export const STALLS = {
  everyMs: 4,
  updates: 8,
  /** Boards the updates go to in turns. */
  boards: 64,
  seconds: 20,
  /** Commits that are made before the clock runs. */
  warmUpSeconds: 1,
  /** A commit that takes so much longer than it would otherwise was stalled: "a few milliseconds". */
  fewMs: 5,
} as const

/** Documents that are compacted one after the other, evenly over the time. */
export interface Compactions {
  readonly documents: number
  readonly updates: number
}

export interface Stall {
  readonly title: string
  readonly checkpoints: boolean
  readonly compactions: Compactions
}

const NONE: Compactions = { documents: 0, updates: 0 }

export const STALL_CASES: Readonly<Record<StallName, Stall>> = {
  neither: {
    title: 'no compaction, no checkpoint',
    checkpoints: false,
    compactions: NONE,
  },
  checkpoints: {
    title: 'checkpoints, as Kolam makes them',
    checkpoints: true,
    compactions: NONE,
  },
  logs500: {
    title: 'and 60 logs of 500 updates compacted',
    checkpoints: true,
    compactions: { documents: 60, updates: 500 },
  },
  logs16k: {
    title: 'and 4 logs of 16,384 updates compacted',
    checkpoints: true,
    compactions: { documents: 4, updates: 16_384 },
  },
  log100k: {
    title: 'and a log of 100,000 updates compacted',
    checkpoints: true,
    compactions: { documents: 1, updates: 100_000 },
  },
}

/** The document that is opened and weighed. */
export const HISTORY = {
  updates: 100_000,
  people: 8,
  seed: 20_261_121,
  /** How many updates Kolam is given at a time. */
  batch: 64,
  /** Hocuspocus stores two seconds after the last edit, ten after the first; so many updates fall in between. */
  hocuspocusStoresEvery: 500,
} as const

/** A store with the document in it, in one of the states it may be in. */
export const STATE_NAMES = [
  'kolam-log',
  'kolam-live',
  'kolam-long',
  'kolam-compacted',
  'y-leveldb-log',
  'y-leveldb-flushed',
  'hocuspocus-row',
] as const

export type StateName = (typeof STATE_NAMES)[number]

export interface State {
  readonly title: string
  /** The state it is made from; null where it is made from the history. */
  readonly from: StateName | null
}

export const STATES: Readonly<Record<StateName, State>> = {
  'kolam-log': { title: 'Kolam, nothing ever compacted', from: null },
  'kolam-live': { title: 'Kolam, by itself', from: null },
  'kolam-long': { title: 'Kolam, the longest log it keeps', from: null },
  'kolam-compacted': { title: 'Kolam, compacted', from: 'kolam-live' },
  'y-leveldb-log': { title: 'y-leveldb, by itself', from: null },
  'y-leveldb-flushed': { title: 'y-leveldb, after flushDocument', from: 'y-leveldb-log' },
  'hocuspocus-row': { title: 'Hocuspocus SQLite, by itself', from: null },
}

/** What is opened, in turns. */
export const OPENINGS = {
  /** Kolam's measure is at most this share of a peer's. */
  shareMax: 0.2,
  measures: ['wallMs', 'cpuMs', 'peakMb'],
  /** Which state of Kolam is held against which of a peer. */
  pairs: [
    ['kolam-log', 'y-leveldb-log'],
    ['kolam-live', 'y-leveldb-log'],
    ['kolam-live', 'hocuspocus-row'],
    ['kolam-long', 'y-leveldb-log'],
    ['kolam-long', 'hocuspocus-row'],
    ['kolam-compacted', 'y-leveldb-flushed'],
    ['kolam-compacted', 'hocuspocus-row'],
  ],
} as const satisfies {
  shareMax: number
  measures: readonly string[]
  pairs: readonly (readonly [StateName, StateName])[]
}

export const RUN = {
  rounds: 3,
  /** After which a measurement is given up. */
  limitMs: 120_000,
  /** Above this something else took so much of the cores, all of them together, that nothing is said of durations. */
  othersShareMax: 0.3,
} as const
