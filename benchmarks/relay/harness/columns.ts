/** What is shown of each kind of scenario, and in which words. */
import type { ScenarioBody } from '../config.ts'

/** One column of numbers. */
export interface Column {
  readonly measure: string
  readonly title: string
  readonly digits: number
  /** Shown as a percentage. */
  readonly share?: true
}

const LATENCY: readonly Column[] = [
  { measure: 'p50Ms', title: 'p50 ms', digits: 1 },
  { measure: 'p99Ms', title: 'p99 ms', digits: 1 },
]
const ARRIVED: readonly Column[] = [
  { measure: 'undelivered', title: 'undelivered', digits: 0 },
  { measure: 'staleCursors', title: 'stale cursors', digits: 0 },
]
const SHARES: readonly Column[] = [
  { measure: 'serverShare', title: 'server core', digits: 0, share: true },
  { measure: 'loadShare', title: 'load core', digits: 0, share: true },
  { measure: 'othersShare', title: 'others', digits: 0, share: true },
]

/** The first column of each is the one that Kolam is compared by. */
export const COLUMNS: Readonly<Record<ScenarioBody['kind'], readonly Column[]>> = {
  steady: [
    { measure: 'cpuPerMillion', title: 'CPU-s per million', digits: 2 },
    ...LATENCY,
    ...ARRIVED,
    { measure: 'writesPerHundred', title: 'writes per 100', digits: 1 },
    { measure: 'mainThreadShare', title: 'main thread', digits: 0, share: true },
    ...SHARES,
    { measure: 'rssMb', title: 'RSS MB', digits: 0 },
  ],
  storm: [
    { measure: 'wallMs', title: 'last has it, ms', digits: 0 },
    { measure: 'firstMs', title: 'first, ms', digits: 0 },
    { measure: 'medianMs', title: 'median, ms', digits: 0 },
    { measure: 'incomplete', title: 'incomplete', digits: 0 },
    { measure: 'cpuSeconds', title: 'CPU s', digits: 2 },
    { measure: 'growthMb', title: 'RSS growth MB', digits: 0 },
    ...SHARES,
  ],
  idle: [
    { measure: 'growthMb', title: 'RSS growth MB', digits: 1 },
    { measure: 'bytesEach', title: 'bytes each', digits: 0 },
    { measure: 'connections', title: 'connections', digits: 0 },
    { measure: 'joinCpuMs', title: 'CPU ms per join', digits: 2 },
    { measure: 'idleShare', title: 'core while idle', digits: 1, share: true },
    { measure: 'rssMb', title: 'RSS MB', digits: 0 },
  ],
  stalled: [
    { measure: 'growthMb', title: 'RSS growth MB', digits: 0 },
    { measure: 'p99BeforeMs', title: 'p99 before, ms', digits: 1 },
    { measure: 'p99Ms', title: 'p99 of the others, ms', digits: 1 },
    { measure: 'p99Ratio', title: 'times', digits: 2 },
    ...ARRIVED,
    { measure: 'closed', title: 'closed', digits: 0 },
    { measure: 'missing', title: 'missing at the end', digits: 0 },
    { measure: 'recoveryMs', title: 'caught up, ms', digits: 0 },
    ...SHARES,
  ],
}

/** A measure in words, as in a target. */
export function wordsOf(measure: string): string {
  const columns = Object.values(COLUMNS).flat()
  return columns.find((column) => column.measure === measure)?.title ?? measure
}
