/**
 * How selection, handles, hover, marquee and binding look. Paints, decides nothing.
 *
 * Widths are CSS pixels whatever the zoom; positions come in page space.
 */
import type { Board, Handle, Overlay, ShapeId, ShapeLookup, TurnedBox } from '@kolam/board'
import {
  applyMatrix,
  applyMatrixToBox,
  invert,
  multiply,
  turnedCorners,
  unionBoxes,
} from '@kolam/geometry'
import type { Box, Vec } from '@kolam/geometry'
import type { Drawables } from './drawables.ts'
import { rectanglePath } from './path.ts'
import type { Path } from './path.ts'
import { shapeBox } from './shape-box.ts'
import { ACCENT, HANDLE_FILL } from './theme.ts'
import type { Theme } from './theme.ts'
import { strokePath, tracePath } from './trace-path.ts'
import { deviceMatrix } from './view.ts'
import type { View } from './view.ts'

/** Side of a square handle, CSS pixels. */
const HANDLE = 8

/** Outlines of more shapes than this would only be a thicket. */
const OUTLINES_MAX = 300

/** What the look is painted with. */
export interface LookJob {
  readonly context: CanvasRenderingContext2D
  readonly view: View
  readonly theme: Theme
  readonly board: Board
  readonly lookup: ShapeLookup
  readonly drawables: Drawables
}

/** Paints everything of the overlay but the drafts. */
export function paintLook(job: LookJob, overlay: Overlay): void {
  const { hovered, bindTarget, selected, frame, marquee, handles } = overlay
  const isAlone = selected.length === 1 && frame !== null
  if (bindTarget !== null) paintGlow(job, bindTarget)
  if (hovered !== null && !selected.includes(hovered))
    outline(job, hovered, { width: 1.5, alpha: 0.9 })
  if (!isAlone && selected.length <= OUTLINES_MAX) {
    for (const id of selected) outline(job, id, { width: 1, alpha: frame ? 0.55 : 1 })
  }
  job.context.globalAlpha = 1
  if (frame) paintFrame(job, frame)
  if (marquee) paintMarquee(job, marquee)
  for (const handle of handles) paintHandle(job, handle, frame?.angle ?? 0)
}

function paintGlow(job: LookJob, id: ShapeId): void {
  outline(job, id, { width: 9, alpha: 0.14 })
  outline(job, id, { width: 5, alpha: 0.22 })
  outline(job, id, { width: 1.5, alpha: 1 })
}

/** Traces the true outline of a shape. */
function outline(
  job: LookJob,
  id: ShapeId,
  { width, alpha }: { width: number; alpha: number },
): void {
  const { context, view, lookup, theme } = job
  const shape = lookup.shape(id)
  if (!shape) return
  const path: Path =
    shape.kind === 'group' ? groupOutline(job, id) : job.drawables.get(shape, lookup).outline
  const matrix = multiply(deviceMatrix(view), lookup.pageTransform(id))
  context.setTransform(...matrix)
  context.strokeStyle = ACCENT[theme]
  context.globalAlpha = alpha
  context.lineWidth = width / view.camera.zoom
  context.lineCap = context.lineJoin = 'round'
  strokePath(context, path)
}

/** A group is where its members are; its own space is where they are measured. */
function groupOutline({ board, lookup }: LookJob, id: ShapeId): Path {
  const inverse = invert(lookup.pageTransform(id))
  const boxes = board.descendants(id).flatMap((member): Box[] => {
    const shape = lookup.shape(member)
    if (!shape || shape.kind === 'group') return []
    return [applyMatrixToBox(multiply(inverse, lookup.pageTransform(member)), shapeBox(shape))]
  })
  const box = unionBoxes(boxes)
  return box ? rectanglePath(box) : []
}

function paintFrame(job: LookJob, { box, angle }: TurnedBox): void {
  const { context, view, theme } = job
  const corners = turnedCorners(box, angle).map((corner) => toDevice(view, corner))
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.strokeStyle = ACCENT[theme]
  context.lineWidth = Math.max(1, Math.round(view.dpr))
  context.lineJoin = 'miter'
  const points = angle === 0 ? corners.map((corner) => crisp(corner, context.lineWidth)) : corners
  context.beginPath()
  points.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  context.closePath()
  context.stroke()
}

function paintMarquee({ context, view, theme }: LookJob, box: Box): void {
  const { x, y, w, h } = applyMatrixToBox(deviceMatrix(view), box)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = context.strokeStyle = ACCENT[theme]
  context.globalAlpha = 0.08
  context.fillRect(x, y, w, h)
  context.globalAlpha = 0.8
  context.lineWidth = Math.max(1, Math.round(view.dpr))
  const corner = crisp({ x, y }, context.lineWidth)
  context.strokeRect(corner.x, corner.y, Math.round(w), Math.round(h))
  context.globalAlpha = 1
}

/** Corners and sides are squares turned with the frame; points and the rotate handle are round. */
function paintHandle({ context, view, theme }: LookJob, { name, at }: Handle, angle: number): void {
  const { x, y } = toDevice(view, at)
  const side = HANDLE * view.dpr
  const isRound = name === 'rotate' || name.startsWith('point:')
  const path = rectanglePath(
    { x: -side / 2, y: -side / 2, w: side, h: side },
    isRound ? side / 2 : 1.5 * view.dpr,
  )
  context.setTransform(1, 0, 0, 1, x, y)
  context.rotate(isRound ? 0 : angle)
  context.beginPath()
  tracePath(context, path)
  context.fillStyle = HANDLE_FILL[theme]
  context.strokeStyle = ACCENT[theme]
  context.lineWidth = 1.25 * view.dpr
  context.fill()
  context.stroke()
}

function toDevice(view: View, at: Vec): Vec {
  return applyMatrix(deviceMatrix(view), at)
}

/** Where a line of this width fills whole pixels. */
function crisp({ x, y }: Vec, width: number): Vec {
  const shift = (width % 2) / 2
  return { x: Math.round(x - shift) + shift, y: Math.round(y - shift) + shift }
}
