/** Which shapes are selected: always existing ones, never a shape together with its container. */
import type { Board, Shape, ShapeId } from '@kolam/board'
import type { Signals } from './signals.ts'
import { ancestors, isLocked } from './tree.ts'

/** The selection, as an immutable set that is replaced when it changes. */
export class Selection {
  readonly #board: Board
  readonly #signals: Signals
  #ids: ReadonlySet<ShapeId> = new Set()

  constructor(board: Board, signals: Signals) {
    this.#board = board
    this.#signals = signals
  }

  get ids(): ReadonlySet<ShapeId> {
    return this.#ids
  }

  get shapes(): Shape[] {
    return [...this.#ids].flatMap((id) => this.#board.shape(id) ?? [])
  }

  /** The selected shapes that may be changed. */
  get unlocked(): ShapeId[] {
    return [...this.#ids].filter((id) => !isLocked(this.#board, id))
  }

  /** The only selected shape, if there is just one. */
  get single(): Shape | undefined {
    return this.#ids.size === 1 ? this.shapes[0] : undefined
  }

  /** The group one is inside of: the one that directly holds everything selected. */
  get focus(): ShapeId | null {
    const parents = new Set(this.shapes.map((shape) => shape.at[0]))
    const [parent] = parents
    if (parents.size !== 1 || parent === undefined) return null
    return this.#board.shape(parent)?.kind === 'group' ? parent : null
  }

  has(id: ShapeId): boolean {
    return this.#ids.has(id)
  }

  set(ids: Iterable<ShapeId>): void {
    const wanted = new Set<ShapeId>()
    for (const id of ids) if (this.#board.shape(id)) wanted.add(id)
    const next = new Set([...wanted].filter((id) => !this.#isInside(id, wanted)))
    if (sameSet(next, this.#ids)) return
    this.#ids = next
    this.#signals.mark('selection')
    this.#signals.mark('overlay')
    this.#signals.mark('style')
  }

  clear(): void {
    this.set([])
  }

  toggle(id: ShapeId): void {
    const next = new Set(this.#ids)
    if (!next.delete(id)) next.add(id)
    this.set(next)
  }

  /** Forget shapes that are gone. */
  prune(): void {
    this.set(this.#ids)
  }

  #isInside(id: ShapeId, others: ReadonlySet<ShapeId>): boolean {
    return others.size > 1 && ancestors(this.#board, id).some((shape) => others.has(shape.id))
  }
}

function sameSet(a: ReadonlySet<ShapeId>, b: ReadonlySet<ShapeId>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id))
}
