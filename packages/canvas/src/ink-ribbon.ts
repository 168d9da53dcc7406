/**
 * The two sides of a stretch of a pen stroke without sharp corners, as closed paths.
 *
 * A side bends at each of its points and passes half-way between neighbours. What is behind a cut has been
 * given out and is forgotten; the next part reaches back a little under it, so that no gap shows.
 */
import { Op } from './path.ts'

/** Control points this share of the radius away make a quarter circle. */
const KAPPA = 0.5523

/** A cut waits for so many points: each cut is a seam, however fine. */
const CUT_POINTS_MIN = 8

/** Where the pen was, which way it went (a unit vector), and half its width there. */
export interface InkSample {
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
  readonly r: number
}

/** One stretch. Coordinates are kept flat: x, y, x, y. */
export class InkRibbon {
  readonly #gap: number
  #left: number[] = []
  #right: number[] = []
  /** Begins where it was cut, not with a round end. */
  #isCut = false

  /** Points of a side nearer to each other than `gap` are left out: it smooths the edge. */
  constructor(gap: number) {
    this.#gap = gap
  }

  /** A copy with what has not been given out. */
  fork(): InkRibbon {
    const ribbon = new InkRibbon(this.#gap)
    ribbon.#left = [...this.#left]
    ribbon.#right = [...this.#right]
    ribbon.#isCut = this.#isCut
    return ribbon
  }

  add({ x, y, dx, dy, r }: InkSample): void {
    addApart(this.#left, x - dy * r, y + dx * r, this.#gap)
    addApart(this.#right, x + dy * r, y - dx * r, this.#gap)
  }

  /** Give out what is sure, if it is worth a cut. */
  cut(path: number[]): void {
    const [left, right] = [this.#left, this.#right]
    if (left.length + right.length < CUT_POINTS_MIN * 4) return
    // The inner side of a tight turn may still be where it began; twice the same point is no corner.
    for (const side of [left, right]) if (side.length === 2) side.push(at(side, 0), at(side, 1))
    this.#start(path)
    bend(path, left)
    path.push(Op.line, middle(right, right.length - 2), middle(right, right.length - 1))
    bend(path, reversed(right))
    path.push(Op.close)
    this.#left = left.slice(-4)
    this.#right = right.slice(-4)
    this.#isCut = true
  }

  /** Give out the rest, which ends round at `last`. */
  end(path: number[], { x, y, dx, dy, r }: InkSample): void {
    const [left, right] = [this.#left, this.#right]
    left.push(x - dy * r, y + dx * r)
    right.push(x + dy * r, y - dx * r)
    this.#start(path)
    bend(path, left)
    path.push(Op.line, at(left, -2), at(left, -1))
    pushRound(path, left.slice(-2), right.slice(-2))
    if (right.length > 2) {
      path.push(Op.line, middle(right, right.length - 2), middle(right, right.length - 1))
      bend(path, reversed(right))
    }
    if (!this.#isCut) path.push(Op.line, at(right, 0), at(right, 1))
    path.push(Op.close)
  }

  /** To where the left side begins to bend. */
  #start(path: number[]): void {
    const [left, right] = [this.#left, this.#right]
    if (!this.#isCut) {
      path.push(Op.move, at(right, 0), at(right, 1))
      pushRound(path, right, left)
      if (left.length > 2) path.push(Op.line, middle(left, 2), middle(left, 3))
      return
    }
    const [ax, ay, bx, by] = [middle(left, 2), middle(left, 3), middle(right, 2), middle(right, 3)]
    const [backX, backY] = [(by - ay) / 2, (ax - bx) / 2]
    path.push(Op.move, bx, by, Op.line, (ax + bx) / 2 + backX, (ay + by) / 2 + backY)
    path.push(Op.line, ax, ay)
  }
}

/** Curves from half-way between the first two points to half-way between the last two. */
function bend(path: number[], side: readonly number[]): void {
  for (let i = 2; i + 2 < side.length; i += 2) {
    path.push(Op.quad, at(side, i), at(side, i + 1), middle(side, i + 2), middle(side, i + 3))
  }
}

/** Half a circle from the first point of `from` to that of `to`, to the right of the way back. */
function pushRound(path: number[], from: readonly number[], to: readonly number[]): void {
  const [ax, ay, bx, by] = [at(from, 0), at(from, 1), at(to, 0), at(to, 1)]
  const [hx, hy] = [(ax - bx) / 2, (ay - by) / 2]
  const [tx, ty] = [(ax + bx) / 2 + hy, (ay + by) / 2 - hx]
  const [kx, ky] = [hx * KAPPA, hy * KAPPA]
  path.push(Op.cubic, ax + ky, ay - kx, tx + kx, ty + ky, tx, ty)
  path.push(Op.cubic, tx - kx, ty - ky, bx + ky, by - kx, bx, by)
}

function addApart(side: number[], x: number, y: number, gap: number): void {
  const far = side.length === 0 || Math.hypot(x - at(side, -2), y - at(side, -1)) > gap
  if (far) side.push(x, y)
}

/** Half-way between the number at `i` and the same coordinate of the point before. */
function middle(side: readonly number[], i: number): number {
  return (at(side, i - 2) + at(side, i)) / 2
}

function reversed(side: readonly number[]): number[] {
  const back: number[] = []
  for (let i = side.length - 2; i >= 0; i -= 2) back.push(at(side, i), at(side, i + 1))
  return back
}

function at(side: readonly number[], i: number): number {
  return side[i < 0 ? side.length + i : i] ?? 0
}
