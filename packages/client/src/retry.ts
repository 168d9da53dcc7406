/** When to try again after a line has ended. Never opens anything itself. */

import { Backoff, type Clock, type Disposer, type Random } from '@kolam/base'
import type { Timing } from './timing.ts'

/** What a retry needs; `run` is called when it is time. */
export interface RetryPort {
  readonly clock: Clock
  readonly random: Random
  readonly timing: Timing
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
  #isHeld = false
  /** When the first of the lines ended that no sync was between. */
  #sinceMs = 0

  constructor(port: RetryPort) {
    this.#port = port
    const { timing, random } = port
    const capMs = () => this.#capMs
    this.#backoff = new Backoff({
      firstMs: timing.retryFirstMs,
      baseMs: timing.retryBaseMs,
      get capMs() {
        return capMs()
      },
      random,
    })
  }

  /** Whether the next attempt must wait for its time, whatever the page and the network do. */
  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Whether an attempt will be made by itself. */
  get isScheduled(): boolean {
    return this.#cancel !== null
  }

  /** A new line is being opened: nothing that was said on the last one counts any more. */
  begin(): void {
    this.cancel()
    this.#isHeld = false
    this.#serverAsksMs = null
  }

  /** The line has synced: the next retry is quick, after a faulty line only when this one stays. */
  synced(): void {
    if (this.#trusts) return this.#backoff.reset()
    this.#cancelTrust ??= this.#port.clock.after(this.#port.timing.trustMs, () => {
      this.#trusts = true
      this.#backoff.reset()
    })
  }

  /** The server spoke nonsense, or cannot serve: a sync alone does not make the next retry quick. */
  distrust(): void {
    this.#trusts = false
    if (this.#backoff.attempts === 0) this.#backoff.nextMs()
  }

  /** What was sent is too large: an attempt costs a lot, and only time or people can change that. */
  hold(): void {
    this.distrust()
    this.#isHeld = true
  }

  /** The server asked for so much time after its line has ended. */
  serverAsks(retryAfterMs: number): void {
    this.#serverAsksMs = Math.min(retryAfterMs, this.#port.timing.retryAfterMs)
  }

  /** The line has ended: runs later and returns when. */
  schedule(): number {
    this.cancel()
    const { clock } = this.#port
    if (this.#backoff.attempts === 0) this.#sinceMs = clock.now()
    const waitMs = this.#waitMs()
    this.#cancel = clock.after(waitMs, () => {
      this.#cancel = null
      this.#port.run()
    })
    return clock.now() + waitMs
  }

  /** Forgets what was scheduled. */
  cancel(): void {
    this.#cancel?.()
    this.#cancelTrust?.()
    this.#cancel = this.#cancelTrust = null
  }

  /** A server that is gone may be back any moment. One that is there and cannot, or speaks nonsense, is left in peace. */
  get #capMs(): number {
    const { clock, timing } = this.#port
    const isSoon = this.#trusts && clock.now() - this.#sinceMs < timing.retrySoonMs
    return isSoon ? timing.retrySoonCapMs : timing.retryCapMs
  }

  #waitMs(): number {
    const askedMs = this.#serverAsksMs
    const backoffMs = this.#backoff.nextMs()
    if (this.#isHeld) return this.#port.timing.tooLargeMs + backoffMs
    if (askedMs === null) return backoffMs
    // All who were sent away together come back spread over half as long again.
    return askedMs + (this.#port.random() * askedMs) / 2 + backoffMs
  }
}
