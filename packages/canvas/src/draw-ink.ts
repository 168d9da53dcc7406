/** Draw items of pen strokes. Pure. */
import { once } from '@kolam/base'
import type { Shape } from '@kolam/board'
import { outlineItems } from './draw-closed.ts'
import type { DrawItem } from './draw-item.ts'
import { inkLine, inkOutline, inkWidth } from './ink.ts'
import type { Path } from './path.ts'

/** The filled inside of a closed stroke, then the stroke. */
export function inkItems(shape: Shape): DrawItem[] {
  const line = inkLine(shape)
  const fill: DrawItem[] =
    shape.fill !== 'none' && shape.closed ? [{ type: 'fill', path: line, color: shape.fill }] : []
  if (shape.stroke === 'none' || line.length === 0) return fill
  return [...fill, strokeItem(shape, line)]
}

/** A dashed pen has one width; a plain one has the width of the hand. */
function strokeItem(shape: Shape, line: Path): DrawItem {
  const width = inkWidth(shape)
  const [dashed] =
    shape.dash === 'solid' ? [] : outlineItems({ ...shape, strokeWidth: width }, line)
  if (dashed) return dashed
  const coarse = inkLine(shape, width)
  return {
    type: 'ink',
    outline: once(() => inkOutline(shape)),
    line: coarse,
    color: shape.stroke,
    width,
  }
}
