/** Start returns stop: the functions that undo what was started, gathered by their owner. Never async. */

import { runAll } from './run-all.ts'

/** Undoes what the call that returned it has done. Calling it twice is harmless. */
export type Disposer = () => void

/** A list of disposers with one owner. */
export class Disposers {
  #disposers: Disposer[] = []
  #disposed = false

  /** Keeps a disposer for later; after dispose() it runs at once, so that nothing leaks. */
  add(disposer: Disposer): void {
    if (this.#disposed) disposer()
    else this.#disposers.push(disposer)
  }

  /** Runs all in reverse order, once. One that throws does not stop the rest; its error is rethrown at the end. */
  dispose(): void {
    const disposers = this.#disposers.reverse()
    this.#disposers = []
    this.#disposed = true
    runAll(disposers)
  }
}
