/** New shapes as one step to undo. */
import type { Board, NewShape, ShapeId } from '@kolam/board'

/** Puts the shapes on the board in an undo step of their own; the outermost groups of what came. */
export function insertAsOneStep(board: Board, shapes: readonly NewShape[]): ShapeId[] {
  board.undo.mark()
  const ids = board.insert(shapes)
  board.undo.mark()
  return [...new Set(ids.map((id) => board.rootOf(id)))]
}
