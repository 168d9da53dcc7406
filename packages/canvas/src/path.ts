/**
 * A path as plain numbers: an opcode, then its coordinates. No DOM; `trace-path.ts` draws it.
 */
import type { Box, Cubic } from '@kolam/geometry'

/** Opcodes and coordinates in one array, see `Op`. */
export type Path = readonly number[]

/** What follows each opcode: x y; x y; x1 y1 x y; x1 y1 x2 y2 x y; nothing. */
export const Op = { move: 0, line: 1, quad: 2, cubic: 3, close: 4 } as const

/** How many numbers follow each opcode. */
export const ARITY: readonly number[] = [2, 2, 4, 6, 0]

type Xy = readonly [x: number, y: number]

/** Straight lines through points. */
export function polyline(points: readonly Xy[], options: { closed: boolean }): Path {
  const path: number[] = []
  points.forEach(([x, y], i) => path.push(i === 0 ? Op.move : Op.line, x, y))
  if (options.closed && points.length > 0) path.push(Op.close)
  return path
}

/** A rectangle; `radius` is cut to what fits. */
export function rectanglePath({ x, y, w, h }: Box, radius = 0): Path {
  const r = Math.max(0, Math.min(radius, w / 2, h / 2))
  const [right, bottom] = [x + w, y + h]
  if (r === 0) {
    return polyline(
      [
        [x, y],
        [right, y],
        [right, bottom],
        [x, bottom],
      ],
      { closed: true },
    )
  }
  const k = r * (1 - KAPPA)
  const path: number[] = [Op.move, x + r, y, Op.line, right - r, y]
  path.push(Op.cubic, right - k, y, right, y + k, right, y + r, Op.line, right, bottom - r)
  path.push(Op.cubic, right, bottom - k, right - k, bottom, right - r, bottom)
  path.push(Op.line, x + r, bottom, Op.cubic, x + k, bottom, x, bottom - k, x, bottom - r)
  path.push(Op.line, x, y + r, Op.cubic, x, y + k, x + k, y, x + r, y, Op.close)
  return path
}

/** Control points this share of the radius away make a quarter circle of a cubic. */
const KAPPA = 0.5523

/** The ellipse inside a box. */
export function ellipsePath({ x, y, w, h }: Box): Path {
  const [rx, ry] = [w / 2, h / 2]
  const [cx, cy] = [x + rx, y + ry]
  const [kx, ky] = [rx * KAPPA, ry * KAPPA]
  const path: number[] = [Op.move, cx + rx, cy]
  path.push(Op.cubic, cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)
  path.push(Op.cubic, cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)
  path.push(Op.cubic, cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)
  path.push(Op.cubic, cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy, Op.close)
  return path
}

/** Joined cubic segments. */
export function cubicsPath(cubics: readonly Cubic[], options: { closed: boolean }): Path {
  const [first] = cubics
  if (!first) return []
  const path: number[] = [Op.move, first.from.x, first.from.y]
  for (const { control1, control2, to } of cubics) {
    path.push(Op.cubic, control1.x, control1.y, control2.x, control2.y, to.x, to.y)
  }
  if (options.closed) path.push(Op.close)
  return path
}

/** Calls `visit` with each opcode and the index of its first coordinate. */
export function walkPath(path: Path, visit: (op: number, at: number) => void): void {
  for (let i = 0; i < path.length;) {
    const op = path[i] ?? Op.close
    visit(op, i + 1)
    i += 1 + (ARITY[op] ?? 0)
  }
}

/** Whether the path ends by closing. */
export function isClosed(path: Path): boolean {
  // Walked from the start, for the last number may be a coordinate that looks like an opcode.
  let last: number = Op.move
  walkPath(path, (op) => (last = op))
  return last === Op.close
}

/** Length of the path, curves to within a thousandth or so. */
export function pathLength(path: Path): number {
  let [length, x, y, startX, startY] = [0, 0, 0, 0, 0]
  walkPath(path, (op, at) => {
    const end = at + (ARITY[op] ?? 0)
    const [toX, toY] = op === Op.close ? [startX, startY] : [path[end - 2] ?? 0, path[end - 1] ?? 0]
    if (op === Op.move) [startX, startY] = [toX, toY]
    else length += segmentLength([x, y, ...path.slice(at, end - 2), toX, toY])
    ;[x, y] = [toX, toY]
  })
  return length
}

/** Chords that stand for a curve. */
const CHORDS = 12

/** Length of the line, quadratic or cubic with these control points. */
function segmentLength(points: readonly number[]): number {
  const chords = points.length > 4 ? CHORDS : 1
  let length = 0
  let [x, y] = pointOn(points, 0)
  for (let i = 1; i <= chords; i++) {
    const [nextX, nextY] = pointOn(points, i / chords)
    length += Math.hypot(nextX - x, nextY - y)
    ;[x, y] = [nextX, nextY]
  }
  return length
}

/** De Casteljau's algorithm: halve towards the point until one is left. */
function pointOn(points: readonly number[], t: number): readonly [number, number] {
  let left = points
  while (left.length > 2) {
    left = Array.from({ length: left.length - 2 }, (_, i) => {
      return (left[i] ?? 0) * (1 - t) + (left[i + 2] ?? 0) * t
    })
  }
  return [left[0] ?? 0, left[1] ?? 0]
}

/** A box around the control points: never smaller than the true bounds. */
export function pathBounds(path: Path): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  walkPath(path, (op, at) => {
    for (let i = at; i < at + (ARITY[op] ?? 0); i += 2) {
      const [x, y] = [path[i] ?? 0, path[i + 1] ?? 0]
      ;[left, right] = [Math.min(left, x), Math.max(right, x)]
      ;[top, bottom] = [Math.min(top, y), Math.max(bottom, y)]
    }
  })
  return left > right
    ? { x: 0, y: 0, w: 0, h: 0 }
    : { x: left, y: top, w: right - left, h: bottom - top }
}

/** The path in SVG's notation. */
export function toSvg(path: Path): string {
  const parts: string[] = []
  walkPath(path, (op, at) => {
    parts.push(
      'MLQCZ'.charAt(op),
      path
        .slice(at, at + (ARITY[op] ?? 0))
        .map(round)
        .join(' '),
    )
  })
  return parts.join('')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
