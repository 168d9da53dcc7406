/**
 * Which tabs live, as their locks tell: each holds one while it is there, and says so, for a lock that is not taken yet is
 * free too. It never calls a tab gone that has not said it holds one: what has no locks is judged by its silence.
 */

import type { Disposer } from '@kolam/base'
import type { Locks } from './locks.ts'

/** What it needs of its tab. */
export interface LivesPort {
  readonly locks: Locks
  /** The awareness id of this tab. */
  readonly id: number
  /** Tells the others that this tab holds its lock. */
  say(): void
  /** This tab has just got its lock: who took it for gone meanwhile is to know better. */
  taken(): void
  /** Another tab is gone. */
  gone(id: number): void
}

/** This tab's lock, and a watch over those of the others. */
export class Lives {
  readonly #port: LivesPort
  /** Null while this tab is away. */
  #release: Disposer | null = null
  #isTaken = false
  /** Tabs that said they hold their lock; null for those nobody waits for now. */
  readonly #watched = new Map<number, Disposer | null>()

  constructor(port: LivesPort) {
    this.#port = port
  }

  /** This tab is there: takes its lock, and watches again over everybody it knew. */
  begin(): void {
    if (this.#release) return this.say()
    const { locks, id } = this.#port
    this.#release = locks.hold(id, () => {
      this.#isTaken = true
      this.#port.taken()
    })
    for (const other of this.#watched.keys()) this.#watch(other)
  }

  /** Says that this tab holds its lock, when it does. */
  say(): void {
    if (this.#isTaken) this.#port.say()
  }

  /** Another tab said that it holds its lock. */
  heard(id: number): void {
    if (this.#release && !this.#watched.get(id)) this.#watch(id)
  }

  /** Something of another tab came: if that was called gone, either it is back or this was on its way longer than its end. */
  seen(id: number): void {
    if (this.#watched.has(id)) this.heard(id)
  }

  /** This tab may be gone, or put aside, in a moment: a page that holds or awaits a lock is not put aside. */
  end(): void {
    this.#release?.()
    this.#release = null
    this.#isTaken = false
    for (const [id, cancel] of this.#watched) {
      cancel?.()
      this.#watched.set(id, null)
    }
  }

  #watch(id: number): void {
    const free = () => {
      this.#watched.set(id, null)
      this.#port.gone(id)
    }
    this.#watched.set(id, this.#port.locks.whenFree(id, free))
  }
}
