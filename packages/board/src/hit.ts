/**
 * What a point, a box or a stroke of the eraser meets.
 *
 * One rule for all: a shape is *solid* where something of it is painted or written, *hollow* inside an
 * outline with nothing in it. All of it in the space of the shape; nothing here knows an index.
 */
import {
  applyMatrix,
  boxContainsPoint,
  boxFromPoints,
  closeOutline,
  distanceToPolyline,
  distanceToSegment,
  expandBox,
  invert,
  pointAlong,
  pointInPolygon,
  polylineIntersectsBox,
  boxCentre,
  segmentsIntersect,
  type Box,
  type Vec,
} from '@kolam/geometry'
import { isLinear, shapeOutline, type Outline } from './outline.ts'
import type { Shape } from './shape.ts'
import type { ShapeLookup } from './transforms.ts'

/** What a point meets of a shape. */
export type Hit = 'solid' | 'hollow' | 'none'

/** A frame is taken by the strip its name stands in, this many margins high. */
export const FRAME_NAME_MARGINS = 3

/** What `point` (page space) meets of `shape`; `margin` in page units forgives a near miss. */
export function hitPoint(
  shape: Shape,
  lookup: ShapeLookup,
  at: { point: Vec; margin: number },
): Hit {
  const point = applyMatrix(invert(lookup.pageTransform(shape.id)), at.point)
  const outline = shapeOutline(shape, lookup)
  const reach = at.margin + lineReach(shape)
  if (!boxContainsPoint(expandBox(boxFromPoints(outline.path), reach), point)) {
    return inWords(shape, outline, { point, margin: at.margin }) ? 'solid' : 'none'
  }
  if (distanceToPolyline(point, asLine(outline)) <= reach) return 'solid'
  if (inWords(shape, outline, { point, margin: at.margin })) return 'solid'
  if (!hasInside(shape, outline) || !pointInPolygon(point, outline.path)) return 'none'
  return isSolid(shape) ? 'solid' : 'hollow'
}

/** Whether anything of `shape` lies in `box` (page space); the empty inside of a hollow shape does not count. */
export function hitBox(shape: Shape, lookup: ShapeLookup, box: Box): boolean {
  const matrix = lookup.pageTransform(shape.id)
  const outline = shapeOutline(shape, lookup)
  const path = outline.path.map((point) => applyMatrix(matrix, point))
  if (polylineIntersectsBox(asLine({ ...outline, path }), box)) return true
  return hasInside(shape, outline) && isSolid(shape) && pointInPolygon(boxCentre(box), path)
}

/** Whether the segment a–b (page space) comes within `margin` of anything of `shape`. */
export function hitSegment(
  shape: Shape,
  lookup: ShapeLookup,
  segment: { a: Vec; b: Vec; margin: number },
): boolean {
  const inverse = invert(lookup.pageTransform(shape.id))
  const [a, b] = [applyMatrix(inverse, segment.a), applyMatrix(inverse, segment.b)]
  const outline = shapeOutline(shape, lookup)
  const line = asLine(outline)
  const reach = segment.margin + lineReach(shape)
  if (distanceToPolyline(a, line) <= reach || distanceToPolyline(b, line) <= reach) return true
  if (line.some((point) => distanceToSegment(point, a, b) <= reach)) return true
  if (line.some((point, i) => i > 0 && segmentsIntersect(a, b, line[i - 1]!, point))) return true
  return hasInside(shape, outline) && isSolid(shape) && pointInPolygon(a, outline.path)
}

/** How far the painted line reaches out of the outline. */
function lineReach(shape: Shape): number {
  return shape.stroke === 'none' && shape.kind !== 'draw' ? 0 : shape.strokeWidth / 2
}

function asLine({ path, closed }: Outline): readonly Vec[] {
  return closed ? closeOutline(path) : path
}

/** Whether the outline goes around something. */
function hasInside(shape: Shape, { path, closed }: Outline): boolean {
  return path.length > 2 && (closed || (shape.kind === 'draw' && shape.fill !== 'none'))
}

/** Whether its inside is painted; a frame is a window, whatever its colour. */
function isSolid({ kind, fill }: Shape): boolean {
  if (kind === 'text' || kind === 'image' || kind === 'foreign') return true
  return kind !== 'frame' && fill !== 'none'
}

/** Whether `point` (shape space) is on the label, whose size is guessed: this package measures no text. */
function inWords(shape: Shape, outline: Outline, at: { point: Vec; margin: number }): boolean {
  if (shape.kind === 'frame') return boxContainsPoint(frameNameBox(shape, at.margin), at.point)
  if (shape.text === '' || shape.kind === 'text') return false
  return boxContainsPoint(expandBox(labelBox(shape, outline), at.margin), at.point)
}

function frameNameBox({ w, text, fontSize }: Shape, margin: number): Box {
  const h = FRAME_NAME_MARGINS * margin
  return { x: 0, y: -h, w: Math.min(w, Math.max(text.length, 5) * fontSize), h }
}

/** A letter is about this share of its height wide. */
const LETTER_WIDTH = 0.55

/** About where the label is: at the middle of a line, aligned in the box of anything else. */
function labelBox(shape: Shape, outline: Outline): Box {
  const lines = shape.text.split('\n')
  const longest = Math.max(...lines.map((line) => line.length))
  const w = longest * shape.fontSize * LETTER_WIDTH
  const h = lines.length * shape.fontSize * shape.lineHeight
  if (isLinear(shape)) {
    const middle = pointAlong(outline.path, 0.5) ?? { x: 0, y: 0 }
    return { x: middle.x - w / 2, y: middle.y - h / 2, w, h }
  }
  const size = { w: Math.min(w, shape.w), h: Math.min(h, shape.h) }
  const x = { left: 0, center: (shape.w - size.w) / 2, right: shape.w - size.w }[shape.textAlign]
  const y = { top: 0, middle: (shape.h - size.h) / 2, bottom: shape.h - size.h }[
    shape.verticalAlign
  ]
  return { x, y, ...size }
}
