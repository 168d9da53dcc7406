/** The outline of one shape in its own space, as everybody measures it: bounds, hits, snapping. Pure. */
import {
  applyMatrixToBox,
  boxFromPoints,
  curveThrough,
  flattenCurve,
  type Box,
  type Vec,
} from '@kolam/geometry'
import { routePoints } from './arrow-route.ts'
import { boxPolygon, shapeBox } from './box-polygon.ts'
import { inkBox } from './ink-view.ts'
import type { Shape } from './shape.ts'
import type { ShapeLookup } from './transforms.ts'

/** Points in shape space; `closed` when the last joins the first (it is not repeated). */
export interface Outline {
  readonly path: readonly Vec[]
  readonly closed: boolean
}

const kept = new WeakMap<Shape, Outline>()

/** The outline without stroke width; curves are flattened, bindings resolved. */
export function shapeOutline(shape: Shape, lookup: ShapeLookup): Outline {
  if (isBound(shape)) return computeOutline(shape, lookup)
  const outline = kept.get(shape) ?? computeOutline(shape, lookup)
  kept.set(shape, outline)
  return outline
}

/** The box around the outline in shape space. A group has only its own box here. */
export function localBounds(shape: Shape, lookup: ShapeLookup): Box {
  if (shape.kind === 'draw') return inkBox(shape)
  if (!isLinear(shape)) return shapeBox(shape)
  return boxFromPoints(shapeOutline(shape, lookup).path)
}

/** The box around one shape in page space; a group's is the union of its children's instead. */
export function outlineBounds(shape: Shape, lookup: ShapeLookup): Box {
  return applyMatrixToBox(lookup.pageTransform(shape.id), localBounds(shape, lookup))
}

/** The same for a shape that stands on a page and is not turned, as most do: no transform is made for it. */
export function unturnedBounds(shape: Shape, lookup: ShapeLookup): Box {
  const [, dx, dy] = shape.at
  const { x, y, w, h } = localBounds(shape, lookup)
  const [left, top] = [x + dx, y + dy]
  return { x: left, y: top, w: x + w + dx - left, h: y + h + dy - top }
}

/** Whether a shape is a way through points rather than something that fills its box. */
export function isLinear({ kind }: Shape): boolean {
  return kind === 'line' || kind === 'arrow'
}

/** Whether the outline depends on other shapes. */
export function isBound(shape: Shape): boolean {
  return isLinear(shape) && (shape.start !== null || shape.end !== null)
}

function computeOutline(shape: Shape, lookup: ShapeLookup): Outline {
  if (shape.kind === 'draw') {
    return { path: shape.ink.map(([x, y]) => ({ x, y })), closed: false }
  }
  const polygon = boxPolygon(shape)
  return polygon ? { path: polygon, closed: true } : linearOutline(shape, lookup)
}

function linearOutline(shape: Shape, lookup: ShapeLookup): Outline {
  const points = routePoints(shape, lookup)
  const closed = shape.closed && points.length > 2
  if (shape.curve !== 'round' || points.length < 3) return { path: points, closed }
  const path = flattenCurve(curveThrough(points, { closed }))
  return { path: closed ? path.slice(0, -1) : path, closed }
}
