/** A clock that goes from timer to timer and lets every promise go on in between: time is only what was waited for. */
import type { Clock, Disposer } from '@kolam/base'

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** Turns of promises that may follow from one timer; what takes more goes on with the next one. */
const TURNS = 60

export class SimClock implements Clock {
  #now: number
  #order = 0
  #slept = 0
  /** A heap: the next timer is the first. */
  readonly #heap: Timer[] = []
  readonly #cancelled = new Set<Timer>()

  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): Disposer {
    const timer = { at: this.#now + Math.max(0, ms), order: ++this.#order, run }
    this.#push(timer)
    return () => void this.#cancelled.add(timer)
  }

  /** Everybody sleeps: what was due meanwhile is late. */
  skip(ms: number): void {
    this.#now += ms
    this.#slept += ms
  }

  /** The time without that in which everybody slept. */
  get awakeMs(): number {
    return this.#now - this.#slept
  }

  /** Lets time pass, and everything happen that does. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    await settle()
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settle()
    }
    this.#now = until
  }

  #next(until: number): Timer | null {
    for (;;) {
      const [first] = this.#heap
      if (!first || first.at > until) return null
      this.#pop()
      if (!this.#cancelled.delete(first)) return first
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap
    let at = heap.push(timer) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (isBefore(heap[above]!, timer)) break
      heap[at] = heap[above]!
      at = above
    }
    heap[at] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      if (left >= heap.length) break
      const below = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left
      if (isBefore(last, heap[below]!)) break
      heap[at] = heap[below]!
      at = below
    }
    heap[at] = last
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await Promise.resolve()
}
