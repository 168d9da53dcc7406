/**
 * The way of a line or arrow: its points, with the ends that are held by shapes put where those are.
 *
 * An end in `edge` mode stops where the way first leaves the outline of the shape that holds it. Pure;
 * everything comes from the lookup, so drafts route as documents do.
 */
import {
  applyMatrix,
  invert,
  multiply,
  pointInPolygon,
  polygonCrossings,
  type Matrix,
  type Vec,
} from '@kolam/geometry'
import { boxPolygon } from './box-polygon.ts'
import type { Binding, Point, Shape } from './shape.ts'
import type { ShapeLookup } from './transforms.ts'

/** Anchors further out than this are nonsense and are brought back. */
const ANCHOR_REACH = 1

/** The corners of the way in shape space; a round arrow curves through them, an elbow has only right angles. */
export function arrowRoute(shape: Shape, lookup: ShapeLookup): readonly Point[] {
  return routePoints(shape, lookup).map(({ x, y }) => [x, y])
}

/** The same as vectors. */
export function routePoints(shape: Shape, lookup: ShapeLookup): Vec[] {
  const start = resolve(shape, shape.start, lookup)
  const end = resolve(shape, shape.end, lookup)
  const own = ownPoints(shape)
  const points = [start?.at ?? own[0]!, ...own.slice(1, -1), end?.at ?? own.at(-1)!]
  const way = shape.curve === 'elbow' ? squared(points, { start, end }) : points
  return clipStart(clipStart(way, start).toReversed(), end).toReversed()
}

/** Where a binding holds, in page space; null when the shape it names is gone. */
export function bindingPoint(binding: Binding, lookup: ShapeLookup): Vec | null {
  const target = lookup.shape(binding.id)
  return target ? applyMatrix(lookup.pageTransform(target.id), anchorOf(target, binding)) : null
}

/** One held end, in the space of the arrow. */
interface HeldEnd {
  readonly at: Vec
  /** The outline the way is cut at; null in `exact` mode and on shapes without an inside. */
  readonly outline: readonly Vec[] | null
}

/** A shape without points of its own is drawn from corner to corner. */
function ownPoints({ points, w, h }: Shape): Vec[] {
  if (points.length > 1) return points.map(([x, y]) => ({ x, y }))
  return [
    { x: 0, y: 0 },
    { x: w, y: h },
  ]
}

function resolve(shape: Shape, binding: Binding | null, lookup: ShapeLookup): HeldEnd | null {
  if (binding === null || binding.id === shape.id) return null
  const target = lookup.shape(binding.id)
  if (!target) return null
  const page = lookup.pageTransform(target.id)
  const matrix = multiply(invert(lookup.pageTransform(shape.id)), page)
  const at = applyMatrix(matrix, anchorOf(target, binding))
  return { at, outline: binding.mode === 'exact' ? null : outlineIn(target, matrix) }
}

function anchorOf({ w, h }: Shape, { anchor: [x, y] }: Binding): Vec {
  return { x: bounded(x) * w, y: bounded(y) * h }
}

function bounded(share: number): number {
  return Math.min(1 + ANCHOR_REACH, Math.max(-ANCHOR_REACH, share))
}

function outlineIn(target: Shape, matrix: Matrix): readonly Vec[] | null {
  const polygon = boxPolygon(target)
  return polygon?.map((point) => applyMatrix(matrix, point)) ?? null
}

/** Drop what lies before the way first crosses the outline; all of it if it never does. */
function clipStart(way: readonly Vec[], end: HeldEnd | null): Vec[] {
  const [first] = way
  if (!end?.outline || !first || !pointInPolygon(first, end.outline)) return [...way]
  for (let i = 1; i < way.length; i++) {
    const [crossing] = polygonCrossings(way[i - 1]!, way[i]!, end.outline)
    if (crossing) return [crossing, ...way.slice(i)]
  }
  return [...way]
}

/** The points joined at right angles only, each piece going on the way the last one came as far as it can. */
function squared(
  points: readonly Vec[],
  ends: { readonly start: HeldEnd | null; readonly end: HeldEnd | null },
): Vec[] {
  const [a, b] = [points[0]!, points.at(-1)!]
  if (points.length === 2) return zigzag(exitPoints(a, b, ends))
  const way = [a]
  let level = !isLevel(points[1]!, points[2]!)
  for (const to of points.slice(1)) {
    const from = way.at(-1)!
    const corner = cornerBetween(from, to, level)
    if (corner) way.push(corner)
    way.push(to)
    level = isLevel(corner ?? from, to)
  }
  return way
}

/** The corner of an L that sets out level or upright; none when the points are in line already. */
function cornerBetween(from: Vec, to: Vec, level: boolean): Vec | null {
  if (from.x === to.x || from.y === to.y) return null
  return level ? { x: to.x, y: from.y } : { x: from.x, y: to.y }
}

function isLevel(from: Vec, to: Vec): boolean {
  return Math.abs(to.x - from.x) >= Math.abs(to.y - from.y)
}

interface Exits {
  readonly a: Vec
  readonly b: Vec
  /** Along which axis the way leaves both ends, and where on it the middle piece stands. */
  readonly horizontal: boolean
  readonly middle: number
}

/** Leave along the longer axis, with the middle piece half way between the outlines. */
function exitPoints(
  a: Vec,
  b: Vec,
  { start, end }: { readonly start: HeldEnd | null; readonly end: HeldEnd | null },
): Exits {
  const horizontal = Math.abs(b.x - a.x) >= Math.abs(b.y - a.y)
  const axis = horizontal ? 'x' : 'y'
  const from = exitAlong(a, { ...a, [axis]: b[axis] }, start)
  const to = exitAlong(b, { ...b, [axis]: a[axis] }, end)
  return { a, b, horizontal, middle: (from[axis] + to[axis]) / 2 }
}

/** Where the ray from `at` towards `to` leaves the outline; `at` itself without one. */
function exitAlong(at: Vec, to: Vec, end: HeldEnd | null): Vec {
  return (end?.outline && polygonCrossings(at, to, end.outline)[0]) ?? at
}

function zigzag({ a, b, horizontal, middle }: Exits): Vec[] {
  if (horizontal) {
    return a.y === b.y ? [a, b] : [a, { x: middle, y: a.y }, { x: middle, y: b.y }, b]
  }
  return a.x === b.x ? [a, b] : [a, { x: a.x, y: middle }, { x: b.x, y: middle }, b]
}
