/** Where the label of an arrow or a line sits: halfway along its route. Pure. */
import { arrowRoute, type Shape, type ShapeLookup } from '@kolam/board'
import { curveThrough, flattenCurve, pointAlong, type Vec } from '@kolam/geometry'

/** The middle in shape space; null for shapes whose label is in their box. */
export function labelMiddle(shape: Shape, lookup: ShapeLookup): Vec | null {
  if (shape.kind !== 'arrow' && shape.kind !== 'line') return null
  const points = arrowRoute(shape, lookup).map(([x, y]) => ({ x, y }))
  const bends = shape.curve === 'round' && points.length > 2
  const way = bends ? flattenCurve(curveThrough(points, { closed: shape.closed })) : points
  return pointAlong(way, 0.5)
}
