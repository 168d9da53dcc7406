/** Keeps the box of a text shape as large as its text. Pure: gives props, writes nothing. */
import type { Place, Shape, TextMeasurer } from '@kolam/board'
import { rotate, type Vec } from '@kolam/geometry'

/** Props that differ because of the text; empty for shapes that do not follow their text. */
export interface FittedText {
  at?: Place
  w?: number
  h?: number
}

/** The size `shape` must have for its text, growing from where its text is aligned. */
export function fittedText(shape: Shape, measurer: TextMeasurer): FittedText {
  if (shape.kind !== 'text') return {}
  const measured = measurer.measure(shape.text, shape, shape.autoSize ? null : shape.w)
  const w = shape.autoSize ? Math.max(1, measured.w) : shape.w
  const h = Math.max(measured.h, shape.fontSize * shape.lineHeight)
  if (w === shape.w && h === shape.h) return {}
  return { at: keepAnchor(shape, { w, h }, { x: alignFraction(shape), y: 0 }), w, h }
}

/** Where `shape` must be so that the point at `anchor` (0…1 of its box) stays when its size changes. */
export function keepAnchor(shape: Shape, size: { w: number; h: number }, anchor: Vec): Place {
  const [parent, x, y] = shape.at
  const before = { x: (anchor.x - 0.5) * shape.w, y: (anchor.y - 0.5) * shape.h }
  const after = { x: (anchor.x - 0.5) * size.w, y: (anchor.y - 0.5) * size.h }
  const [from, to] = [rotate(before, shape.angle), rotate(after, shape.angle)]
  const centre = { x: x + shape.w / 2 + from.x - to.x, y: y + shape.h / 2 + from.y - to.y }
  return [parent, centre.x - size.w / 2, centre.y - size.h / 2]
}

function alignFraction({ textAlign }: Shape): number {
  return textAlign === 'left' ? 0 : textAlign === 'center' ? 0.5 : 1
}
