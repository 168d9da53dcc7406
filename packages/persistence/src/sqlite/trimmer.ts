/**
 * Deletes the updates that nobody needs any more, a slice at a time, so that no commit waits for it. What is left when
 * the process ends goes with the next compaction of its document; until then it only takes space.
 */
import type { Clock, Disposer } from '@kolam/base'

/** Takes a document's next slice; false when nothing is left of it. */
export type TrimSlice = (id: string) => boolean

/** Between two slices: what came meanwhile goes first. */
const PAUSE_MS = 20

/** Works off the documents it is told of, one after the other. */
export class Trimmer {
  readonly #slice: TrimSlice
  readonly #clock: Clock
  readonly #ids = new Set<string>()
  #cancel: Disposer | null = null

  constructor(slice: TrimSlice, clock: Clock) {
    this.#slice = slice
    this.#clock = clock
  }

  /** There may be something to trim in this document. */
  add(id: string): void {
    this.#ids.add(id)
    this.#cancel ??= this.#clock.after(PAUSE_MS, () => this.#next())
  }

  /** Does all that is left at once. */
  finish(): void {
    this.#cancel?.()
    this.#cancel = null
    while (this.#ids.size > 0) this.#step()
  }

  #next(): void {
    this.#step()
    this.#cancel = this.#ids.size > 0 ? this.#clock.after(PAUSE_MS, () => this.#next()) : null
  }

  #step(): void {
    for (const id of this.#ids) {
      if (!this.#trySlice(id)) this.#ids.delete(id)
      return
    }
  }

  /** A sick disk shows at the commits; here it only takes space for longer. */
  #trySlice(id: string): boolean {
    try {
      return this.#slice(id)
    } catch {
      return false
    }
  }
}
