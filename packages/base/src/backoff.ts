/** How long to wait before trying again, so that many who failed together do not return together. Never waits itself. */

import type { Random } from './random.ts'

/** Bounds of the waits; `firstMs` bounds the first one when it should be shorter than `baseMs`. */
export interface BackoffOptions {
  readonly firstMs?: number
  readonly baseMs: number
  readonly capMs: number
  readonly random: Random
}

/** Full jitter: each wait is anywhere between nothing and a bound that doubles up to the cap. */
export class Backoff {
  readonly #options: BackoffOptions
  #attempts = 0

  constructor(options: BackoffOptions) {
    this.#options = options
  }

  /** How many waits were given since the last reset. */
  get attempts(): number {
    return this.#attempts
  }

  /** The next wait in milliseconds. */
  nextMs(): number {
    const boundMs = this.#boundMs()
    this.#attempts += 1
    return this.#options.random() * boundMs
  }

  /** Starts again from the shortest wait. */
  reset(): void {
    this.#attempts = 0
  }

  #boundMs(): number {
    const { firstMs, baseMs, capMs } = this.#options
    if (firstMs !== undefined && this.#attempts === 0) return firstMs
    const doublings = firstMs === undefined ? this.#attempts : this.#attempts - 1
    return Math.min(capMs, baseMs * 2 ** doublings)
  }
}
