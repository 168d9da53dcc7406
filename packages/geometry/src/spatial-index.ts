/**
 * Which boxes are near: ids with their boxes in an R-tree.
 *
 * Knows nothing of shapes. A box that is not finite cannot be found anywhere, so setting one is
 * the same as deleting the id.
 */
import RBush, { type BBox } from 'rbush'
import { isFiniteBox, sameBox, type Box } from './box.ts'

interface Entry<Id> extends BBox {
  readonly id: Id
  readonly box: Box
}

/** Ids by box; finds those that touch a box without looking at all of them. */
export class SpatialIndex<Id> {
  readonly #tree = new RBush<Entry<Id>>()
  readonly #entries = new Map<Id, Entry<Id>>()

  /** How many ids it holds. */
  get size(): number {
    return this.#entries.size
  }

  /** Put `id` at `box`, wherever it was before. */
  set(id: Id, box: Box): void {
    const before = this.#entries.get(id)
    if (before !== undefined && sameBox(before.box, box)) return
    this.delete(id)
    if (!isFiniteBox(box)) return
    const entry = toEntry(id, box)
    this.#entries.set(id, entry)
    this.#tree.insert(entry)
  }

  /** Forget `id`; unknown ids are fine. */
  delete(id: Id): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    this.#entries.delete(id)
    this.#tree.remove(entry)
  }

  /** The same as `set` for every entry, but much faster for many; the last of equal ids wins. */
  load(entries: Iterable<readonly [Id, Box]>): void {
    const fresh = new Map<Id, Entry<Id>>()
    for (const [id, box] of entries) {
      this.delete(id)
      if (isFiniteBox(box)) fresh.set(id, toEntry(id, box))
      else fresh.delete(id)
    }
    for (const [id, entry] of fresh) this.#entries.set(id, entry)
    this.#tree.load([...fresh.values()])
  }

  /** The ids whose boxes share at least a point with `box`, in no particular order. */
  search(box: Box): Id[] {
    return this.#tree.search(toBBox(box)).map(({ id }) => id)
  }

  /** Whether any id's box shares a point with `box`. */
  touches(box: Box): boolean {
    return this.#tree.collides(toBBox(box))
  }

  /** The smallest box around everything; null when empty. */
  bounds(): Box | null {
    if (this.size === 0) return null
    const { minX, minY, maxX, maxY } = this.#tree.toJSON() as BBox
    return { x: minX, y: minY, w: maxX - minX, h: maxY - minY }
  }

  /** Forget everything. */
  clear(): void {
    this.#entries.clear()
    this.#tree.clear()
  }
}

function toBBox({ x, y, w, h }: Box): BBox {
  return { minX: x, minY: y, maxX: x + w, maxY: y + h }
}

function toEntry<Id>(id: Id, box: Box): Entry<Id> {
  return { ...toBBox(box), id, box }
}
