/** The points of lines, arrows and strokes, put into the box that they fill. */
import { boxFromPoints, type Box, type Vec } from '@kolam/geometry'
import { isFiniteNumber, listOf } from '../json.ts'
import { COORDINATE_MAX } from '../limits.ts'
import { readCoordinate, repair, type Element } from './element.ts'

/** A point with what else a stroke records there. */
export interface Sample extends Vec {
  readonly pressure: number
}

/** The way in the file's own coordinates, from `x`,`y` on; at least two points. */
export function readSamples(element: Element): Sample[] {
  const pressures = listOf(element.raw['pressures'])
  const listed = listOf(element.raw['points'])
  const samples: Sample[] = []
  for (const [i, point] of listed.entries()) {
    const sample = toSample(point, pressures[Math.min(i, pressures.length - 1)])
    if (sample) samples.push(sample)
  }
  if (samples.length < listed.length) element.repaired = true
  return samples.length > 0 && (samples.length > 1 || element.type === 'freedraw')
    ? samples
    : repair(element, fromSize(element))
}

/** At most `max` of the samples, evenly spread; both ends stay. */
export function thinned(
  element: Element,
  samples: readonly Sample[],
  max: number,
): readonly Sample[] {
  if (samples.length <= max) return samples
  const step = (samples.length - 1) / (max - 1)
  const some = Array.from({ length: max }, (_, i) => samples[Math.round(i * step)]!)
  return repair(element, some)
}

/** The box the points fill, where it is on the page, and the points in it. */
export function placePoints<T extends Vec>(
  element: Element,
  points: readonly T[],
): { readonly box: Box; readonly points: T[] } {
  const around = boxFromPoints(points)
  const x = around.x + readCoordinate(element, 'x')
  const y = around.y + readCoordinate(element, 'y')
  const inside = points.map((point) => ({ ...point, x: point.x - around.x, y: point.y - around.y }))
  return { box: { ...around, x, y }, points: inside }
}

function toSample(point: unknown, pressure: unknown): Sample | null {
  const [x, y] = listOf(point)
  if (!isCoordinate(x) || !isCoordinate(y)) return null
  return { x, y, pressure: isFiniteNumber(pressure) ? Math.max(0, Math.min(1, pressure)) : 0.5 }
}

function isCoordinate(value: unknown): value is number {
  return isFiniteNumber(value) && Math.abs(value) <= COORDINATE_MAX
}

/** A way from corner to corner, for an element that lost its points. */
function fromSize(element: Element): Sample[] {
  const w = readCoordinate(element, 'width', 100)
  const h = readCoordinate(element, 'height')
  return [
    { x: 0, y: 0, pressure: 0.5 },
    { x: w, y: h, pressure: 0.5 },
  ]
}
