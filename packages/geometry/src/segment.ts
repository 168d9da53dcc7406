/** Straight segments and the open lines made of them: distances, crossings, places along. */
import { boxContainsPoint, boxCorners, boxesIntersect, boxBetween, type Box } from './box.ts'
import { cross, distance, dot, lerp, sub, type Vec } from './vec.ts'

/** The point of the segment from `a` to `b` that is nearest to `point`. */
export function nearestOnSegment(point: Vec, a: Vec, b: Vec): Vec {
  const along = sub(b, a)
  const squared = dot(along, along)
  if (squared === 0) return a
  const t = dot(sub(point, a), along) / squared
  return lerp(a, b, Math.max(0, Math.min(1, t)))
}

/** How far `point` is from the segment from `a` to `b`. */
export function distanceToSegment(point: Vec, a: Vec, b: Vec): number {
  // Written out, without vectors: hit tests and simplifying call this for every point there is.
  const alongX = b.x - a.x
  const alongY = b.y - a.y
  const fromX = point.x - a.x
  const fromY = point.y - a.y
  const squared = alongX * alongX + alongY * alongY
  const t = squared === 0 ? 0 : (fromX * alongX + fromY * alongY) / squared
  const clamped = t < 0 ? 0 : t > 1 ? 1 : t
  return Math.hypot(fromX - clamped * alongX, fromY - clamped * alongY)
}

/** How far `point` is from the open line through `points`; Infinity when there are none. */
export function distanceToPolyline(point: Vec, points: readonly Vec[]): number {
  const first = points[0]
  if (first === undefined) return Infinity
  let nearest = distance(point, first)
  for (let i = 1; i < points.length; i++) {
    nearest = Math.min(nearest, distanceToSegment(point, points[i - 1]!, points[i]!))
  }
  return nearest
}

/** The point of the open line through `points` that is nearest to `point`; null when there are none. */
export function nearestOnPolyline(point: Vec, points: readonly Vec[]): Vec | null {
  let nearest = points[0] ?? null
  for (let i = 1; i < points.length; i++) {
    const candidate = nearestOnSegment(point, points[i - 1]!, points[i]!)
    if (nearest === null || distance(point, candidate) < distance(point, nearest)) {
      nearest = candidate
    }
  }
  return nearest
}

/** Whether the segments a–b and c–d share at least a point; touching and overlapping count. */
export function segmentsIntersect(a: Vec, b: Vec, c: Vec, d: Vec): boolean {
  const abc = side(a, b, c)
  const abd = side(a, b, d)
  const cda = side(c, d, a)
  const cdb = side(c, d, b)
  if (abc !== abd && cda !== cdb) return true
  return (
    (abc === 0 && inSpan(a, b, c)) ||
    (abd === 0 && inSpan(a, b, d)) ||
    (cda === 0 && inSpan(c, d, a)) ||
    (cdb === 0 && inSpan(c, d, b))
  )
}

/** Where the segments a–b and c–d cross; null when they do not, or run along each other. */
export function segmentCrossing(a: Vec, b: Vec, c: Vec, d: Vec): Vec | null {
  const ab = sub(b, a)
  const cd = sub(d, c)
  const denominator = cross(ab, cd)
  if (denominator === 0) return null
  const t = cross(sub(c, a), cd) / denominator
  const u = cross(sub(c, a), ab) / denominator
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? lerp(a, b, t) : null
}

/** Where the segment a–b crosses the open line through `points`, nearest to `a` first. */
export function crossings(a: Vec, b: Vec, points: readonly Vec[]): Vec[] {
  const found: Vec[] = []
  for (let i = 1; i < points.length; i++) {
    const crossing = segmentCrossing(a, b, points[i - 1]!, points[i]!)
    if (crossing !== null) found.push(crossing)
  }
  return found.toSorted((p, q) => distance(a, p) - distance(a, q))
}

/** Whether any part of the segment a–b lies in `box`, edges included. */
export function segmentIntersectsBox(a: Vec, b: Vec, box: Box): boolean {
  if (boxContainsPoint(box, a) || boxContainsPoint(box, b)) return true
  if (!boxesIntersect(boxBetween(a, b), box)) return false
  const [p, q, r, s] = boxCorners(box)
  return segmentsIntersect(a, b, p, r) || segmentsIntersect(a, b, q, s)
}

/** Whether any part of the open line through `points` lies in `box`, edges included. */
export function polylineIntersectsBox(points: readonly Vec[], box: Box): boolean {
  const [first] = points
  if (points.length === 1 && first !== undefined) return boxContainsPoint(box, first)
  for (let i = 1; i < points.length; i++) {
    if (segmentIntersectsBox(points[i - 1]!, points[i]!, box)) return true
  }
  return false
}

/** How long the open line through `points` is. */
export function polylineLength(points: readonly Vec[]): number {
  let sum = 0
  for (let i = 1; i < points.length; i++) sum += distance(points[i - 1]!, points[i]!)
  return sum
}

/** The point `t` (0…1) of the way along the open line through `points`; null when there are none. */
export function pointAlong(points: readonly Vec[], t: number): Vec | null {
  let left = polylineLength(points) * Math.max(0, Math.min(1, t))
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!
    const b = points[i]!
    const size = distance(a, b)
    if (left <= size && size > 0) return lerp(a, b, left / size)
    left -= size
  }
  return points.at(-1) ?? null
}

function side(a: Vec, b: Vec, point: Vec): number {
  return Math.sign(cross(sub(b, a), sub(point, a)))
}

/** Whether `point`, known to be on the line through a and b, is between them. */
function inSpan(a: Vec, b: Vec, point: Vec): boolean {
  return boxContainsPoint(boxBetween(a, b), point)
}
