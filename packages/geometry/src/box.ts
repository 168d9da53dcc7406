/** Upright boxes: `w` and `h` are never negative, and a box may have no width or height at all. */
import { rotate, type Vec } from './vec.ts'

/** An upright box from its top-left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** A size without a place. */
export interface Size {
  readonly w: number
  readonly h: number
}

/** The box between two opposite corners, in any order. */
export function boxBetween(a: Vec, b: Vec): Box {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    w: Math.abs(a.x - b.x),
    h: Math.abs(a.y - b.y),
  }
}

/** The smallest box around `points`; none gives an empty box at the origin. */
export function boxFromPoints(points: Iterable<Vec>): Box {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const { x, y } of points) {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  if (minX > maxX) return { x: 0, y: 0, w: 0, h: 0 }
  return { x: minX, y: minY, w: maxX - minX, h: maxY - minY }
}

/** The smallest box around all `boxes`; null when there are none. */
export function unionBoxes(boxes: Iterable<Box>): Box | null {
  let union: Box | null = null
  for (const box of boxes) union = union === null ? box : unionOfTwo(union, box)
  return union
}

/** What both boxes cover; null when they do not even touch. */
export function intersectBoxes(a: Box, b: Box): Box | null {
  if (!boxesIntersect(a, b)) return null
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const right = Math.min(a.x + a.w, b.x + b.w)
  const bottom = Math.min(a.y + a.h, b.y + b.h)
  return { x, y, w: Math.max(0, right - x), h: Math.max(0, bottom - y) }
}

/** Whether `inner` lies wholly in `outer`; touching edges from inside counts. */
export function boxContains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  )
}

/** Whether `point` lies in `box`, edges included. */
export function boxContainsPoint(box: Box, point: Vec): boolean {
  return (
    point.x >= box.x && point.y >= box.y && point.x <= box.x + box.w && point.y <= box.y + box.h
  )
}

/** Whether the boxes share at least a point; touching edges count. */
export function boxesIntersect(a: Box, b: Box): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h
}

/** `box` grown by `margin` on every side; a negative margin shrinks it to its centre at most. */
export function expandBox(box: Box, margin: number): Box {
  const dx = Math.max(margin, -box.w / 2)
  const dy = Math.max(margin, -box.h / 2)
  return { x: box.x - dx, y: box.y - dy, w: box.w + 2 * dx, h: box.h + 2 * dy }
}

/** `box` moved by `by`. */
export function moveBox(box: Box, by: Vec): Box {
  return { x: box.x + by.x, y: box.y + by.y, w: box.w, h: box.h }
}

/** The middle of `box`. */
export function boxCentre(box: Box): Vec {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 }
}

/** The corners of `box`: top-left, top-right, bottom-right, bottom-left. */
export function boxCorners(box: Box): [Vec, Vec, Vec, Vec] {
  const right = box.x + box.w
  const bottom = box.y + box.h
  return [
    { x: box.x, y: box.y },
    { x: right, y: box.y },
    { x: right, y: bottom },
    { x: box.x, y: bottom },
  ]
}

/** The corners of `box` turned by `angle` about its centre, in the order of `boxCorners`. */
export function turnedCorners(box: Box, angle: number): [Vec, Vec, Vec, Vec] {
  const centre = boxCentre(box)
  const [a, b, c, d] = boxCorners(box)
  return [
    rotate(a, angle, centre),
    rotate(b, angle, centre),
    rotate(c, angle, centre),
    rotate(d, angle, centre),
  ]
}

/** The upright box around `box` turned by `angle` about its centre. */
export function turnedBounds(box: Box, angle: number): Box {
  return angle === 0 ? box : boxFromPoints(turnedCorners(box, angle))
}

/** Whether both are the same box, exactly. */
export function sameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h
}

/** Whether all four numbers are finite. */
export function isFiniteBox(box: Box): boolean {
  return Number.isFinite(box.x + box.w) && Number.isFinite(box.y + box.h)
}

function unionOfTwo(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  const right = Math.max(a.x + a.w, b.x + b.w)
  const bottom = Math.max(a.y + a.h, b.y + b.h)
  return { x, y, w: right - x, h: bottom - y }
}
