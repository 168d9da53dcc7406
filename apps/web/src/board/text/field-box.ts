/** Where the field for typing lies over a shape's text, in shape space. Pure. */
import type { TextArea } from '@kolam/canvas'
import type { Box, Size } from '@kolam/geometry'

const ACROSS = { left: 0, center: 0.5, right: 1 } as const
const DOWN = { top: 0, middle: 0.5, bottom: 1 } as const

/**
 * The box of the field for a text of size `text` in `area`. A text that never wraps gets `room` more
 * than it is wide, on the side it grows to, so that the next letter does not scroll it.
 */
export function fieldBox(area: TextArea, text: Size, room: number): Box {
  const { box, wrapAt, align, verticalAlign } = area
  const y = box.y + (box.h - text.h) * DOWN[verticalAlign]
  if (wrapAt !== null) {
    return { x: box.x + (box.w - wrapAt) * 0.5, y, w: wrapAt, h: text.h }
  }
  const w = Math.max(text.w, box.w) + room
  return { x: box.x + (box.w - w) * ACROSS[align], y, w, h: text.h }
}
