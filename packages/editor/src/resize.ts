/**
 * The arithmetic of resizing: how a frame is stretched, and what that makes of each shape in it.
 *
 * Pure. A shape turned against the frame is not sheared: its box takes the stretch along its own axes.
 */
import type { InkPoint, Shape, ShapeLookup, TextMeasurer, TurnedBox } from '@kolam/board'
import { angleOfMatrix, boxCentre, rotate, type Matrix, type Vec } from '@kolam/geometry'
import { handleFraction, type ResizeHandle } from './frame.ts'
import { FONT_SIZE_MAX, FONT_SIZE_MIN } from './limits.ts'
import {
  isLinear,
  ownBoxOf,
  pageBoxOf,
  pagePointsOf,
  parentTransform,
  placeBox,
  placePoints,
  plainAngle,
  type PageBox,
} from './placing.ts'
import type { DraftPatch } from './stage.ts'
import { keepAnchor } from './text-fit.ts'

/** How a frame is stretched about a fixed point; below 0 it is turned inside out. */
export interface Stretch {
  readonly frame: TurnedBox
  /** On the page, in the frame's own upright directions. */
  readonly anchor: Vec
  readonly sx: number
  readonly sy: number
}

export interface StretchOptions {
  readonly aspect: boolean
  readonly centred: boolean
}

/** The stretch that brings the handle to `to`. */
export function stretchTo(
  frame: TurnedBox,
  handle: ResizeHandle,
  { to, aspect, centred }: StretchOptions & { readonly to: Vec },
): Stretch {
  const { box, angle } = frame
  const centre = boxCentre(box)
  const grip = handleFraction(handle)
  const at = { x: box.x + box.w * grip.x, y: box.y + box.h * grip.y }
  const opposite = { x: box.x + box.w * (1 - grip.x), y: box.y + box.h * (1 - grip.y) }
  const anchor = centred ? centre : opposite
  const upright = rotate(to, -angle, centre)
  const sx = grip.x === 0.5 ? 1 : ratio(upright.x - anchor.x, at.x - anchor.x)
  const sy = grip.y === 0.5 ? 1 : ratio(upright.y - anchor.y, at.y - anchor.y)
  return { frame, anchor, ...(aspect ? evenly(sx, sy, grip) : { sx, sy }) }
}

/** Props of a shape after its frame was stretched. */
export function stretched(
  lookup: ShapeLookup,
  shape: Shape,
  { stretch, measurer }: { stretch: Stretch; measurer: TextMeasurer },
): DraftPatch {
  const parent = parentTransform(lookup, shape)
  if (isLinear(shape)) {
    const points = pagePointsOf(lookup, shape).map((point) => stretchPoint(stretch, point))
    return placePoints(shape.at[0], parent, points)
  }
  const before = pageBoxOf(lookup, shape)
  const box = stretchBox(stretch, before)
  if (shape.kind === 'text') return stretchedText(shape, { stretch, parent, box, measurer })
  return { ...placeBox(shape.at[0], parent, box), ...stretchedInside(shape, box, stretch) }
}

/** The handles in the middle of a text's sides set where it wraps. */
export function wrappedText(
  shape: Shape,
  { stretch, measurer }: { stretch: Stretch; measurer: TextMeasurer },
): DraftPatch {
  const w = Math.max(shape.fontSize, Math.abs(shape.w * stretch.sx))
  const h = measurer.measure(shape.text, shape, w).h
  const centre = boxCentre(stretch.frame.box)
  const side = stretch.anchor.x < centre.x ? 0 : stretch.anchor.x > centre.x ? 1 : 0.5
  return { at: keepAnchor(shape, { w, h }, { x: side, y: 0 }), w, h, autoSize: false }
}

/** Of a shape whose handles keep its proportions unless shift is held. */
export function keepsAspect(shape: Shape): boolean {
  return shape.kind === 'image' || shape.kind === 'draw' || shape.kind === 'text'
}

function ratio(part: number, whole: number): number {
  return Math.abs(whole) < 1e-9 ? 1 : part / whole
}

function evenly(sx: number, sy: number, grip: Vec): { sx: number; sy: number } {
  if (grip.x === 0.5) return { sx: Math.abs(sy), sy }
  if (grip.y === 0.5) return { sx, sy: Math.abs(sx) }
  const size = Math.max(Math.abs(sx), Math.abs(sy))
  return { sx: sx < 0 ? -size : size, sy: sy < 0 ? -size : size }
}

function stretchPoint({ frame, anchor, sx, sy }: Stretch, point: Vec): Vec {
  const centre = boxCentre(frame.box)
  const upright = rotate(point, -frame.angle, centre)
  const moved = {
    x: anchor.x + (upright.x - anchor.x) * sx,
    y: anchor.y + (upright.y - anchor.y) * sy,
  }
  return rotate(moved, frame.angle, centre)
}

function stretchBox(stretch: Stretch, box: PageBox): PageBox {
  const { frame, sx, sy } = stretch
  const turn = box.angle - frame.angle
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const mirrored = sx * sy < 0
  return {
    centre: stretchPoint(stretch, box.centre),
    w: box.w * Math.hypot(sx * cos, sy * sin),
    h: box.h * Math.hypot(sx * sin, sy * cos),
    angle: plainAngle(frame.angle + (mirrored ? -turn : turn)),
  }
}

/** What changes within the box: a picture is mirrored, a stroke's points are scaled. */
function stretchedInside(shape: Shape, box: PageBox, { sx, sy }: Stretch): DraftPatch {
  if (shape.kind === 'image') {
    return { flipX: shape.flipX !== sx < 0, flipY: shape.flipY !== sy < 0 }
  }
  if (shape.kind !== 'draw') return {}
  return { ink: scaledInk(shape, { box, flipX: sx < 0, flipY: sy < 0 }) }
}

function scaledInk(
  shape: Shape,
  { box, flipX, flipY }: { box: PageBox; flipX: boolean; flipY: boolean },
): InkPoint[] {
  const own = ownBoxOf(shape)
  const fx = ratio(box.w, own.w)
  const fy = ratio(box.h, own.h)
  return shape.ink.map(([x, y, pressure]) => {
    const [px, py] = [(x - own.x) * fx, (y - own.y) * fy]
    return [flipX ? box.w - px : px, flipY ? box.h - py : py, pressure]
  })
}

/** Text keeps its proportions and its reading direction: the type grows. */
function stretchedText(
  shape: Shape,
  parts: { stretch: Stretch; parent: Matrix; box: PageBox; measurer: TextMeasurer },
): DraftPatch {
  const { stretch, parent, box, measurer } = parts
  const factor = Math.sqrt(Math.abs(stretch.sx * stretch.sy))
  const fontSize = Math.min(FONT_SIZE_MAX, Math.max(FONT_SIZE_MIN, shape.fontSize * factor))
  const wrapAt = shape.autoSize ? null : (shape.w * fontSize) / shape.fontSize
  const { w, h } = measurer.measure(shape.text, { ...shape, fontSize }, wrapAt)
  const size = { w: wrapAt ?? Math.max(1, w), h }
  const angle = angleOfMatrix(parent) + shape.angle
  const centre = uprightCentre(stretch, { centre: box.centre, angle, size })
  return { ...placeBox(shape.at[0], parent, { ...size, centre, angle }), fontSize }
}

/** The centre that keeps the corner at the anchor there, whatever the measured size is. */
function uprightCentre(
  { frame, anchor, sx, sy }: Stretch,
  { centre, angle, size }: { centre: Vec; angle: number; size: { w: number; h: number } },
): Vec {
  const middle = boxCentre(frame.box)
  const alone = plainAngle(angle - frame.angle) === 0
  if (!alone) return centre
  const x = beside(anchor.x, middle.x, sx < 0 ? -size.w / 2 : size.w / 2)
  const y = beside(anchor.y, middle.y, sy < 0 ? -size.h / 2 : size.h / 2)
  return rotate({ x, y }, frame.angle, middle)
}

/** The middle of what stands at `anchor` and reaches away from it, as its frame did. */
function beside(anchor: number, middle: number, half: number): number {
  if (anchor === middle) return middle
  return anchor < middle ? anchor + half : anchor - half
}
