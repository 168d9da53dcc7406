/**
 * The children of one parent in z-order.
 *
 * What was handed out never changes: a change makes a copy first, and only one per batch. A few
 * changes are spliced in; many are sorted among themselves and merged in for the next reader.
 */
import { compareSiblings } from './order.ts'
import type { Shape, ShapeId } from './shape.ts'

/** More changes than this between two readings are cheaper merged than spliced. */
const SPLICES_MAX = 32

/** Shapes of one parent, lowest first. */
export class Siblings {
  readonly #members = new Map<ShapeId, Shape>()
  #sorted: Shape[] | null = null
  /** The last sorted array, right but for `changed`; null when there was none. */
  #last: readonly Shape[] | null = null
  readonly #changed = new Set<ShapeId>()
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
    this.#sorted ??= this.#last
      ? this.#mended(this.#last)
      : [...this.#members.values()].sort(compareSiblings)
    this.#last = null
    this.#changed.clear()
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
      this.#own(shape.id)?.splice(this.#find(shape), 0, shape)
    }
  }

  delete(id: ShapeId): void {
    const old = this.#members.get(id)
    if (!old) return
    this.#own(id)?.splice(this.#find(old), 1)
    this.#members.delete(id)
  }

  #replace(old: Shape, shape: Shape): void {
    this.#members.set(shape.id, shape)
    const sorted = this.#own(shape.id)
    if (sorted) sorted[this.#find(old)] = shape
  }

  /** The sorted array, as one nobody else holds, if it is worth changing; otherwise notes that `id` changed. */
  #own(id: ShapeId): Shape[] | null {
    this.#splices += 1
    if (this.#sorted && this.#splices > SPLICES_MAX) {
      this.#last = this.#sorted
      this.#sorted = null
    }
    if (this.#sorted === null) {
      if (this.#last) this.#changed.add(id)
      return null
    }
    if (this.#handedOut) this.#sorted = [...this.#sorted]
    this.#handedOut = false
    return this.#sorted
  }

  /** `last` with the changed in their new places: two sorted lists merged. */
  #mended(last: readonly Shape[]): Shape[] {
    const fresh = Array.from(this.#changed, (id) => this.#members.get(id))
      .filter((shape) => shape !== undefined)
      .sort(compareSiblings)
    const merged: Shape[] = []
    let next = 0
    for (const shape of last) {
      if (this.#changed.has(shape.id)) continue
      while (next < fresh.length && compareSiblings(fresh[next]!, shape) < 0) {
        merged.push(fresh[next++]!)
      }
      merged.push(shape)
    }
    return merged.concat(fresh.slice(next))
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
