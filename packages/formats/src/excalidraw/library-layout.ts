/** The items of a library side by side: in rows, about as wide as they are high together. */
import type { NewShape } from '@kolam/board'
import { unionBoxes, type Box, type Vec } from '@kolam/geometry'
import { moveScene } from '../imported-scene.ts'
import type { Part } from './part.ts'

const GAP = 60

/** All shapes, and the box around them. A single part stays where it is. */
export function layOutParts(parts: readonly Part[]): {
  readonly shapes: NewShape[]
  readonly bounds: Box | null
} {
  const [only] = parts
  if (parts.length === 1 && only) return only
  const boxes = parts.map(({ bounds }) => bounds).filter((box) => box !== null)
  const places = placeInRows(boxes)
  const shapes: NewShape[] = []
  let next = 0
  for (const part of parts) {
    if (part.bounds === null) continue
    const place = places[next++]!
    // One by one: an item may have more shapes than a call may have arguments.
    const moved = moveScene(part.shapes, place.x - part.bounds.x, place.y - part.bounds.y)
    for (const shape of moved) shapes.push(shape)
  }
  return { shapes, bounds: unionBoxes(places.map((place, i) => ({ ...boxes[i]!, ...place }))) }
}

/** The top-left corner of each box. */
function placeInRows(boxes: readonly Box[]): Vec[] {
  const rowWidth = widthOfRows(boxes)
  const places: Vec[] = []
  let x = 0
  let y = 0
  let rowHeight = 0
  for (const { w, h } of boxes) {
    if (x > 0 && x + w > rowWidth) {
      x = 0
      y += rowHeight + GAP
      rowHeight = 0
    }
    places.push({ x, y })
    x += w + GAP
    rowHeight = Math.max(rowHeight, h)
  }
  return places
}

function widthOfRows(boxes: readonly Box[]): number {
  const area = boxes.reduce((sum, { w, h }) => sum + (w + GAP) * (h + GAP), 0)
  return boxes.reduce((widest, { w }) => Math.max(widest, w), Math.sqrt(area) * 1.25)
}
