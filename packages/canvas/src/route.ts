/** The path an arrow or a line takes through its points, its ends and its middle. Pure. */
import { curveThrough, flattenCurve, pointAlong, roundedPath } from '@kolam/geometry'
import type { Point, Shape } from '@kolam/board'
import type { Cubic, Vec } from '@kolam/geometry'
import type { Tip } from './arrow-heads.ts'
import { cubicsPath, polyline } from './path.ts'
import type { Path } from './path.ts'

/** Corners of elbow arrows are at least softened by this. */
const ELBOW_RADIUS = 8

/** How far a line stops before each of its ends. */
export interface Insets {
  readonly start: number
  readonly end: number
}

const NO_INSETS: Insets = { start: 0, end: 0 }

interface Ends {
  readonly start: Tip
  readonly end: Tip
}

/** A route through points, as drawn. */
export interface Route {
  readonly path: Path
  /** How the line arrives at each of its ends; null if it has no length. */
  readonly tips: Ends | null
  readonly middle: Vec
}

/** The route of a line or an arrow through `points`; its ends are pulled in by `insets`. */
export function routeThrough(
  shape: Pick<Shape, 'curve' | 'closed' | 'radius'>,
  { points, insets = NO_INSETS }: { points: readonly Point[]; insets?: Insets },
): Route {
  const vecs = points.map(([x, y]) => ({ x, y }))
  const cubics = shape.curve === 'sharp' ? [] : smooth(shape, vecs)
  const flat = cubics.length > 0 ? flattenCurve(cubics) : vecs
  const tips = tipsOf(cubics, vecs)
  const middle = pointAlong(flat, 0.5) ?? { x: 0, y: 0 }
  const pulled = tips
    ? pullIn({ cubics, points: vecs }, { tips, insets })
    : { cubics, points: vecs }
  return { path: pathOf(pulled, shape.closed), tips, middle }
}

function smooth(
  shape: Pick<Shape, 'curve' | 'closed' | 'radius'>,
  points: readonly Vec[],
): Cubic[] {
  const { closed } = shape
  if (shape.curve === 'round')
    return points.length > 2 ? curveThrough(open(points, closed), { closed }) : []
  return roundedPath(points, { radius: Math.max(shape.radius, ELBOW_RADIUS) })
}

/** A closed line may repeat its first point at the end; a curve must not pass it twice. */
function open(points: readonly Vec[], closed: boolean): readonly Vec[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!closed || !first || !last || points.length < 3) return points
  return Math.hypot(first.x - last.x, first.y - last.y) < 0.5 ? points.slice(0, -1) : points
}

interface Line {
  readonly cubics: readonly Cubic[]
  readonly points: readonly Vec[]
}

function pathOf({ cubics, points }: Line, closed: boolean): Path {
  if (cubics.length > 0) return cubicsPath(cubics, { closed })
  return polyline(
    points.map(({ x, y }) => [x, y] as const),
    { closed },
  )
}

function tipsOf(cubics: readonly Cubic[], points: readonly Vec[]): Ends | null {
  const way =
    cubics.length > 0 ? cubics.flatMap((c) => [c.from, c.control1, c.control2, c.to]) : points
  const [first, last] = [way[0], way.at(-1)]
  const second = way.find((point) => first && isApart(point, first))
  const lastButOne = way.findLast((point) => last && isApart(point, last))
  if (!first || !last || !second || !lastButOne) return null
  return { start: tip(second, first), end: tip(lastButOne, last) }
}

function isApart(a: Vec, b: Vec): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) > 0.01
}

function tip(from: Vec, to: Vec): Tip {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  return { x: to.x, y: to.y, ux: (to.x - from.x) / length, uy: (to.y - from.y) / length }
}

/** Ends moved back along the way they arrive; for the last bit of a curve that is near enough. */
function pullIn({ cubics, points }: Line, { tips, insets }: { tips: Ends; insets: Insets }): Line {
  const start = (at: Vec): Vec => back(at, tips.start, insets.start)
  const end = (at: Vec): Vec => back(at, tips.end, insets.end)
  const [lastCubic, lastPoint] = [cubics.length - 1, points.length - 1]
  return {
    cubics: cubics.map((cubic, i) => ({
      ...cubic,
      ...(i === 0 ? { from: start(cubic.from), control1: start(cubic.control1) } : {}),
      ...(i === lastCubic ? { control2: end(cubic.control2), to: end(cubic.to) } : {}),
    })),
    points: points.map((at, i) => (i === 0 ? start(at) : i === lastPoint ? end(at) : at)),
  }
}

function back({ x, y }: Vec, { ux, uy }: Tip, by: number): Vec {
  return { x: x - ux * by, y: y - uy * by }
}
