/** The shapes of a document that a board has not read yet, in the order they will be. Reads nothing itself. */
import type { ShapeId } from './shape.ts'

/** Shapes that wait. */
export class Backlog {
  #waiting = new Set<ShapeId>()
  #total = 0

  /** How many wait. */
  get size(): number {
    return this.#waiting.size
  }

  /** How many waited in all since none did. */
  get total(): number {
    return this.#total
  }

  has(id: ShapeId): boolean {
    return this.#waiting.has(id)
  }

  /** `first` before what waits already, `rest` after it. */
  add(first: Iterable<ShapeId>, rest: Iterable<ShapeId>): void {
    const before = this.#waiting.size
    this.#waiting = new Set([...first, ...this.#waiting, ...rest])
    this.#total += this.#waiting.size - before
  }

  /** Take one out; false when it does not wait. */
  take(id: ShapeId): boolean {
    const waited = this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#total = 0
    return waited
  }

  /** Take out the next `count`. */
  next(count: number): ShapeId[] {
    const taken: ShapeId[] = []
    for (const id of this.#waiting) {
      if (taken.length === count) break
      taken.push(id)
    }
    for (const id of taken) this.take(id)
    return taken
  }
}
