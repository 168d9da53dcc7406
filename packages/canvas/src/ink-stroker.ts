/**
 * The outline of a pen stroke, worked out as its points come.
 *
 * Points are smoothed, thinned to samples, and given a width and two sides; each step looks back a fixed way
 * and one sample ahead. So what lies behind the last few samples is sure: it is given out once, in pieces
 * that never change, and the whole outline of a finished stroke is those pieces without the cuts. Filled
 * with the nonzero rule.
 */
import type { InkPoint } from '@kolam/board'
import { firstPressure, nextPressure, nibRadius } from './ink-nib.ts'
import type { Nib } from './ink-nib.ts'
import { InkRibbon } from './ink-ribbon.ts'
import type { InkSample } from './ink-ribbon.ts'
import type { Path } from './path.ts'

/** How much of the way to each point the pen goes. It reaches the last one in full: nothing lags behind. */
const FOLLOW = 0.62

/** Samples are this share of the pen's size apart, at least. */
const STEP = 0.12

/** Page units; samples at one place would have no direction between them. */
const STEP_MIN = 1e-3

/** Points of an edge are this share of the pen's size apart, at least. */
const EDGE_GAP = 0.45

/** Follows one stroke. */
export class InkStroker {
  readonly #nib: Nib
  readonly #step: number
  #path: number[] = []
  #ribbon: InkRibbon
  /** The last sample; its way out is not known yet, and neither is its way in as long as it is the first. */
  #last: InkSample | null = null
  #pressure = 0
  /** Where the smoothed pen is, and the last point as it came. */
  #pen = { x: 0, y: 0 }
  #tip: InkPoint = [0, 0, 0]

  constructor(nib: Nib) {
    this.#nib = nib
    this.#step = Math.max(nib.size * STEP, STEP_MIN)
    this.#ribbon = new InkRibbon(nib.size * EDGE_GAP)
  }

  push(point: InkPoint): void {
    const [x, y, felt] = point
    this.#tip = point
    if (!this.#last) return this.#begin(x, y, felt)
    const pen = this.#pen
    pen.x += (x - pen.x) * FOLLOW
    pen.y += (y - pen.y) * FOLLOW
    const { x: fromX, y: fromY } = this.#last
    if (Math.hypot(pen.x - fromX, pen.y - fromY) < this.#step) return
    this.#sample(this.#last, [pen.x, pen.y, felt])
  }

  /** The closed parts that have become sure since they were last asked for; often none. */
  take(): Path {
    this.#ribbon.cut(this.#path)
    return this.#given()
  }

  /** The rest as it would be if the stroke ended after `ahead`. Changes nothing. */
  rest(ahead: readonly InkPoint[] = []): Path {
    const fork = this.#fork()
    for (const point of ahead) fork.push(point)
    return fork.finish()
  }

  /** The rest, to the very last point. Nothing may follow. */
  finish(): Path {
    const [x, y] = this.#tip
    const last = this.#last
    if (!last) return []
    if (x !== last.x || y !== last.y) this.#sample(last, this.#tip)
    this.#endRibbon(this.#last ?? last)
    return this.#given()
  }

  #begin(x: number, y: number, felt: number): void {
    this.#pen = { x, y }
    this.#pressure = firstPressure(this.#nib, felt)
    this.#last = { x, y, dx: 0, dy: 0, r: nibRadius(this.#nib, this.#pressure) }
  }

  /** Now the way out of the sample before is known, and its sides with it. */
  #sample(last: InkSample, [x, y, felt]: InkPoint): void {
    const distance = Math.hypot(x - last.x, y - last.y)
    const [dx, dy] = [(x - last.x) / distance, (y - last.y) / distance]
    this.#join(last, dx, dy)
    this.#pressure = nextPressure(this.#nib, { before: this.#pressure, felt, distance })
    this.#last = { x, y, dx, dy, r: nibRadius(this.#nib, this.#pressure) }
  }

  /** At a sharp corner one stretch ends round and the next begins round. */
  #join(at: InkSample, dx: number, dy: number): void {
    const isFirst = at.dx === 0 && at.dy === 0
    const [sumX, sumY] = [at.dx + dx, at.dy + dy]
    const isSharp = at.dx * dx + at.dy * dy < 0
    if (isSharp) this.#endRibbon(at)
    if (isFirst || isSharp) return this.#ribbon.add({ ...at, dx, dy })
    const length = Math.hypot(sumX, sumY)
    this.#ribbon.add({ ...at, dx: sumX / length, dy: sumY / length })
  }

  #endRibbon(at: InkSample): void {
    const isDot = at.dx === 0 && at.dy === 0
    const end = isDot ? { ...at, dx: 1 } : at
    if (isDot) this.#ribbon.add(end)
    this.#ribbon.end(this.#path, end)
    this.#ribbon = new InkRibbon(this.#nib.size * EDGE_GAP)
  }

  #given(): Path {
    const path = this.#path
    this.#path = []
    return path
  }

  #fork(): InkStroker {
    const fork = new InkStroker(this.#nib)
    fork.#path = [...this.#path]
    fork.#ribbon = this.#ribbon.fork()
    fork.#last = this.#last
    fork.#pressure = this.#pressure
    fork.#pen = { ...this.#pen }
    fork.#tip = this.#tip
    return fork
  }
}

/** The whole outline of a stroke; empty without points. */
export function strokeOutline(points: Iterable<InkPoint>, nib: Nib): Path {
  const stroker = new InkStroker(nib)
  for (const point of points) stroker.push(point)
  return stroker.finish()
}
