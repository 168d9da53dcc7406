/** Runs a job soon but not too often: first at once, then at most once an interval. Never runs it inside request(). */

import type { Clock, Disposer } from '@kolam/base'

/** A job and its pace. */
export interface PaceOptions {
  readonly clock: Clock
  readonly intervalMs: number
  readonly run: () => void
}

/** Merges many requests into few runs. */
export class Pace {
  readonly #options: PaceOptions
  #lastMs = -Infinity
  /** The interval of the request that waits. */
  #waitingMs = 0
  #cancel: Disposer | null = null

  constructor(options: PaceOptions) {
    this.#options = options
  }

  /** Runs the job after this tick, or when the interval since the last run is over; of several requests the soonest counts. */
  request(intervalMs = this.#options.intervalMs): void {
    if (this.#cancel && this.#waitingMs <= intervalMs) return
    this.stop()
    this.#waitingMs = intervalMs
    const { clock } = this.#options
    // A machine clock that was set back must not stop the job: the wait is never longer than one interval.
    const waitMs = Math.min(intervalMs, Math.max(0, this.#lastMs + intervalMs - clock.now()))
    this.#cancel = clock.after(waitMs, () => this.now())
  }

  /** The same for a request that waits, if one does. */
  hurry(intervalMs?: number): void {
    if (this.#cancel) this.request(intervalMs)
  }

  /** Runs the job now and counts it as a run. */
  now(): void {
    this.stop()
    this.#lastMs = this.#options.clock.now()
    this.#options.run()
  }

  /** Forgets a request that has not run. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
