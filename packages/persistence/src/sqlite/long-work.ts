/** What long work over a database is given: somebody to tell how far it is, and a way to be told to stop. */
import { setImmediate } from 'node:timers/promises'

/** The steps long work is made of. */
export type Step =
  | 'copy database'
  | 'copy assets'
  | 'check structure'
  | 'check documents'
  | 'check assets'
  | 'compact documents'
  | 'rebuild database'
  | 'mend documents'

/** How far a step is. */
export interface Progress {
  readonly step: Step
  readonly done: number
  readonly total: number
}

/** The two ends of a long piece of work that its caller holds. */
export interface LongWork {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

/** Lets whatever waits have its turn (a signal too), says how far it is, and throws when it was told to stop. */
export async function breathe(work: LongWork, progress: Progress): Promise<void> {
  await setImmediate()
  work.signal.throwIfAborted()
  work.onProgress(progress)
}
