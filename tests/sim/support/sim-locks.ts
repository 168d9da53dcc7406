/** The locks of one browser: given in the order they are asked for, a moment later, and free when their tab is gone. */
import type { Disposer } from '@kolam/base'
import type { Locks } from './client-parts.ts'
import type { SimClock } from './sim-clock.ts'

const DELAY_MS = 2

interface Request {
  readonly isShared: boolean
  readonly run: () => void
}

/** One tab's locks. */
export interface TabLocks extends Locks {
  /** The tab is gone without a word. */
  kill(): void
}

export class SimLocks {
  readonly #clock: SimClock
  readonly #held = new Map<number, Request>()
  readonly #waiting = new Map<number, readonly Request[]>()

  constructor(clock: SimClock) {
    this.#clock = clock
  }

  join(): TabLocks {
    const own = new Set<Disposer>()
    const ask = (id: number, request: Request): Disposer => {
      const drop = this.#ask(id, request)
      own.add(drop)
      return drop
    }
    return {
      hold: (id, run) => ask(id, { run, isShared: false }),
      whenFree: (id, run) => ask(id, { run, isShared: true }),
      kill: () => {
        for (const drop of own) drop()
      },
    }
  }

  #ask(id: number, request: Request): Disposer {
    this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), request])
    this.#giveSoon(id)
    return () => {
      if (this.#held.get(id) === request) this.#held.delete(id)
      const waiting = this.#waiting.get(id) ?? []
      this.#waiting.set(
        id,
        waiting.filter((other) => other !== request),
      )
      this.#giveSoon(id)
    }
  }

  #giveSoon(id: number): void {
    this.#clock.after(DELAY_MS, () => this.#give(id))
  }

  #give(id: number): void {
    const [next, ...rest] = this.#waiting.get(id) ?? []
    if (!next || this.#held.has(id)) return
    this.#waiting.set(id, rest)
    if (!next.isShared) this.#held.set(id, next)
    next.run()
    this.#give(id)
  }
}
