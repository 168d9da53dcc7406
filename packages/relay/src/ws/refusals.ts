/**
 * Lets the refused wait a moment for the word. Stock clients up to 3.0 come back at once whatever they are told, some
 * ten times a second each, because their pause begins anew with each connection that opened. How many wait is bounded.
 */
import type { Clock, Disposer } from '@kolam/base'
import type { Limits } from '../limits.ts'

/** The refused of one server. */
export class Refusals {
  readonly #clock: Clock
  readonly #limits: Limits
  #waiting = 0

  constructor({ clock, limits }: { clock: Clock; limits: Limits }) {
    this.#clock = clock
    this.#limits = limits
  }

  /** Runs `close` after a while, or at once where too many wait; the disposer is for one that left before. */
  later(close: () => void): Disposer {
    const { refusalDelayMs, refusalsWaitingMax } = this.#limits
    if (this.#waiting >= refusalsWaitingMax) {
      close()
      return () => {}
    }
    this.#waiting += 1
    let isWaiting = true
    const leave = (): void => {
      if (!isWaiting) return
      isWaiting = false
      this.#waiting -= 1
      cancel()
    }
    const cancel = this.#clock.after(refusalDelayMs, () => {
      leave()
      close()
    })
    return leave
  }
}
