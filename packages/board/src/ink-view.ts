/** Strokes in the view of a shape: decoded when first looked at, and then only once. */
import { boxFromPoints, type Box } from '@kolam/geometry'
import { decodeInk, inkBounds } from './ink.ts'
import type { InkPoint, Shape } from './shape.ts'

const bounds = new WeakMap<Shape, Box>()

/** The shape with the stroke in `pieces`; pieces that do not decode are left out. */
export function withInk(shape: Shape, pieces: readonly Uint8Array[]): Shape {
  const sound = pieces.flatMap((bytes) => measured(bytes))
  if (sound.length === 0) return shape
  let points: readonly InkPoint[] | undefined
  const inked: Shape = {
    ...shape,
    get ink() {
      points ??= Object.freeze(sound.flatMap(({ bytes }) => decodeInk(bytes)))
      return points
    },
  }
  bounds.set(inked, unionOf(sound.map(({ box }) => box)))
  return inked
}

/** The box around the stroke of a shape, in shape space; does not decode what is in the document. */
export function inkBox(shape: Shape): Box {
  const known = bounds.get(shape)
  if (known) return known
  const box = boxFromPoints(shape.ink.map(([x, y]) => ({ x, y })))
  bounds.set(shape, box)
  return box
}

function measured(bytes: Uint8Array): { bytes: Uint8Array; box: Box }[] {
  try {
    return [{ bytes, box: inkBounds(bytes) }]
  } catch {
    return [] // Anybody may write anything under the key of a stroke.
  }
}

function unionOf(boxes: readonly Box[]): Box {
  return boxFromPoints(
    boxes.flatMap(({ x, y, w, h }) => [
      { x, y },
      { x: x + w, y: y + h },
    ]),
  )
}
