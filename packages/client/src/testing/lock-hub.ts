/** The locks of one browser in tests: given in order, a moment later, and free when their tab is gone. */

import type { Locks } from '../tabs/locks.ts'

interface Request {
  readonly tab: Locks
  readonly isShared: boolean
  readonly run: () => void
}

/** Gives locks when it is told to, so that a test owns the order of things. */
export class LockHub {
  readonly #held = new Map<number, Request>()
  readonly #waiting = new Map<number, Request[]>()

  /** One tab's locks. */
  join(): Locks {
    const tab: Locks = {
      hold: (id, run) => this.#ask(id, { tab, run, isShared: false }),
      whenFree: (id, run) => this.#ask(id, { tab, run, isShared: true }),
    }
    return tab
  }

  /** Whether a tab holds a lock or waits for one. */
  concerns(tab: Locks): boolean {
    return [...this.#held.values(), ...[...this.#waiting.values()].flat()].some(
      (request) => request.tab === tab,
    )
  }

  /** The tab is gone without a word. */
  kill(tab: Locks): void {
    for (const [id, held] of this.#held) if (held.tab === tab) this.#held.delete(id)
    for (const [id, waiting] of this.#waiting) {
      this.#waiting.set(
        id,
        waiting.filter((request) => request.tab !== tab),
      )
    }
  }

  /** Gives what is free. */
  deliver(): void {
    for (const id of this.#waiting.keys()) this.#give(id)
  }

  #give(id: number): void {
    const waiting = this.#waiting.get(id) ?? []
    while (!this.#held.has(id)) {
      const next = waiting.shift()
      if (!next) return
      if (!next.isShared) this.#held.set(id, next)
      next.run()
    }
  }

  #ask(id: number, request: Request): () => void {
    this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), request])
    return () => {
      if (this.#held.get(id) === request) this.#held.delete(id)
      const waiting = this.#waiting.get(id) ?? []
      this.#waiting.set(
        id,
        waiting.filter((other) => other !== request),
      )
    }
  }
}
