/**
 * The children of one parent in z-order.
 *
 * What was handed out never changes: a change makes a copy first, and only one per batch. A few
 * changes are spliced in; many, and the next reader sorts anew.
 */
import { compareSiblings } from './order.ts'
import type { Shape, ShapeId } from './shape.ts'

/** More changes than this between two readings are cheaper sorted than spliced. */
const SPLICES_MAX = 32

/** Shapes of one parent, lowest first. */
export class Siblings {
  readonly #members = new Map<ShapeId, Shape>()
  #sorted: Shape[] | null = null
  #splices = 0
  #handedOut = false

  get size(): number {
    return this.#members.size
  }

  ids(): Iterable<ShapeId> {
    return this.#members.keys()
  }

  /** The same array until something changes. */
  sorted(): readonly Shape[] {
    this.#sorted ??= [...this.#members.values()].sort(compareSiblings)
    this.#handedOut = true
    this.#splices = 0
    return this.#sorted
  }

  /** Put `shape` in its place, instead of its old value if there is one. */
  set(shape: Shape): void {
    const old = this.#members.get(shape.id)
    if (old?.index === shape.index) this.#replace(old, shape)
    else {
      if (old) this.delete(shape.id)
      this.#members.set(shape.id, shape)
      this.#own()?.splice(this.#find(shape), 0, shape)
    }
  }

  delete(id: ShapeId): void {
    const old = this.#members.get(id)
    if (!old) return
    this.#own()?.splice(this.#find(old), 1)
    this.#members.delete(id)
  }

  #replace(old: Shape, shape: Shape): void {
    this.#members.set(shape.id, shape)
    const sorted = this.#own()
    if (sorted) sorted[this.#find(old)] = shape
  }

  /** The sorted array if it is worth changing, as one nobody else holds. */
  #own(): Shape[] | null {
    if (this.#sorted === null) return null
    this.#splices += 1
    if (this.#splices > SPLICES_MAX) this.#sorted = null
    else if (this.#handedOut) this.#sorted = [...this.#sorted]
    this.#handedOut = false
    return this.#sorted
  }

  /** Where `shape` is or belongs, by halving. */
  #find(shape: Shape): number {
    const sorted = this.#sorted ?? []
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareSiblings(sorted[middle]!, shape) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
