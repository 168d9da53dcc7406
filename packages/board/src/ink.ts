/**
 * A stroke as bytes: version, flags, count, then deltas of positions on a grid of 1/16 page unit.
 *
 *     stroke := 1 • flags • varUint(count) • [pressure] • count × (varInt(dx) • varInt(dy) • [varInt(dp)])
 *
 * Pressure has 256 steps; with flag 1 it is written per point, otherwise once. Decoding refuses
 * anything else with a BoardError and never allocates more than the bytes can hold.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Box } from '@kolam/geometry'
import { BoardError } from './errors.ts'
import { COORDINATE_MAX } from './limits.ts'
import type { InkPoint } from './shape.ts'

/** Steps to a page unit. */
export const INK_STEPS = 16

const VERSION = 1
const VARYING_PRESSURE = 1
const PRESSURE_MAX = 255

/** The stroke as bytes; points that are not finite are left out, coordinates are bounded. */
export function encodeInk(points: readonly InkPoint[]): Uint8Array {
  const steps = points.filter((point) => point.every(Number.isFinite)).map(toSteps)
  const first = steps[0]?.[2] ?? 0
  const varying = steps.some(([, , pressure]) => pressure !== first)
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, VERSION)
  encoding.writeUint8(encoder, varying ? VARYING_PRESSURE : 0)
  encoding.writeVarUint(encoder, steps.length)
  if (!varying) encoding.writeUint8(encoder, first)
  let before: Steps = [0, 0, 0]
  for (const step of steps) {
    encoding.writeVarInt(encoder, step[0] - before[0])
    encoding.writeVarInt(encoder, step[1] - before[1])
    if (varying) encoding.writeVarInt(encoder, step[2] - before[2])
    before = step
  }
  return encoding.toUint8Array(encoder)
}

/** The points of a stroke; throws BoardError `ink` when the bytes are none. */
export function decodeInk(bytes: Uint8Array): InkPoint[] {
  const points: InkPoint[] = []
  readInk(bytes, (x, y, pressure) => points.push([x, y, pressure]))
  return points
}

/** The box around a stroke without keeping its points; throws as `decodeInk` does. */
export function inkBounds(bytes: Uint8Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  readInk(bytes, (x, y) => {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  })
  if (left > right) return { x: 0, y: 0, w: 0, h: 0 }
  return { x: left, y: top, w: right - left, h: bottom - top }
}

/** The point as it reads back once it has been written. */
export function onInkGrid(point: InkPoint): InkPoint {
  const [x, y, pressure] = toSteps(point)
  return [x / INK_STEPS, y / INK_STEPS, pressure / PRESSURE_MAX]
}

/** x and y in steps of the grid, pressure in 0…255. */
type Steps = readonly [x: number, y: number, pressure: number]

function toSteps([x, y, pressure]: InkPoint): Steps {
  const bounded = Math.min(1, Math.max(0, pressure))
  return [toStep(x), toStep(y), Math.round(bounded * PRESSURE_MAX)]
}

function toStep(coordinate: number): number {
  const bounded = Math.min(COORDINATE_MAX, Math.max(-COORDINATE_MAX, coordinate))
  return Math.round(bounded * INK_STEPS) + 0 // deltas add up to no minus zero
}

function readInk(bytes: Uint8Array, take: (x: number, y: number, p: number) => void): void {
  try {
    readPoints(bytes, take)
  } catch (cause) {
    if (cause instanceof BoardError) throw cause
    throw new BoardError('ink', `Cannot read a stroke of ${bytes.length} bytes: it is cut off`)
  }
}

/** One pass over the bytes; hot when a board loads, so it makes no objects. */
function readPoints(bytes: Uint8Array, take: (x: number, y: number, p: number) => void): void {
  const decoder = decoding.createDecoder(bytes)
  const version = decoding.readUint8(decoder)
  if (version !== VERSION) refuse(`version ${version} is unknown`)
  const flags = decoding.readUint8(decoder)
  if (flags > VARYING_PRESSURE) refuse(`flags ${flags} are unknown`)
  const varying = flags === VARYING_PRESSURE
  const count = decoding.readVarUint(decoder)
  if (count * (varying ? 3 : 2) > bytes.length) refuse(`${count} points do not fit`)
  let pressure = varying ? 0 : decoding.readUint8(decoder)
  let [x, y] = [0, 0]
  const edge = COORDINATE_MAX * INK_STEPS
  for (let i = 0; i < count; i++) {
    x += decoding.readVarInt(decoder)
    y += decoding.readVarInt(decoder)
    if (varying) pressure += decoding.readVarInt(decoder)
    if (Math.abs(x) > edge || Math.abs(y) > edge) refuse('a point is out of bounds')
    if (pressure < 0 || pressure > PRESSURE_MAX) refuse('a pressure is out of bounds')
    take(x / INK_STEPS, y / INK_STEPS, pressure / PRESSURE_MAX)
  }
  if (decoding.hasContent(decoder)) refuse('bytes are left over')
}

function refuse(reason: string): never {
  throw new BoardError('ink', `Cannot read a stroke: ${reason}`)
}
