/** Draw items of rectangles, ellipses and diamonds. Pure. */
import type { Shape } from '@kolam/board'
import { dashPattern } from './dash.ts'
import type { DrawItem, StrokeItem } from './draw-item.ts'
import { isClosed, pathLength } from './path.ts'
import type { Path } from './path.ts'
import { boxOutline } from './shape-path.ts'
import { fillGap, fillWeight } from './sketch.ts'
import type { RoughForm, Sketch } from './sketch.ts'

/** Fill, then outline. */
export function closedItems(shape: Shape, sketch: Sketch): DrawItem[] {
  const form = shape.kind === 'ellipse' ? 'ellipse' : 'path'
  return areaItems(shape, { form, path: boxOutline(shape) }, sketch)
}

/** An area filled and outlined as the shape's style says. */
export function areaItems(shape: Shape, form: RoughForm, sketch: Sketch): DrawItem[] {
  const { path } = form
  const isFilled = shape.fill !== 'none'
  const isSketched = isFilled && shape.fillStyle !== 'solid'
  if (shape.roughness > 0) return roughItems(shape, form, sketch)
  const lines = isSketched ? roughItems({ ...shape, stroke: 'none' }, form, sketch) : []
  const fill: DrawItem[] =
    isFilled && !isSketched ? [{ type: 'fill', path, color: shape.fill }] : []
  return [...lines, ...fill, ...outlineItems(shape, path)]
}

/** The line along a path, or nothing if the shape has no stroke. */
export function outlineItems(shape: Shape, path: Path): StrokeItem[] {
  const { stroke: color, strokeWidth: width } = shape
  if (color === 'none' || width <= 0 || path.length === 0) return []
  const dash = dashPattern(shape.dash, { width, length: pathLength(path), closed: isClosed(path) })
  return [{ type: 'stroke', path, color, width, dash, hairline: false }]
}

function roughItems(shape: Shape, form: RoughForm, sketch: Sketch): DrawItem[] {
  return sketch(shape, form).flatMap(({ role, path }): DrawItem[] => {
    if (role === 'fill') return [{ type: 'fill', path, color: shape.fill }]
    if (role === 'outline') return outlineItems(shape, path)
    return [
      {
        type: 'sketch',
        lines: path,
        area: form.path,
        color: shape.fill,
        width: fillWeight(shape),
        gap: fillGap(shape),
      },
    ]
  })
}
