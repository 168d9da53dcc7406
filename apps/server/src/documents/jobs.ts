/** The jobs a worker takes over, by name, and how their bytes travel: copied once, then moved. */
import { exhaustive } from '@kolam/base'
import type { DocumentAssets } from '@kolam/persistence'
import { namedAssets } from '@kolam/persistence/sqlite'
import { EMPTY_UPDATE, type Sifted, type UpdateInfo } from '@kolam/relay'
import {
  compact,
  type Coverage,
  coverage,
  diff,
  inspect,
  merge,
  mergeThoroughly,
  sift,
} from '@kolam/relay/yjs'
import { type HistoryJob, type HistoryJobResults, runHistoryJob } from './history-jobs.ts'
import { type Summary, summary, titleEdit } from './summary.ts'

/** A job and what it works on. */
export type Job =
  | { readonly name: 'inspect'; readonly parts: readonly [Uint8Array] }
  | { readonly name: 'merge'; readonly parts: readonly Uint8Array[] }
  | { readonly name: 'mergeThoroughly'; readonly parts: readonly Uint8Array[] }
  | { readonly name: 'compact'; readonly parts: readonly Uint8Array[] }
  | { readonly name: 'diff'; readonly parts: readonly [bytes: Uint8Array, stateVector: Uint8Array] }
  /** The update is the first part, the document the others. */
  | { readonly name: 'sift'; readonly parts: readonly Uint8Array[] }
  | { readonly name: 'coverage'; readonly parts: readonly [Uint8Array] }
  | { readonly name: 'summary'; readonly parts: readonly [Uint8Array] }
  | HistoryJob
  /** Reads the database itself. */
  | {
      readonly name: 'namedAssets'
      readonly parts: readonly []
      readonly file: string
      readonly id: string
    }
  | { readonly name: 'titleEdit'; readonly parts: readonly [Uint8Array]; readonly title: string }

/** What each job results in. */
export interface JobResults extends HistoryJobResults {
  inspect: UpdateInfo
  merge: Uint8Array
  mergeThoroughly: Uint8Array
  compact: Uint8Array
  diff: Uint8Array
  sift: Sifted
  coverage: Coverage
  summary: Summary
  titleEdit: Uint8Array | null
  namedAssets: DocumentAssets
}

/** The result of any job. */
export type JobResult = JobResults[Job['name']]

/** Does the job here and now. */
export function runJob(job: Job): JobResult {
  switch (job.name) {
    case 'inspect':
      return inspect(job.parts[0])
    case 'merge':
      return merge(job.parts)
    case 'mergeThoroughly':
      return mergeThoroughly(job.parts)
    case 'compact':
      return compact(job.parts)
    case 'diff':
      return diff(...job.parts)
    case 'sift': {
      const [update = EMPTY_UPDATE, ...parts] = job.parts
      return sift(parts, update)
    }
    case 'coverage':
      return coverage(job.parts[0])
    case 'summary':
      return summary(job.parts[0])
    case 'titleEdit':
      return titleEdit(job.parts[0], job.title)
    case 'namedAssets':
      return namedAssets(job.file, job.id)
    case 'makePoint':
    case 'mergePoints':
    case 'compareStates':
    case 'restoreEdit':
      return runHistoryJob(job)
    default:
      return exhaustive(job)
  }
}

/** How much a job has to read. */
export function jobBytes(job: Job): number {
  return job.parts.reduce((sum, part) => sum + part.length, 0)
}

/**
 * The job with bytes of its own, ready to be moved to a worker. A view must not be posted as it is: all of the
 * memory behind it would be copied.
 */
export function copyJob(job: Job): { copy: Job; transfer: ArrayBuffer[] } {
  const parts = job.parts.map((part) => Uint8Array.from(part))
  return { copy: { ...job, parts } as Job, transfer: parts.map((part) => part.buffer) }
}
