/**
 * Where a shape's text goes, in shape space: the painter and whoever puts an editable text field
 * over the canvas use the same answer. Pure.
 */
import type { Shape, TextAlign, TextMeasurer, VerticalAlign } from '@kolam/board'
import type { Box, Vec } from '@kolam/geometry'

/** The box text may fill and how it sits in it. */
export interface TextArea {
  readonly box: Box
  /** Width at which lines break, or null if only newlines break them. */
  readonly wrapAt: number | null
  readonly align: TextAlign
  readonly verticalAlign: VerticalAlign
}

/** Page units between an outline and the text inside it. */
export const TEXT_PADDING = 5

/** Narrower than this text is not squeezed, it flows over the edge. */
const WRAP_MIN = 24

/** Characters (about) an arrow's label may be wide however short the arrow is. */
const ARROW_EMS = 8

/** The text's place; `middle` is where a label sits on an arrow's or line's route. */
export function textArea(shape: Shape, middle: Vec | null = null): TextArea {
  const { kind, w, h, textAlign: align, verticalAlign } = shape
  if (kind === 'text') {
    const box = { x: 0, y: 0, w, h }
    return { box, wrapAt: shape.autoSize ? null : Math.max(w, 1), align, verticalAlign: 'top' }
  }
  if (kind === 'arrow' || kind === 'line') {
    const width = Math.max(Math.hypot(w, h) * 0.7, shape.fontSize * ARROW_EMS)
    const { x, y } = middle ?? { x: w / 2, y: h / 2 }
    const box = { x: x - width / 2, y, w: width, h: 0 }
    return { box, wrapAt: width, align: 'center', verticalAlign: 'middle' }
  }
  const box = inner(shape)
  return { box, wrapAt: Math.max(box.w, WRAP_MIN), align, verticalAlign }
}

/** The lines of a shape's text and the box they fill; null without text. */
export function layOutText(
  shape: Shape,
  options: { measurer: TextMeasurer; middle: Vec | null },
): { readonly lines: readonly string[]; readonly box: Box; readonly align: TextAlign } | null {
  if (shape.text === '') return null
  const area = textArea(shape, options.middle)
  const { w, h, lines } = options.measurer.measure(shape.text, shape, area.wrapAt)
  const width = shape.kind === 'text' ? Math.max(w, area.box.w) : w
  return { lines, align: area.align, box: alignBox(area, { w: width, h }) }
}

/** The largest upright box inside the outline, less the padding. */
function inner({ kind, w, h }: Shape): Box {
  const share = kind === 'ellipse' ? Math.SQRT1_2 : kind === 'diamond' ? 0.5 : 1
  const width = Math.max(0, w * share - 2 * TEXT_PADDING)
  const height = Math.max(0, h * share - 2 * TEXT_PADDING)
  return { x: (w - width) / 2, y: (h - height) / 2, w: width, h: height }
}

function alignBox(
  { box, align, verticalAlign }: TextArea,
  { w, h }: { w: number; h: number },
): Box {
  const across = { left: 0, center: 0.5, right: 1 }[align]
  const down = { top: 0, middle: 0.5, bottom: 1 }[verticalAlign]
  return { x: box.x + (box.w - w) * across, y: box.y + (box.h - h) * down, w, h }
}
