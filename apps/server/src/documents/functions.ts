/** The relay's document functions: small ones here and now, large ones on a thread. */
import type { DocumentFunctions } from '@kolam/relay'
import { type Coverage, covers } from './coverage.ts'
import type { JobPool } from './job-pool.ts'
import { type Job, jobBytes, type JobResults, runJob } from './jobs.ts'
import type { Summary } from './yjs.ts'

/** Up to here a job costs the event loop less than a millisecond or two, about what moving it would. */
const INLINE_BYTES_MAX = 32 * 1024

/** Up to here every merge is thorough: nobody notices the difference. */
const THOROUGH_BYTES_MAX = 1024 * 1024

/** Of the larger merges, which people wait for, every eighth is: so what was deleted does not pile up. */
const THOROUGH_EVERY = 8

/** What the server does with documents beyond what the relay asks. */
export interface ServerDocuments extends DocumentFunctions {
  addsNothing(bytes: Uint8Array, update: Uint8Array): Promise<boolean>
  summary(bytes: Uint8Array): Promise<Summary>
  /** The update that renames a document; null where it has that title already. */
  titleEdit(bytes: Uint8Array, title: string): Promise<Uint8Array | null>
}

/** Document functions over a pool. */
export function createDocuments(pool: JobPool): ServerDocuments {
  const coverageOf = rememberCoverage(pool)
  let merges = 0
  function mergeName(updates: readonly Uint8Array[]): 'merge' | 'mergeThoroughly' {
    const bytes = updates.reduce((sum, update) => sum + update.length, 0)
    if (bytes <= THOROUGH_BYTES_MAX) return 'mergeThoroughly'
    merges += 1
    return merges % THOROUGH_EVERY === 0 ? 'mergeThoroughly' : 'merge'
  }
  return {
    inspect: (update) => runSoon(pool, { name: 'inspect', parts: [update] }),
    merge: async (updates) => runSoon(pool, { name: mergeName(updates), parts: updates }),
    diff: async (bytes, stateVector) =>
      runSoon(pool, { name: 'diff', parts: [bytes, stateVector] }),
    addsNothing: async (bytes, update) => covers(await coverageOf(bytes), await coverageOf(update)),
    summary: async (bytes) => runSoon(pool, { name: 'summary', parts: [bytes] }),
    titleEdit: async (bytes, title) => runSoon(pool, { name: 'titleEdit', parts: [bytes], title }),
  }
}

/** The result itself for a small job, a promise for a large one. */
function runSoon<J extends Job>(
  pool: JobPool,
  job: J,
): JobResults[J['name']] | Promise<JobResults[J['name']]> {
  if (jobBytes(job) <= INLINE_BYTES_MAX) return runJob(job) as JobResults[J['name']]
  return pool.run(job)
}

/** Everybody who comes back asks about the same document: its coverage is found once, as long as its bytes live. */
function rememberCoverage(pool: JobPool): (bytes: Uint8Array) => Promise<Coverage> {
  const known = new WeakMap<Uint8Array, Promise<Coverage>>()
  return async (bytes) => {
    const coverage =
      known.get(bytes) ?? Promise.resolve(runSoon(pool, { name: 'coverage', parts: [bytes] }))
    known.set(bytes, coverage)
    // A thread that died must not be the answer for ever.
    coverage.catch(() => known.delete(bytes))
    return coverage
  }
}
