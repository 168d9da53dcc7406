/** The heads of arrows: strokes and filled areas around a tip. Pure; no dash, no route. */
import type { ArrowHead } from '@kolam/board'
import { ellipsePath, polyline } from './path.ts'
import type { Path } from './path.ts'

/** Where a head sits: `ux`,`uy` is the unit vector the arrow travels along as it arrives. */
export interface Tip {
  readonly x: number
  readonly y: number
  readonly ux: number
  readonly uy: number
}

/** A head to paint, and how far before the tip the shaft must stop. */
export interface HeadParts {
  readonly strokes: readonly Path[]
  readonly fills: readonly Path[]
  readonly inset: number
}

const NOTHING: HeadParts = { strokes: [], fills: [], inset: 0 }

/** Length of a head for a stroke this wide on an arrow this long. */
export function headSize(strokeWidth: number, length: number): number {
  return Math.min(9 + strokeWidth * 3.5, length * 0.45)
}

/** The parts of one head. */
export function headParts(head: ArrowHead, tip: Tip, size: number): HeadParts {
  return HEADS[head]?.(tip, size) ?? NOTHING
}

type Build = (tip: Tip, size: number) => HeadParts

const HEADS: Readonly<Record<ArrowHead, Build>> = {
  none: () => NOTHING,
  arrow: (tip, s) =>
    stroked(
      line(tip, [
        [-s, -s * 0.5],
        [0, 0],
        [-s, s * 0.5],
      ]),
    ),
  triangle: (tip, s) => filled(triangle(tip, s * 0.95), s * 0.6),
  'triangle-outline': (tip, s) => outlined(triangle(tip, s * 0.95), s * 0.95),
  bar: (tip, s) =>
    stroked(
      line(tip, [
        [0, -s * 0.5],
        [0, s * 0.5],
      ]),
    ),
  circle: (tip, s) => filled(disc(tip, s * 0.3), s * 0.3),
  'circle-outline': (tip, s) => outlined(disc(tip, s * 0.3), s * 0.6),
  diamond: (tip, s) => filled(rhombus(tip, s), s * 0.5),
  'diamond-outline': (tip, s) => outlined(rhombus(tip, s), s),
  one: (tip, s) => stroked(cross(tip, s, 0.6)),
  many: (tip, s) => stroked(foot(tip, s)),
  'one-or-many': (tip, s) => stroked(foot(tip, s), cross(tip, s, 1.2)),
  'exactly-one': (tip, s) => stroked(cross(tip, s, 0.6), cross(tip, s, 0.95)),
  'zero-or-one': (tip, s) => zero(tip, s, [cross(tip, s, 0.5)]),
  'zero-or-many': (tip, s) => zero(tip, s, [foot(tip, s)]),
}

function stroked(...strokes: Path[]): HeadParts {
  return { strokes, fills: [], inset: 0 }
}

function filled(area: Path, inset: number): HeadParts {
  return { strokes: [area], fills: [area], inset }
}

function outlined(area: Path, inset: number): HeadParts {
  return { strokes: [area], fills: [], inset }
}

/** A hollow circle behind other marks; the shaft stops at it and the marks bridge the rest. */
function zero(tip: Tip, s: number, marks: readonly Path[]): HeadParts {
  const [r, back] = [s * 0.3, s * 1.3]
  const bridge = line(tip, [
    [r - back, 0],
    [0, 0],
  ])
  return { strokes: [...marks, bridge, disc(tip, r, back - r)], fills: [], inset: back + r }
}

function triangle(tip: Tip, s: number): Path {
  return ring(tip, [
    [-s, -s * 0.48],
    [0, 0],
    [-s, s * 0.48],
  ])
}

function rhombus(tip: Tip, s: number): Path {
  return ring(tip, [
    [0, 0],
    [-s / 2, -s * 0.36],
    [-s, 0],
    [-s / 2, s * 0.36],
  ])
}

function cross(tip: Tip, s: number, back: number): Path {
  return line(tip, [
    [-s * back, -s * 0.45],
    [-s * back, s * 0.45],
  ])
}

/** The crow's foot: spreads towards the tip. */
function foot(tip: Tip, s: number): Path {
  return line(tip, [
    [0, -s * 0.5],
    [-s, 0],
    [0, s * 0.5],
  ])
}

/** A circle of radius `r` that touches the point `back` before the tip. */
function disc(tip: Tip, r: number, back = 0): Path {
  const [[x, y]] = place(tip, [[-r - back, 0]])
  return ellipsePath({ x: x - r, y: y - r, w: 2 * r, h: 2 * r })
}

type Xy = readonly [along: number, across: number]

function line(tip: Tip, points: readonly [Xy, ...Xy[]]): Path {
  return polyline(place(tip, points), { closed: false })
}

function ring(tip: Tip, points: readonly [Xy, ...Xy[]]): Path {
  return polyline(place(tip, points), { closed: true })
}

/** Points given along and across the arrow, put where the tip is. */
function place({ x, y, ux, uy }: Tip, points: readonly [Xy, ...Xy[]]): [Xy, ...Xy[]] {
  const put = ([along, across]: Xy): Xy => [
    x + ux * along - uy * across,
    y + uy * along + ux * across,
  ]
  const [first, ...rest] = points
  return [put(first), ...rest.map(put)]
}
