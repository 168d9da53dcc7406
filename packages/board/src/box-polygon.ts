/** The outline of shapes that fill their box, as a polygon in shape space. Pure. */
import { exhaustive } from '@kolam/base'
import {
  boxCorners,
  diamondPoints,
  ellipsePoints,
  flattenCurve,
  roundedPath,
  type Box,
  type Vec,
} from '@kolam/geometry'
import type { Shape } from './shape.ts'

/** Enough for a curve that looks round at any size one sees whole. */
const ELLIPSE_POINTS = 64
const CORNER_STEPS = 6

/** The unturned box in the shape's own space. */
export function shapeBox({ w, h }: Shape): Box {
  return { x: 0, y: 0, w, h }
}

/** Corners clockwise; null for lines, arrows and strokes, which have no box to fill. */
export function boxPolygon(shape: Shape): readonly Vec[] | null {
  switch (shape.kind) {
    case 'line':
    case 'arrow':
    case 'draw':
      return null
    case 'ellipse':
      return ellipsePoints(shapeBox(shape), ELLIPSE_POINTS)
    case 'diamond':
      return rounded(diamondPoints(shapeBox(shape)), shape.radius)
    case 'rectangle':
    case 'image':
      return rounded(boxCorners(shapeBox(shape)), shape.radius)
    case 'text':
    case 'frame':
    case 'group':
    case 'foreign':
      return boxCorners(shapeBox(shape))
    default:
      return exhaustive(shape.kind)
  }
}

function rounded(corners: readonly Vec[], radius: number): readonly Vec[] {
  if (radius <= 0) return corners
  return flattenCurve(roundedPath(corners, { radius, closed: true }), CORNER_STEPS)
}
