/** The machine's clock that knows how many timers wait, so that none is left when everybody is gone. */
import { type Clock, type Disposer, systemClock } from '@kolam/base'

export class CountingClock implements Clock {
  readonly #waiting = new Set<Disposer>()

  /** How many timers wait. */
  get pending(): number {
    return this.#waiting.size
  }

  now(): number {
    return systemClock.now()
  }

  after(ms: number, run: () => void): Disposer {
    const cancel = systemClock.after(ms, () => {
      this.#waiting.delete(cancel)
      run()
    })
    this.#waiting.add(cancel)
    return () => {
      this.#waiting.delete(cancel)
      cancel()
    }
  }
}
