/** Points and directions as plain values, y down. Nothing here changes its arguments. */

/** A point or a direction. */
export interface Vec {
  readonly x: number
  readonly y: number
}

/** The origin. */
export const ORIGIN: Vec = Object.freeze({ x: 0, y: 0 })

/** A point from its two coordinates. */
export function vec(x: number, y: number): Vec {
  return { x, y }
}

/** `a` plus `b`. */
export function add(a: Vec, b: Vec): Vec {
  return { x: a.x + b.x, y: a.y + b.y }
}

/** `a` minus `b`: the way from `b` to `a`. */
export function sub(a: Vec, b: Vec): Vec {
  return { x: a.x - b.x, y: a.y - b.y }
}

/** `v` times `factor`. */
export function scale(v: Vec, factor: number): Vec {
  return { x: v.x * factor, y: v.y * factor }
}

/** The dot product. */
export function dot(a: Vec, b: Vec): number {
  return a.x * b.x + a.y * b.y
}

/** The z of the cross product: positive when `b` lies clockwise of `a` on screen. */
export function cross(a: Vec, b: Vec): number {
  return a.x * b.y - a.y * b.x
}

/** How long `v` is. */
export function length(v: Vec): number {
  return Math.hypot(v.x, v.y)
}

/** How far `a` is from `b`. */
export function distance(a: Vec, b: Vec): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** `v` made 1 long; a zero vector stays zero. */
export function normalize(v: Vec): Vec {
  const size = length(v)
  return size === 0 ? ORIGIN : scale(v, 1 / size)
}

/** `v` turned a quarter clockwise on screen. */
export function perpendicular(v: Vec): Vec {
  return { x: -v.y, y: v.x }
}

/** `v` turned by `angle` radians, clockwise on screen, about `about` (default: the origin). */
export function rotate(v: Vec, angle: number, about: Vec = ORIGIN): Vec {
  if (angle === 0) return v
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const x = v.x - about.x
  const y = v.y - about.y
  return { x: about.x + x * cos - y * sin, y: about.y + x * sin + y * cos }
}

/** The point `t` of the way from `a` to `b`; exactly `a` at 0 and `b` at 1. */
export function lerp(a: Vec, b: Vec, t: number): Vec {
  return { x: a.x * (1 - t) + b.x * t, y: a.y * (1 - t) + b.y * t }
}

/** The point half way. */
export function midpoint(a: Vec, b: Vec): Vec {
  return lerp(a, b, 0.5)
}

/** The direction of `v` in radians, clockwise on screen from the x axis. */
export function angleOf(v: Vec): number {
  return Math.atan2(v.y, v.x)
}

/** Whether both are the same point, exactly. */
export function sameVec(a: Vec, b: Vec): boolean {
  return a.x === b.x && a.y === b.y
}

/** Whether both coordinates are finite numbers. */
export function isFiniteVec(v: Vec): boolean {
  return Number.isFinite(v.x) && Number.isFinite(v.y)
}
