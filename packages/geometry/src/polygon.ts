/** Closed outlines given by their corners; the last corner joins the first without being repeated. */
import { boxCentre, boxContainsPoint, boxCorners, type Box } from './box.ts'
import { crossings, distanceToPolyline, polylineIntersectsBox } from './segment.ts'
import { type Vec } from './vec.ts'

/** The corners with the first repeated at the end, so that the outline can be walked as a line. */
export function closeOutline(polygon: readonly Vec[]): readonly Vec[] {
  const first = polygon[0]
  return first === undefined ? polygon : [...polygon, first]
}

/** Whether `point` is inside, by the even-odd rule; a point exactly on an edge may go either way. */
export function pointInPolygon(point: Vec, polygon: readonly Vec[]): boolean {
  let inside = false
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i]!
    const b = polygon[j]!
    if (a.y > point.y === b.y > point.y) continue
    if (point.x < a.x + ((point.y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside
  }
  return inside
}

/** How far `point` is from the outline, from inside or outside. */
export function distanceToPolygon(point: Vec, polygon: readonly Vec[]): number {
  return distanceToPolyline(point, closeOutline(polygon))
}

/** Where the segment a–b crosses the outline, nearest to `a` first. */
export function polygonCrossings(a: Vec, b: Vec, polygon: readonly Vec[]): Vec[] {
  return crossings(a, b, closeOutline(polygon))
}

/** Whether the filled polygon and the filled box share at least a point. */
export function polygonIntersectsBox(polygon: readonly Vec[], box: Box): boolean {
  if (polylineIntersectsBox(closeOutline(polygon), box)) return true
  return pointInPolygon(boxCentre(box), polygon)
}

/** Whether every corner lies in `box`, edges included. */
export function polygonInBox(polygon: readonly Vec[], box: Box): boolean {
  return polygon.length > 0 && polygon.every((corner) => boxContainsPoint(box, corner))
}

/** `count` points of the ellipse that fills `box`, clockwise on screen from the rightmost one. */
export function ellipsePoints(box: Box, count: number): Vec[] {
  const centre = boxCentre(box)
  return Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * 2 * Math.PI
    return {
      x: centre.x + (box.w / 2) * Math.cos(angle),
      y: centre.y + (box.h / 2) * Math.sin(angle),
    }
  })
}

/** The diamond that fills `box`: top, right, bottom, left. */
export function diamondPoints(box: Box): [Vec, Vec, Vec, Vec] {
  const { x, y } = boxCentre(box)
  return [
    { x, y: box.y },
    { x: box.x + box.w, y },
    { x, y: box.y + box.h },
    { x: box.x, y },
  ]
}

/** The corners of `box`, as a polygon. */
export function rectanglePoints(box: Box): Vec[] {
  return boxCorners(box)
}
