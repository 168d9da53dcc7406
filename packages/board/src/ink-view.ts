/**
 * Strokes in the view of a shape.
 *
 * A finished one is decoded when first looked at, and then only once. One that is being drawn is read
 * on from where the last reading ended, so that each piece costs what is new in it.
 */
import { once } from '@kolam/base'
import { boxFromPoints, type Box } from '@kolam/geometry'
import { INK, inkOf, type ShapeMap } from './document.ts'
import { decodeInk, inkBounds } from './ink.ts'
import { growingInk, InkTrail, noteTrail } from './ink-trail.ts'
import type { InkPoint, Shape } from './shape.ts'

const bounds = new WeakMap<Shape, Box>()

/** The shape with the stroke its map holds; pieces that do not decode are left out. */
export function withInk(shape: Shape, map: ShapeMap): Shape {
  const ink = map.get(INK)
  return ink instanceof Uint8Array ? finished(shape, { map, ink }) : growing(shape, map)
}

/** The box around the stroke of a shape, in shape space; does not decode what is in the document. */
export function inkBox(shape: Shape): Box {
  const known = bounds.get(shape)
  if (known) return known
  const box = growingInk(shape)?.box ?? boxFromPoints(shape.ink.map(([x, y]) => ({ x, y })))
  bounds.set(shape, box)
  return box
}

function finished(shape: Shape, { map, ink }: { map: ShapeMap; ink: Uint8Array }): Shape {
  readings.delete(map)
  const box = measured(ink)
  return box ? inked(shape, { box, ink: () => decodedOnce(ink) }) : shape
}

function growing(shape: Shape, map: ShapeMap): Shape {
  const { trail } = readOn(map, inkOf(map))
  const { length, box } = trail
  if (length === 0) return shape
  const grown = inked(shape, { box, ink: once(() => Object.freeze(trail.points.slice(0, length))) })
  noteTrail(grown, trail)
  return grown
}

function inked(shape: Shape, { ink, box }: { ink: () => readonly InkPoint[]; box: Box }): Shape {
  const { ink: _none, ...rest } = shape
  const value = Object.defineProperty(rest, 'ink', LAZY_INK) as Shape
  makers.set(value, ink)
  bounds.set(value, box)
  return value
}

/** How the points of a shape are had when somebody asks. */
const makers = new WeakMap<object, () => readonly InkPoint[]>()

/** One for all strokes: a getter of its own for each would give each a hidden class of its own. */
const LAZY_INK: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  configurable: false,
  get() {
    return makers.get(this)?.() ?? []
  },
}

const decodings = new WeakMap<Uint8Array, readonly InkPoint[]>()

/** A stroke that is moved has the bytes it had, and so the points. */
function decodedOnce(bytes: Uint8Array): readonly InkPoint[] {
  const known = decodings.get(bytes)
  if (known) return known
  const points = Object.freeze(decodeInk(bytes))
  decodings.set(bytes, points)
  return points
}

/** What was read of a stroke in pieces. */
interface Reading {
  pieces: readonly Uint8Array[]
  /** How many points there are up to the end of each piece. */
  readonly ends: number[]
  trail: InkTrail
}

const readings = new WeakMap<ShapeMap, Reading>()

/** Reads the pieces that are new; the last one may have been replaced by itself and more. */
function readOn(map: ShapeMap, pieces: readonly Uint8Array[]): Reading {
  const reading = readings.get(map) ?? { pieces: [], ends: [], trail: new InkTrail() }
  readings.set(map, reading)
  const same = commonLength(reading.pieces, pieces)
  if (same === pieces.length && same === reading.pieces.length) return reading
  const start = reading.ends[same - 1] ?? 0
  const fresh: InkPoint[] = []
  reading.ends.length = same
  for (const bytes of pieces.slice(same)) {
    for (const point of decoded(bytes)) fresh.push(point)
    reading.ends.push(start + fresh.length)
  }
  reading.pieces = pieces
  reading.trail = continued(reading.trail, { start, fresh })
  return reading
}

/** The trail with `fresh` from `start` on: the same one if that only makes it longer. */
function continued(
  trail: InkTrail,
  { start, fresh }: { start: number; fresh: readonly InkPoint[] },
): InkTrail {
  const overlap = trail.length - start
  const goesOn = overlap <= fresh.length && isSamePoints(trail.points, { start, fresh, overlap })
  if (!goesOn) return new InkTrail([...trail.points.slice(0, start), ...fresh])
  for (let i = overlap; i < fresh.length; i++) trail.push(fresh[i]!)
  return trail
}

function isSamePoints(
  points: readonly InkPoint[],
  { start, fresh, overlap }: { start: number; fresh: readonly InkPoint[]; overlap: number },
): boolean {
  for (let i = 0; i < overlap; i++) {
    const [a, b] = [points[start + i], fresh[i]]
    if (a?.[0] !== b?.[0] || a?.[1] !== b?.[1] || a?.[2] !== b?.[2]) return false
  }
  return true
}

function commonLength(a: readonly unknown[], b: readonly unknown[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function decoded(bytes: Uint8Array): readonly InkPoint[] {
  try {
    return decodeInk(bytes)
  } catch {
    return [] // Anybody may write anything under the key of a stroke.
  }
}

function measured(bytes: Uint8Array): Box | null {
  try {
    return inkBounds(bytes)
  } catch {
    return null
  }
}
