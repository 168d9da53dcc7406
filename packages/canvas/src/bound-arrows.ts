/** Which arrows hold on to which shapes, kept up to date by changes. */
import type { Board, BoardChange, ShapeId } from '@kolam/board'

/** Arrows by what they are bound to; read from the board when first asked. */
export class BoundArrows {
  readonly #board: Pick<Board, 'shape' | 'shapes'>
  readonly #targets = new Map<ShapeId, readonly ShapeId[]>()
  readonly #arrows = new Map<ShapeId, Set<ShapeId>>()
  #isRead = false

  constructor(board: Pick<Board, 'shape' | 'shapes'>) {
    this.#board = board
  }

  /** Tell of every change of the board. */
  note({ added, changed, removed }: Pick<BoardChange, 'added' | 'changed' | 'removed'>): void {
    if (!this.#isRead) return
    for (const ids of [added, changed, removed]) for (const id of ids) this.#read(id)
  }

  /** The arrows bound to a shape. */
  of(target: ShapeId): Iterable<ShapeId> {
    if (!this.#isRead) for (const { id } of this.#board.shapes()) this.#read(id)
    this.#isRead = true
    return this.#arrows.get(target) ?? []
  }

  #read(id: ShapeId): void {
    for (const target of this.#targets.get(id) ?? []) this.#arrows.get(target)?.delete(id)
    this.#targets.delete(id)
    const shape = this.#board.shape(id)
    const targets = [shape?.start?.id, shape?.end?.id].filter((target) => target !== undefined)
    if (targets.length === 0) return
    this.#targets.set(id, targets)
    for (const target of targets) {
      const arrows = this.#arrows.get(target) ?? new Set()
      this.#arrows.set(target, arrows.add(id))
    }
  }
}
