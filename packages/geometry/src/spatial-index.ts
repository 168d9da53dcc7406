/**
 * Which boxes are near: ids with their boxes in loose grids, one for each size of box.
 *
 * A box lies in the one cell that holds its top left corner, of the grid whose cells are at least twice
 * as large as it is, so it reaches at most half a cell beyond. Putting one somewhere else costs the same
 * however many there are. Knows nothing of shapes. A box that is not finite cannot be found anywhere, so
 * setting one is the same as deleting the id.
 */
import { isFiniteBox, type Box } from './box.ts'

/** Cells smaller than this would hold one dot each. */
const EXPONENT_MIN = 6
/** Numbers of columns and rows stay below 2^25, so that two of them make one exact number. */
const CELL_BITS = 25
const ROW_SPAN = 2 ** (CELL_BITS + 2)
/** Beyond all cells. */
const OUTSIDE = 2 ** CELL_BITS + 2

/** What lies in one cell, by slot. */
type Cell = number[]

interface Grid {
  /** Sides of its cells. */
  readonly side: number
  readonly cells: Map<number, Cell>
}

/** Ids by box; finds those that touch a box without looking at all of them. */
export class SpatialIndex<Id> {
  readonly #grids = new Map<number, Grid>()
  readonly #slots = new Map<Id, number>()
  /** By slot; left, top, right and bottom of each box one after the other. */
  #edges = new Float64Array(64)
  readonly #ids: Id[] = []
  readonly #free: number[] = []
  #bounds: Box | null = null

  /** How many ids it holds. */
  get size(): number {
    return this.#slots.size
  }

  /** Put `id` at `box`, wherever it was before. */
  set(id: Id, box: Box): void {
    if (!isFiniteBox(box)) return this.delete(id)
    const known = this.#slots.get(id)
    if (known !== undefined && this.#isAt(known, box)) return
    this.#bounds = null
    if (known !== undefined) this.#takeOut(known)
    this.#putIn(known ?? this.#newSlot(id), box)
  }

  /** Forget `id`; unknown ids are fine. */
  delete(id: Id): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    this.#bounds = null
    this.#takeOut(slot)
    // Nothing touches an empty box, and no box is made larger by it.
    this.#write(slot, { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity })
    this.#slots.delete(id)
    this.#free.push(slot)
  }

  /** The same as `set` for every entry; the last of equal ids wins. */
  load(entries: Iterable<readonly [Id, Box]>): void {
    for (const [id, box] of entries) this.set(id, box)
  }

  /** The ids whose boxes share at least a point with `box`, in no particular order. */
  search(box: Box): Id[] {
    const found: Id[] = []
    this.#visit(box, (slot) => {
      found.push(this.#ids[slot]!)
      return false
    })
    return found
  }

  /** Whether any id's box shares a point with `box`. */
  touches(box: Box): boolean {
    return this.#visit(box, () => true)
  }

  /** The smallest box around everything; null when empty. */
  bounds(): Box | null {
    if (this.size === 0) return null
    this.#bounds ??= this.#measure()
    return this.#bounds
  }

  /** Forget everything. */
  clear(): void {
    this.#grids.clear()
    this.#slots.clear()
    this.#ids.length = 0
    this.#free.length = 0
    this.#edges = new Float64Array(64)
    this.#bounds = null
  }

  #newSlot(id: Id): number {
    const slot = this.#free.pop() ?? this.#ids.length
    this.#ids[slot] = id
    this.#slots.set(id, slot)
    if (slot * 4 === this.#edges.length) {
      const larger = new Float64Array(this.#edges.length * 2)
      larger.set(this.#edges)
      this.#edges = larger
    }
    return slot
  }

  #isAt(slot: number, { x, y, w, h }: Box): boolean {
    const edges = this.#edges
    const at = slot * 4
    const isCorner = edges[at] === x && edges[at + 1] === y
    return isCorner && edges[at + 2] === x + w && edges[at + 3] === y + h
  }

  #write(slot: number, { left, top, right, bottom }: Edges): void {
    const edges = this.#edges
    const at = slot * 4
    edges[at] = left
    edges[at + 1] = top
    edges[at + 2] = right
    edges[at + 3] = bottom
  }

  #putIn(slot: number, { x, y, w, h }: Box): void {
    this.#write(slot, { left: x, top: y, right: x + w, bottom: y + h })
    const { cells, side } = this.#gridFor(slot)
    const [column, row] = [cellAt(x, side), cellAt(y, side)]
    const key = column * ROW_SPAN + row
    const cell = cells.get(key)
    if (cell) cell.push(slot)
    else cells.set(key, [slot])
  }

  #takeOut(slot: number): void {
    const { cells, side } = this.#gridFor(slot)
    const [x, y] = [this.#edges[slot * 4]!, this.#edges[slot * 4 + 1]!]
    const key = cellAt(x, side) * ROW_SPAN + cellAt(y, side)
    const slots = cells.get(key)!
    const last = slots.pop()!
    if (last !== slot) slots[slots.indexOf(slot)] = last
    if (slots.length === 0) cells.delete(key)
  }

  /** By the box of `slot` as it is written in `#edges`. */
  #gridFor(slot: number): Grid {
    const edges = this.#edges
    const at = slot * 4
    const [left, top] = [edges[at]!, edges[at + 1]!]
    const size = Math.max(edges[at + 2]! - left, edges[at + 3]! - top)
    const exponent = exponentFor(size, Math.max(Math.abs(left), Math.abs(top)))
    const grid = this.#grids.get(exponent) ?? { side: 2 ** exponent, cells: new Map() }
    this.#grids.set(exponent, grid)
    return grid
  }

  /** Calls `take` for what touches `box` until it says true; gives whether it did. */
  #visit(box: Box, take: (slot: number) => boolean): boolean {
    const within = { left: box.x, top: box.y, right: box.x + box.w, bottom: box.y + box.h }
    for (const { cells, side } of this.#grids.values()) {
      const from = { column: cellAt(box.x, side) - 1, row: cellAt(box.y, side) - 1 }
      const to = { column: cellAt(within.right, side), row: cellAt(within.bottom, side) }
      const count = (to.column - from.column + 1) * (to.row - from.row + 1)
      const near = count < cells.size ? cellsBetween(cells, from, to) : cells.values()
      for (const slots of near) {
        for (const slot of slots) if (this.#touches(slot, within) && take(slot)) return true
      }
    }
    return false
  }

  #touches(slot: number, { left, top, right, bottom }: Edges): boolean {
    const edges = this.#edges
    const at = slot * 4
    return (
      edges[at]! <= right &&
      edges[at + 1]! <= bottom &&
      edges[at + 2]! >= left &&
      edges[at + 3]! >= top
    )
  }

  #measure(): Box {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
    const edges = this.#edges
    for (let at = 0; at < this.#ids.length * 4; at += 4) {
      left = Math.min(left, edges[at]!)
      top = Math.min(top, edges[at + 1]!)
      right = Math.max(right, edges[at + 2]!)
      bottom = Math.max(bottom, edges[at + 3]!)
    }
    return { x: left, y: top, w: right - left, h: bottom - top }
  }
}

interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Of the side of the cells for a box of this size, so far from the origin. */
function exponentFor(size: number, distance: number): number {
  const bySize = Math.ceil(Math.log2(size)) + 1
  const byDistance = Math.ceil(Math.log2(distance)) - CELL_BITS
  return Math.max(EXPONENT_MIN, bySize, byDistance)
}

/** The column or row of a place. A search may be anywhere, so where there are no cells is one place. */
function cellAt(place: number, side: number): number {
  return Math.min(OUTSIDE, Math.max(-OUTSIDE, Math.floor(place / side)))
}

interface Corner {
  readonly column: number
  readonly row: number
}

function* cellsBetween(cells: ReadonlyMap<number, Cell>, from: Corner, to: Corner): Iterable<Cell> {
  for (let { column } = from; column <= to.column; column++) {
    for (let { row } = from; row <= to.row; row++) {
      const cell = cells.get(column * ROW_SPAN + row)
      if (cell) yield cell
    }
  }
}
