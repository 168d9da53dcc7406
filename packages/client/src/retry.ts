/** When to try again after a line has ended. Never opens anything itself. */

import { Backoff, type Clock, type Disposer, type Random } from '@kolam/base'
import { TIMING } from './timing.ts'

/** What a retry needs; `run` is called when it is time. */
export interface RetryPort {
  readonly clock: Clock
  readonly random: Random
  run(): void
}

/** Quick after a line that worked, slower and slower after lines that did not. */
export class Retry {
  readonly #port: RetryPort
  readonly #backoff: Backoff
  #cancel: Disposer | null = null
  #cancelTrust: Disposer | null = null
  #trusts = true
  #serverAsksMs: number | null = null

  constructor(port: RetryPort) {
    this.#port = port
    this.#backoff = new Backoff({
      firstMs: TIMING.retryFirstMs,
      baseMs: TIMING.retryBaseMs,
      capMs: TIMING.retryCapMs,
      random: port.random,
    })
  }

  /** A new line is being opened: nothing that was said on the last one counts any more. */
  begin(): void {
    this.cancel()
    this.#serverAsksMs = null
  }

  /** The line has synced: the next retry is quick, after a faulty line only when this one stays. */
  synced(): void {
    if (this.#trusts) return this.#backoff.reset()
    this.#cancelTrust ??= this.#port.clock.after(TIMING.trustMs, () => {
      this.#trusts = true
      this.#backoff.reset()
    })
  }

  /** The server spoke nonsense: a sync alone does not make the next retry quick. */
  distrust(): void {
    this.#trusts = false
    if (this.#backoff.attempts === 0) this.#backoff.nextMs()
  }

  /** The server asked for so much time after its line has ended. */
  serverAsks(retryAfterMs: number): void {
    this.#serverAsksMs = Math.min(retryAfterMs, TIMING.retryAfterMs)
  }

  /** The line has ended: runs later and returns when. */
  schedule(): number {
    this.cancel()
    const waitMs = this.#waitMs()
    this.#cancel = this.#port.clock.after(waitMs, () => {
      this.#cancel = null
      this.#port.run()
    })
    return this.#port.clock.now() + waitMs
  }

  /** Forgets what was scheduled. */
  cancel(): void {
    this.#cancel?.()
    this.#cancelTrust?.()
    this.#cancel = this.#cancelTrust = null
  }

  #waitMs(): number {
    const askedMs = this.#serverAsksMs
    const backoffMs = this.#backoff.nextMs()
    if (askedMs === null) return backoffMs
    // All who were sent away together come back spread over half as long again.
    return askedMs + (this.#port.random() * askedMs) / 2 + backoffMs
  }
}
