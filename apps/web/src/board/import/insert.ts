/** New shapes as one step to undo, and where they go. */
import type { Board, NewShape, ShapeId } from '@kolam/board'
import type { Editor } from '@kolam/editor'
import { toPage, type Vec } from '@kolam/geometry'

/** Puts the shapes on the board in an undo step of their own; the outermost groups of what came. */
export function insertAsOneStep(board: Board, shapes: readonly NewShape[]): ShapeId[] {
  board.undo.mark()
  const ids = board.insert(shapes)
  board.undo.mark()
  return [...new Set(ids.map((id) => board.rootOf(id)))]
}

/** The middle of the view on the page. */
export function viewCentre({ camera, viewport }: Editor): Vec {
  return toPage(camera, { x: viewport.w / 2, y: viewport.h / 2 })
}
