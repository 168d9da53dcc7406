/** The clean outline of each closed kind of shape, in shape space. Pure. */
import type { Shape } from '@kolam/board'
import { diamondPoints, roundedPath } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import { cubicsPath, ellipsePath, polyline, rectanglePath } from './path.ts'
import type { Path } from './path.ts'

/** The unrotated box in the shape's own space. */
export function localBox({ w, h }: Shape): Box {
  return { x: 0, y: 0, w, h }
}

/** The outline of a shape that fills its box; lines, arrows and strokes have their own. */
export function boxOutline(shape: Shape): Path {
  if (shape.kind === 'ellipse') return ellipsePath(localBox(shape))
  if (shape.kind === 'diamond') return diamond(shape)
  return rectanglePath(localBox(shape), shape.kind === 'frame' ? 0 : shape.radius)
}

function diamond(shape: Shape): Path {
  const corners = diamondPoints(localBox(shape))
  const closed = true
  if (shape.radius > 0) {
    return cubicsPath(roundedPath(corners, { radius: shape.radius, closed }), { closed })
  }
  return polyline(
    corners.map(({ x, y }) => [x, y] as const),
    { closed },
  )
}
