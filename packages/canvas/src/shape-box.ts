/** The box a shape's geometry fills in its own space. Kept, because strokes have many points. */
import type { Shape } from '@kolam/board'
import { boxFromPoints } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'

const kept = new WeakMap<Shape, Box>()

/** The bounds of its points where a shape has points, else of its size; arrows as if unbound. */
export function shapeBox(shape: Shape): Box {
  const points = shape.ink.length > 0 ? shape.ink : shape.points
  if (points.length === 0) return { x: 0, y: 0, w: shape.w, h: shape.h }
  const known = kept.get(shape)
  if (known) return known
  const box = boxFromPoints(points.map(([x, y]) => ({ x, y })))
  kept.set(shape, box)
  return box
}
