/** Affine transforms in the order of a canvas: x' = a x + c y + e, y' = b x + d y + f. */
import { boxCorners, boxFromPoints, type Box } from './box.ts'
import { type Vec } from './vec.ts'

/** An affine transform. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** The transform that changes nothing. */
export const IDENTITY: Matrix = Object.freeze([1, 0, 0, 1, 0, 0] as const)

/** The transform that does `inner` first, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [ia, ib, ic, id, ie, jf] = inner
  return [
    a * ia + c * ib,
    b * ia + d * ib,
    a * ic + c * id,
    b * ic + d * id,
    a * ie + c * jf + e,
    b * ie + d * jf + f,
  ]
}

/** The transform that undoes `matrix`; throws a RangeError when it flattens the plane. */
export function invert(matrix: Matrix): Matrix {
  const [a, b, c, d, e, f] = matrix
  const determinant = a * d - b * c
  if (!Number.isFinite(1 / determinant)) throw new RangeError('Cannot invert a flat transform')
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ]
}

/** `v` after `matrix`. */
export function applyMatrix(matrix: Matrix, v: Vec): Vec {
  const [a, b, c, d, e, f] = matrix
  return { x: a * v.x + c * v.y + e, y: b * v.x + d * v.y + f }
}

/** The upright box around `box` after `matrix`. */
export function applyMatrixToBox(matrix: Matrix, box: Box): Box {
  return boxFromPoints(boxCorners(box).map((corner) => applyMatrix(matrix, corner)))
}

/** A move. */
export function translation(x: number, y: number): Matrix {
  return [1, 0, 0, 1, x, y]
}

/** A scaling about the origin. */
export function scaling(x: number, y: number = x): Matrix {
  return [x, 0, 0, y, 0, 0]
}

/** A turn by `angle` radians about the origin, clockwise on screen. */
export function rotation(angle: number): Matrix {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return [cos, sin, -sin, cos, 0, 0]
}

/** A turn by `angle` radians about `centre`, clockwise on screen. */
export function rotationAbout(angle: number, centre: Vec): Matrix {
  if (angle === 0) return IDENTITY
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const { x, y } = centre
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]
}

/** How far `matrix` turns, in radians; exact for moves and turns. */
export function angleOfMatrix(matrix: Matrix): number {
  return Math.atan2(matrix[1], matrix[0])
}
