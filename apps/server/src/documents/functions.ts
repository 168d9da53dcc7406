/** The relay's document functions: small ones here and now, large ones on a thread. */
import type { DocumentAssets } from '@kolam/persistence'
import type { DocumentFunctions } from '@kolam/relay'
import { covers, inspect, mergeWith, rememberCoverage } from '@kolam/relay/yjs'
import type { BoardNews, ComparedStates } from '../history/compare-states.ts'
import type { MadePoint, PointMaterial } from '../history/make-point.ts'
import type { MergedPoint, RunOfPoints } from '../history/rewrite-points.ts'
import {
  type HistoryJob,
  historyJobs,
  type HistoryJobResults,
  type RestoreMaterial,
} from './history-jobs.ts'
import type { JobPool } from './job-pool.ts'
import { type Job, jobBytes, type JobResults, runJob } from './jobs.ts'
import type { Summary } from './summary.ts'

/** Up to here a job costs the event loop less than a millisecond or two, about what moving it would. */
const INLINE_BYTES_MAX = 32 * 1024

/** The same for reading an update over, of which nothing is made. */
const INSPECT_INLINE_BYTES_MAX = 256 * 1024

/** What the server does with documents beyond what the relay asks. */
export interface ServerDocuments extends DocumentFunctions {
  addsNothing(bytes: Uint8Array, update: Uint8Array): Promise<boolean>
  summary(bytes: Uint8Array): Promise<Summary>
  /** The update that renames a document; null where it has that title already. */
  titleEdit(bytes: Uint8Array, title: string): Promise<Uint8Array | null>
  /** Which images a document in this database names, beside whoever writes it. */
  namedAssets(file: string, id: string): Promise<DocumentAssets>
  makePoint(material: PointMaterial): Promise<MadePoint>
  mergePoints(run: RunOfPoints): Promise<MergedPoint>
  compareStates(states: ComparedStates): Promise<BoardNews>
  /** The update that makes a document read as it did; null where it does. */
  restoreEdit(material: RestoreMaterial): Promise<Uint8Array | null>
}

/** Document functions over a pool. */
export function createDocuments(pool: JobPool): ServerDocuments {
  const coverageOf = rememberCoverage((bytes) =>
    runSoon(pool, { name: 'coverage', parts: [bytes] }),
  )
  return {
    inspect: (update) =>
      update.length <= INSPECT_INLINE_BYTES_MAX
        ? inspect(update)
        : pool.run({ name: 'inspect', parts: [update] }),
    merge: mergeWith((name, parts) => runSoon(pool, { name, parts })),
    compact: async (parts) => runSoon(pool, { name: 'compact', parts }),
    diff: async (bytes, stateVector) =>
      runSoon(pool, { name: 'diff', parts: [bytes, stateVector] }),
    sift: async (parts, update) => runSoon(pool, { name: 'sift', parts: [update, ...parts] }),
    addsNothing: async (bytes, update) => covers(await coverageOf(bytes), await coverageOf(update)),
    summary: async (bytes) => runSoon(pool, { name: 'summary', parts: [bytes] }),
    titleEdit: async (bytes, title) => runSoon(pool, { name: 'titleEdit', parts: [bytes], title }),
    namedAssets: (file, id) => pool.run({ name: 'namedAssets', parts: [], file, id }),
    makePoint: (material) => runHistory(pool, 'makePoint', historyJobs.makePoint(material)),
    mergePoints: (run) => runHistory(pool, 'mergePoints', historyJobs.mergePoints(run)),
    compareStates: (states) => runHistory(pool, 'compareStates', historyJobs.compareStates(states)),
    restoreEdit: (material) => runHistory(pool, 'restoreEdit', historyJobs.restoreEdit(material)),
  }
}

/** Nobody draws slower for a point that comes later: always on a thread. */
function runHistory<Name extends keyof HistoryJobResults>(
  pool: JobPool,
  _name: Name,
  job: HistoryJob,
): Promise<HistoryJobResults[Name]> {
  return pool.run(job) as Promise<HistoryJobResults[Name]>
}

/** The result itself for a small job, a promise for a large one. */
function runSoon<J extends Job>(
  pool: JobPool,
  job: J,
): JobResults[J['name']] | Promise<JobResults[J['name']]> {
  if (jobBytes(job) <= INLINE_BYTES_MAX) return runJob(job) as JobResults[J['name']]
  return pool.run(job)
}
