/**
 * The board as it was when a gesture began, for the shapes the gesture changes.
 *
 * A gesture computes every step from the start, so that the way of the pointer leaves no trace.
 */
import { withDrafts, type Board, type Shape, type ShapeId, type ShapeLookup } from '@kolam/board'
import { applyMatrix, invert, ORIGIN, type Matrix, type Vec } from '@kolam/geometry'
import { isLinear } from '../../placing.ts'

export class StartLookup implements ShapeLookup {
  readonly #frozen: ShapeLookup
  readonly #children = new Map<ShapeId, readonly Shape[]>()

  constructor(board: Board, leaves: readonly Shape[]) {
    this.#frozen = withDrafts(board, frozen(board, leaves))
    for (const { id, kind } of leaves)
      if (kind === 'frame') this.#children.set(id, board.children(id))
  }

  shape(id: ShapeId): Shape | undefined {
    return this.#frozen.shape(id)
  }

  pageTransform(id: ShapeId): Matrix {
    return this.#frozen.pageTransform(id)
  }

  /** What was in a frame. */
  children(frame: ShapeId): readonly Shape[] {
    return this.#children.get(frame) ?? []
  }

  /** How far the contents of `id` must move in it to stay on the page when it is as in `after`. */
  shift(id: ShapeId, after: ShapeLookup): Vec {
    const origin = applyMatrix(this.pageTransform(id), ORIGIN)
    return applyMatrix(invert(after.pageTransform(id)), origin)
  }
}

/** The shapes, and what their arrows are bound to. */
function frozen(board: Board, leaves: readonly Shape[]): Map<ShapeId, Shape> {
  const shapes = new Map(leaves.map((leaf) => [leaf.id, leaf]))
  for (const { start, end } of leaves.filter(isLinear)) {
    for (const binding of [start, end]) {
      const target = binding && board.shape(binding.id)
      if (target) shapes.set(target.id, target)
    }
  }
  return shapes
}
