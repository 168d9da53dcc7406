/** One growing stroke on its way to paths: reads each point of its trail once. Pure. */
import { growingInk } from '@kolam/board'
import type { InkTrail, Shape, ShapeId, ShapeLookup } from '@kolam/board'
import { multiply } from '@kolam/geometry'
import type { Matrix } from '@kolam/geometry'
import { nibOf } from './ink-nib.ts'
import { InkStroker } from './ink-stroker.ts'
import { isInkFine } from './level-of-detail.ts'
import type { Path } from './path.ts'
import { deviceMatrix } from './view.ts'
import type { View } from './view.ts'

/** A stroke that grows, as it is to be painted. */
export interface LiveStroke {
  readonly shape: Shape
  readonly trail: InkTrail
  /** Shape space to device pixels. */
  readonly matrix: Matrix
}

/**
 * The trail of a shape that live ink can paint: a plain line of the hand that is still being drawn, on the page
 * itself and large enough for its width to show. Everything else is painted whole, like any shape.
 */
function liveTrail(
  shape: Shape,
  { lookup, zoom }: { lookup: ShapeLookup; zoom: number },
): InkTrail | undefined {
  if (shape.kind !== 'draw' || shape.dash !== 'solid' || shape.stroke === 'none') return undefined
  if (shape.closed && shape.fill !== 'none') return undefined
  if (lookup.shape(shape.at[0]) || isInkFine(nibOf(shape).size, zoom)) return undefined
  return growingInk(shape)
}

/** Where shapes are, what is seen of the page, and which of them are fading under the eraser. */
export interface InkPlace {
  readonly lookup: ShapeLookup
  readonly view: View
  readonly erasing: ReadonlySet<ShapeId>
}

/** The growing strokes among shapes, by id. */
export function liveStrokes(
  shapes: Iterable<Shape>,
  { lookup, view, erasing }: InkPlace,
): ReadonlyMap<ShapeId, LiveStroke> {
  const [device, zoom] = [deviceMatrix(view), view.camera.zoom]
  const strokes = new Map<ShapeId, LiveStroke>()
  for (const shape of shapes) {
    const trail = erasing.has(shape.id) ? undefined : liveTrail(shape, { lookup, zoom })
    if (!trail) continue
    const matrix = multiply(device, lookup.pageTransform(shape.id))
    strokes.set(shape.id, { shape, trail, matrix })
  }
  return strokes
}

/** Where there is no GPU each canvas that changes costs a frame milliseconds: what settles does so in pieces of so many points. */
const SETTLED_POINTS = 24

/** Follows a trail. */
export class LivePen {
  readonly #trail: InkTrail
  readonly #stroker: InkStroker
  #read = 0
  /** How many points had been read when something was last given. */
  #given = 0

  constructor({ shape, trail }: Pick<LiveStroke, 'shape' | 'trail'>) {
    this.#trail = trail
    this.#stroker = new InkStroker(nibOf(shape))
  }

  /** What has become sure since it was last given, when there is enough of it: painted once, it stays. */
  settled(): Path {
    const { points } = this.#trail
    for (; this.#read < points.length; this.#read++) this.#stroker.push(points[this.#read]!)
    if (this.#read - this.#given < SETTLED_POINTS) return []
    this.#given = this.#read
    return this.#stroker.take()
  }

  /** From there to the tip, and on to where the pen is likely to go. */
  loose(): Path {
    return this.#stroker.rest(this.#trail.ahead)
  }
}
