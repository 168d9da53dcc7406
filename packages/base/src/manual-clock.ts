/** A clock that stands still until a test moves it. Never looks at the machine's time. */

import { assert } from './assert.ts'
import type { Clock } from './clock.ts'
import type { Disposer } from './disposers.ts'

/** Runs timers in the order they are due, also those that were set on the way. */
export class ManualClock implements Clock {
  #nowMs: number
  readonly #timers = new Set<Timer>()

  constructor(startMs = 0) {
    this.#nowMs = startMs
  }

  /** The time that advance() has reached. */
  now(): number {
    return this.#nowMs
  }

  /** Calls back when advance() reaches that time; never inside after() itself. */
  after(ms: number, run: () => void): Disposer {
    const timer: Timer = { atMs: this.#nowMs + Math.max(0, ms), run }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size
  }

  /** Moves time on; each timer sees the moment it was due as now(). */
  advance(ms: number): void {
    assert(ms >= 0, `time cannot go back by ${ms} ms`)
    const untilMs = this.#nowMs + ms
    for (let next = this.#dueBy(untilMs); next; next = this.#dueBy(untilMs)) {
      this.#timers.delete(next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.run()
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  /** The earliest timer due by then; of several due at once, the one set first. */
  #dueBy(untilMs: number): Timer | undefined {
    let earliest: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.atMs > untilMs) continue
      if (!earliest || timer.atMs < earliest.atMs) earliest = timer
    }
    return earliest
  }
}

interface Timer {
  readonly atMs: number
  readonly run: () => void
}
