/** Runs once in the next animation frame, however often it is asked to; runs not at all unasked. */
import type { Disposer } from '@kolam/base'

/** Runs a function at the next frame; returns what calls it off. */
export type Schedule = (run: () => void) => Disposer

/** The browser's animation frames. */
export function animationFrame(run: () => void): Disposer {
  const id = requestAnimationFrame(run)
  return () => cancelAnimationFrame(id)
}

/** One frame at a time. */
export class FrameLoop {
  readonly #schedule: Schedule
  readonly #run: () => void
  #cancel: Disposer | null = null

  constructor(schedule: Schedule, run: () => void) {
    this.#schedule = schedule
    this.#run = run
  }

  /** Whether a frame is coming. */
  get isPending(): boolean {
    return this.#cancel !== null
  }

  request(): void {
    this.#cancel ??= this.#schedule(() => {
      this.#cancel = null
      this.#run()
    })
  }

  dispose(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
