/**
 * A stroke that grows at its end, shared by all who look at it: the pen, the view, the canvas.
 *
 * Points are added and never change, so whoever has dealt with some of them has only the rest to do.
 */
import type { Box } from '@kolam/geometry'
import type { InkPoint, Shape } from './shape.ts'

const NO_POINTS: readonly InkPoint[] = Object.freeze([])

/** A growing stroke. Its points are in the space of the shape. */
export class InkTrail {
  readonly #points: InkPoint[] = []
  #left = Infinity
  #top = Infinity
  #right = -Infinity
  #bottom = -Infinity

  /** Where the pen is likely to go next: shown after the last point, never written. */
  ahead: readonly InkPoint[] = NO_POINTS

  constructor(points: Iterable<InkPoint> = NO_POINTS) {
    trails.set(this.#points, this)
    for (const point of points) this.push(point)
  }

  /** The same array for good: it grows. As the `ink` of a draft it makes the draft a growing one. */
  get points(): readonly InkPoint[] {
    return this.#points
  }

  get length(): number {
    return this.#points.length
  }

  /** The box around the points so far; a point at the origin when there are none. */
  get box(): Box {
    if (this.#points.length === 0) return { x: 0, y: 0, w: 0, h: 0 }
    const [x, y] = [this.#left, this.#top]
    return { x, y, w: this.#right - x, h: this.#bottom - y }
  }

  push(point: InkPoint): void {
    const [x, y] = point
    this.#points.push(point)
    this.#left = Math.min(this.#left, x)
    this.#top = Math.min(this.#top, y)
    this.#right = Math.max(this.#right, x)
    this.#bottom = Math.max(this.#bottom, y)
  }
}

const trails = new WeakMap<object, InkTrail>()
const shapes = new WeakMap<Shape, InkTrail>()

/** Remember that this value of a shape shows a trail as far as it went when the value was made. */
export function noteTrail(shape: Shape, trail: InkTrail): void {
  shapes.set(shape, trail)
}

/** The trail behind a stroke that is still being drawn, here or by others; undefined for all else. */
export function growingInk(shape: Shape): InkTrail | undefined {
  const noted = shapes.get(shape)
  if (noted || shape.kind !== 'draw') return noted
  // Read without calling a getter: that would decode a stroke nobody has looked at.
  const ink: unknown = Object.getOwnPropertyDescriptor(shape, 'ink')?.value
  return Array.isArray(ink) ? trails.get(ink) : undefined
}
