/**
 * Smooth lines as cubic segments: through points, or along straight edges with rounded corners.
 *
 * Every maker gives the same thing, a list of `Cubic`, so that drawing and hit testing share it.
 */
import { distance, lerp, type Vec } from './vec.ts'

/** One cubic Bézier segment. */
export interface Cubic {
  readonly from: Vec
  readonly control1: Vec
  readonly control2: Vec
  readonly to: Vec
}

/** Whether the last point leads back to the first. */
export interface PathOptions {
  readonly closed?: boolean
}

/** The smooth curve through all `points`, in order (Catmull-Rom); fewer than two points give none. */
export function curveThrough(points: readonly Vec[], options: PathOptions = {}): Cubic[] {
  const closed = options.closed === true && points.length > 2
  if (points.length < 2) return []
  const count = closed ? points.length : points.length - 1
  const at = closed
    ? (i: number) => points[(i + points.length) % points.length]!
    : (i: number) => points[Math.max(0, Math.min(points.length - 1, i))]!
  return Array.from({ length: count }, (_, i) =>
    segmentThrough([at(i - 1), at(i), at(i + 1), at(i + 2)]),
  )
}

/** Straight edges along `points` whose corners are cut and rounded; `radius` shrinks on short edges. */
export function roundedPath(
  points: readonly Vec[],
  options: PathOptions & { readonly radius: number },
): Cubic[] {
  const { radius, closed = false } = options
  if (points.length < 2) return []
  const corners = points.map((point, i) => {
    const [before, after] = [neighbour(points, i - 1, closed), neighbour(points, i + 1, closed)]
    if (before === undefined || after === undefined) return { point, enter: point, leave: point }
    return { point, enter: towards(point, before, radius), leave: towards(point, after, radius) }
  })
  return closed ? closedPath(corners) : openPath(corners)
}

/** The point `t` (0…1) of the way through a cubic segment. */
export function pointOnCubic(cubic: Cubic, t: number): Vec {
  const { from, control1, control2, to } = cubic
  const u = 1 - t
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
  return {
    x: a * from.x + b * control1.x + c * control2.x + d * to.x,
    y: a * from.y + b * control1.y + c * control2.y + d * to.y,
  }
}

/** The points of `curve`, `steps` (default 12) to a segment; starts and ends exactly where it does. */
export function flattenCurve(curve: readonly Cubic[], steps = 12): Vec[] {
  const first = curve[0]
  if (first === undefined) return []
  const points = [first.from]
  for (const cubic of curve) {
    for (let i = 1; i < steps; i++) points.push(pointOnCubic(cubic, i / steps))
    points.push(cubic.to)
  }
  return points
}

interface Corner {
  readonly point: Vec
  readonly enter: Vec
  readonly leave: Vec
}

function segmentThrough([before, from, to, after]: readonly [Vec, Vec, Vec, Vec]): Cubic {
  return {
    from,
    control1: { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 },
    control2: { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 },
    to,
  }
}

function neighbour(points: readonly Vec[], i: number, closed: boolean): Vec | undefined {
  return closed ? points[(i + points.length) % points.length] : points[i]
}

/** `radius` from `from` towards `to`, half way at most. */
function towards(from: Vec, to: Vec, radius: number): Vec {
  const size = distance(from, to)
  return size === 0 ? from : lerp(from, to, Math.min(radius / size, 0.5))
}

function openPath(corners: readonly Corner[]): Cubic[] {
  const path: Cubic[] = []
  for (let i = 1; i < corners.length; i++) {
    path.push(straight(corners[i - 1]!.leave, corners[i]!.enter))
    if (i < corners.length - 1) path.push(rounded(corners[i]!))
  }
  return path
}

function closedPath(corners: readonly Corner[]): Cubic[] {
  return corners.flatMap((corner, i) => [
    rounded(corner),
    straight(corner.leave, corners[(i + 1) % corners.length]!.enter),
  ])
}

function straight(from: Vec, to: Vec): Cubic {
  return { from, control1: lerp(from, to, 1 / 3), control2: lerp(from, to, 2 / 3), to }
}

// 0.5523 makes a quarter circle out of a right angle, to 0.03 % of its radius.
const QUARTER_CIRCLE = 0.5523

function rounded({ point, enter, leave }: Corner): Cubic {
  return {
    from: enter,
    control1: lerp(enter, point, QUARTER_CIRCLE),
    control2: lerp(leave, point, QUARTER_CIRCLE),
    to: leave,
  }
}
