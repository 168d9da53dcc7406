/**
 * The upper canvas: drafts, then outlines, frame, handles and the rest of what hands are doing.
 *
 * Painted anew in full each time: there is little on it.
 */
import { withDrafts } from '@kolam/board'
import type { Board, Overlay, Shape, ShapeId, ShapeLookup } from '@kolam/board'
import { applyMatrixToBox, boxesIntersect, expandBox } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import type { LiveInk } from './live-ink.ts'
import { paintLook } from './overlay-look.ts'
import { NAME_ROOM, paintMargin } from './paint-margin.ts'
import { paintShapes } from './paint-shapes.ts'
import type { Ranks } from './ranks.ts'
import type { LayerJob } from './scene-layer.ts'
import { shapeBox } from './shape-box.ts'
import { deviceMatrix, deviceSize, toPageBox } from './view.ts'

/** What the overlay canvas shows: the editor's overlay and everything that moves with its drafts. */
export interface OverlayState {
  readonly overlay: Overlay
  /** Drafts, what is inside them, and the arrows bound to either. */
  readonly moving: ReadonlySet<ShapeId>
}

/** Whether there is nothing to paint. */
export function isBareOverlay({ overlay, moving }: OverlayState): boolean {
  const { selected, frame, handles, hovered, bindTarget, marquee } = overlay
  const isMarked = frame ?? hovered ?? bindTarget ?? marquee
  return moving.size === 0 && selected.length === 0 && handles.length === 0 && isMarked === null
}

/** What an overlay layer is made of. */
export interface OverlayLayerOptions {
  readonly context: CanvasRenderingContext2D
  readonly board: Board
  readonly ranks: Ranks
  /** Paints the strokes that grow. */
  readonly liveInk: LiveInk
}

/** Paints the overlay. */
export class OverlayLayer {
  readonly #context: CanvasRenderingContext2D
  readonly #board: Board
  readonly #ranks: Ranks
  readonly #liveInk: LiveInk
  /** Nothing is on the canvas. */
  #isBare = false

  constructor({ context, board, ranks, liveInk }: OverlayLayerOptions) {
    this.#context = context
    this.#board = board
    this.#ranks = ranks
    this.#liveInk = liveInk
  }

  /** Wipes the canvas and paints the state; true when it wants to be asked again in the next frame. */
  paint(job: LayerJob, { overlay, moving }: OverlayState): boolean {
    const within = deviceSize(job.view)
    const lookup = overlay.drafts.size > 0 ? withDrafts(this.#board, overlay.drafts) : this.#board
    const { erasing } = overlay
    const above = this.#ranks
      .sort(moving)
      .map((id) => lookup.shape(id))
      .filter((shape) => shape !== undefined)
    const ink = this.#liveInk.take(above, { lookup, view: job.view, erasing })
    const others = above.filter(({ id }) => !ink.has(id))
    const seen = toPageBox(job.view, within, NAME_ROOM / job.view.camera.zoom)
    const shapes = others.filter((shape) => isSeen(shape, { lookup, seen }))
    const isBare = shapes.length === 0 && isBareOverlay({ overlay, moving: NONE })
    // A stroke alone grows on sheets of its own: nothing is wiped that is bare already.
    if (!isBare || !this.#isBare) this.#paint({ ...job, lookup, within }, shapes, overlay)
    this.#isBare = isBare
    return this.#liveInk.paint(ink, job)
  }

  #paint(
    job: LayerJob & { readonly lookup: ShapeLookup; readonly within: Box },
    shapes: readonly Shape[],
    overlay: Overlay,
  ): void {
    const context = this.#context
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, job.within.w, job.within.h)
    const { erasing, editing } = overlay
    const brush = { ...job, context, zoom: job.view.camera.zoom }
    paintShapes({ ...brush, device: deviceMatrix(job.view), erasing, editing }, shapes)
    paintLook({ ...brush, board: this.#board }, overlay)
  }
}

const NONE: ReadonlySet<ShapeId> = new Set()

/** Bound arrows go where their shapes are: they are always painted. */
function isSeen(shape: Shape, { lookup, seen }: { lookup: ShapeLookup; seen: Box }): boolean {
  if (shape.start || shape.end) return true
  const box = expandBox(shapeBox(shape), paintMargin(shape))
  return boxesIntersect(applyMatrixToBox(lookup.pageTransform(shape.id), box), seen)
}
