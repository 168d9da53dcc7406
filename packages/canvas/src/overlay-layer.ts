/**
 * The upper canvas: drafts, then outlines, frame, handles and the rest of what hands are doing.
 *
 * Painted anew in full each time: there is little on it.
 */
import { withDrafts } from '@kolam/board'
import type { Board, Overlay, Shape, ShapeId, ShapeLookup } from '@kolam/board'
import { applyMatrixToBox, boxesIntersect, expandBox } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import { paintLook } from './overlay-look.ts'
import { NAME_ROOM, paintMargin } from './paint-margin.ts'
import { paintShapes } from './paint-shapes.ts'
import type { Ranks } from './ranks.ts'
import type { LayerJob } from './scene-layer.ts'
import { shapeBox } from './shape-box.ts'
import { deviceSize, toPageBox } from './view.ts'
import type { View } from './view.ts'

/** What the overlay canvas shows: the editor's overlay and everything that moves with its drafts. */
export interface OverlayState {
  readonly overlay: Overlay
  /** Drafts, what is inside them, and the arrows bound to either. */
  readonly moving: ReadonlySet<ShapeId>
}

/** Paints the overlay. */
export class OverlayLayer {
  readonly #context: CanvasRenderingContext2D
  readonly #board: Board
  readonly #ranks: Ranks

  constructor(context: CanvasRenderingContext2D, board: Board, ranks: Ranks) {
    this.#context = context
    this.#board = board
    this.#ranks = ranks
  }

  /** Wipes the canvas and paints the state. */
  paint(job: LayerJob, { overlay, moving }: OverlayState): void {
    const context = this.#context
    const within = deviceSize(job.view)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, within.w, within.h)
    const lookup = overlay.drafts.size > 0 ? withDrafts(this.#board, overlay.drafts) : this.#board
    const { erasing, editing } = overlay
    const brush = { ...job, context, lookup, within, zoom: job.view.camera.zoom }
    const shapes = this.#visible(moving, { lookup, view: job.view })
    paintShapes({ ...brush, erasing, editing }, shapes)
    paintLook({ ...brush, board: this.#board }, overlay)
  }

  #visible(
    moving: Iterable<ShapeId>,
    { lookup, view }: { lookup: ShapeLookup; view: View },
  ): Shape[] {
    const seen = toPageBox(view, deviceSize(view), NAME_ROOM / view.camera.zoom)
    return this.#ranks
      .sort(moving)
      .map((id) => lookup.shape(id))
      .filter((shape) => shape !== undefined)
      .filter((shape) => isSeen(shape, { lookup, seen }))
  }
}

/** Bound arrows go where their shapes are: they are always painted. */
function isSeen(shape: Shape, { lookup, seen }: { lookup: ShapeLookup; seen: Box }): boolean {
  if (shape.start || shape.end) return true
  const box = expandBox(shapeBox(shape), paintMargin(shape))
  return boxesIntersect(applyMatrixToBox(lookup.pageTransform(shape.id), box), seen)
}
