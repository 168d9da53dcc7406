/**
 * Paints shapes in the order given: transforms, clips of frames, opacity. Chooses no shapes.
 */
import type { Shape, ShapeId, ShapeLookup } from '@kolam/board'
import { applyMatrixToBox, expandBox, multiply, unionBoxes } from '@kolam/geometry'
import type { Box, Matrix } from '@kolam/geometry'
import { inherited } from './ancestry.ts'
import type { Ancestry } from './ancestry.ts'
import { isCoarse } from './coarse.ts'
import type { Drawable } from './draw-item.ts'
import type { Drawables } from './drawables.ts'
import { isSpeck, isUnderWay, showsText, speckStrength } from './level-of-detail.ts'
import { paintItem, paintSpeck } from './paint-item.ts'
import type { Brush } from './paint-item.ts'
import { paintMargin } from './paint-margin.ts'
import { pathBounds } from './path.ts'
import { intersectRects } from './rects.ts'
import type { Scratch } from './scratch.ts'
import { localBox } from './shape-path.ts'

/** Everything but the shapes themselves. */
export interface PaintJob extends Brush {
  /** Page space to the context's pixels. */
  readonly device: Matrix
  /** Device pixels that will be seen; nothing needs painting outside. */
  readonly within: Box
  readonly lookup: ShapeLookup
  readonly drawables: Drawables
  readonly scratch: Scratch
  /** The shape whose text is not painted. */
  readonly editing: ShapeId | null
  /** Shapes about to be erased. */
  readonly erasing: ReadonlySet<ShapeId>
}

/** What is about to be erased is painted this strong. */
export const ERASING_OPACITY = 0.25

/** Paints shapes; an order with children right after their parents needs the fewest clips. */
export function paintShapes(job: PaintJob, shapes: Iterable<Shape>): void {
  const { context } = job
  let [parent, ancestry] = ['', inherited(null, job.lookup)]
  let clips: readonly Shape[] = []
  for (const shape of shapes) {
    if (shape.at[0] !== parent) [parent, ancestry] = [shape.at[0], inherited(shape, job.lookup)]
    if (ancestry.frames !== clips) clips = changeClips(job, clips, ancestry.frames)
    const matrix = multiply(job.device, job.lookup.pageTransform(shape.id))
    paintShape(job, shape, { matrix, opacity: opacityOf(job, shape, ancestry) })
  }
  for (const _ of clips) context.restore()
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalAlpha = 1
}

function opacityOf({ erasing }: PaintJob, shape: Shape, ancestry: Ancestry): number {
  const isErasing =
    erasing.size > 0 && (erasing.has(shape.id) || ancestry.ids.some((id) => erasing.has(id)))
  return shape.opacity * ancestry.opacity * (isErasing ? ERASING_OPACITY : 1)
}

/** Leaves the clips that no longer hold and enters those that now do; returns the new ones. */
function changeClips(
  job: PaintJob,
  from: readonly Shape[],
  to: readonly Shape[],
): readonly Shape[] {
  const { context, device, lookup } = job
  let common = 0
  while (common < from.length && from[common] === to[common]) common++
  for (let i = common; i < from.length; i++) context.restore()
  for (const frame of to.slice(common)) {
    context.save()
    setMatrix(context, multiply(device, lookup.pageTransform(frame.id)))
    context.beginPath()
    context.rect(0, 0, frame.w, frame.h)
    context.clip()
  }
  return to
}

interface Place {
  readonly matrix: Matrix
  readonly opacity: number
}

function paintShape(job: PaintJob, shape: Shape, { matrix, opacity }: Place): void {
  if (shape.kind === 'group' || opacity <= 0) return
  const { context, lookup } = job
  const detail = isCoarse(shape, job.zoom) ? 'coarse' : 'fine'
  const drawable = job.drawables.get(shape, lookup, detail)
  const isLayered = detail === 'fine' && drawable.items.length + (drawable.label ? 1 : 0) > 1
  if (opacity < 1 && isLayered && paintOnce(job, shape, { matrix, opacity })) return
  setMatrix(context, matrix)
  context.globalAlpha = opacity
  paintDrawable(job, shape, drawable)
}

function paintDrawable(job: PaintJob, shape: Shape, drawable: Drawable): void {
  if (isSpeckShape(shape, job.zoom)) {
    return paintSpeck(job, localBox(shape), {
      color: drawable.speck,
      strength: speckStrength(shape),
    })
  }
  const { context } = job
  const label = shape.id === job.editing ? null : drawable.label
  const isGapped =
    drawable.gap && drawable.label && showsText(drawable.label.style.fontSize, job.zoom)
  if (isGapped && drawable.gap) {
    context.save()
    clipOut(context, drawable.gap, pathBounds(drawable.outline))
  }
  for (const item of drawable.items) paintItem(job, item)
  if (isGapped) context.restore()
  if (label) paintItem(job, label)
}

/** Everything but `hole` may be painted; `reach` is what is about to be. */
function clipOut(context: CanvasRenderingContext2D, hole: Box, reach: Box): void {
  const around = expandBox(unionBoxes([hole, reach]) ?? hole, 200)
  context.beginPath()
  context.rect(around.x, around.y, around.w, around.h)
  context.rect(hole.x, hole.y, hole.w, hole.h)
  context.clip('evenodd')
}

/** Paints in full on the side and puts it down with the opacity; false if that cannot be. */
function paintOnce(job: PaintJob, shape: Shape, { matrix, opacity }: Place): boolean {
  const drawable = job.drawables.get(shape, job.lookup)
  const local = expandBox(reachOf(drawable), paintMargin(shape))
  const rect = intersectRects(wholePixels(applyMatrixToBox(matrix, local)), job.within)
  if (!rect) return true
  const side = job.scratch.borrow(rect.w, rect.h)
  if (!side) return false
  setMatrix(side, multiply([1, 0, 0, 1, -rect.x, -rect.y], matrix))
  side.globalAlpha = 1
  paintDrawable({ ...job, context: side }, shape, drawable)
  const { context } = job
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalAlpha = opacity
  const { x, y, w, h } = rect
  context.drawImage(side.canvas, 0, 0, w, h, x, y, w, h)
  return true
}

function reachOf({ outline, label }: Drawable): Box {
  const bounds = pathBounds(outline)
  return label ? (unionBoxes([bounds, label.box]) ?? bounds) : bounds
}

function wholePixels({ x, y, w, h }: Box): Box {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  return { x: left, y: top, w: Math.ceil(x + w) - left, h: Math.ceil(y + h) - top }
}

/** Lines are thin however small; an arrow's size says nothing of where it is bound. */
function isSpeckShape(shape: Shape, zoom: number): boolean {
  const isSized = shape.kind !== 'line' && shape.kind !== 'arrow' && !isUnderWay(shape)
  return isSized && isSpeck(shape, zoom)
}

function setMatrix(context: CanvasRenderingContext2D, [a, b, c, d, e, f]: Matrix): void {
  context.setTransform(a, b, c, d, e, f)
}
