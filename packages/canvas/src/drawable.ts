/**
 * What one shape looks like: the first stage of painting, from a shape to values. Pure.
 */
import { exhaustive } from '@kolam/base'
import { arrowRoute } from '@kolam/board'
import type { Point, Shape, ShapeLookup } from '@kolam/board'
import type { Box, Vec } from '@kolam/geometry'
import { expandBox } from '@kolam/geometry'
import { closedItems } from './draw-closed.ts'
import { inkItems } from './draw-ink.ts'
import type { Drawable, DrawItem, StrokeItem, TextItem } from './draw-item.ts'
import { arrowParts, lineParts } from './draw-linear.ts'
import { inkLine } from './ink.ts'
import type { Path } from './path.ts'
import { boxOutline, localBox } from './shape-path.ts'
import { layOutText } from './text-area.ts'
import type { Sketch } from './sketch.ts'
import type { TextLayouter } from './text-measurer.ts'
import { QUIET } from './theme.ts'

/** Page units kept free around a label on a line. */
const GAP_MARGIN = 4

/** What else a drawable depends on; `route` is what `routeOf` says. */
export interface DrawableNeeds {
  readonly measurer: TextLayouter
  readonly route: readonly Point[]
  readonly sketch: Sketch
}

/** The points of a line or an arrow with its bindings resolved; empty for everything else. */
export function routeOf(shape: Shape, lookup: ShapeLookup): readonly Point[] {
  return shape.kind === 'arrow' || shape.kind === 'line' ? arrowRoute(shape, lookup) : []
}

/** Everything needed to paint the shape. */
export function shapeDrawable(shape: Shape, needs: DrawableNeeds): Drawable {
  switch (shape.kind) {
    case 'rectangle':
    case 'ellipse':
    case 'diamond':
      return boxed(shape, closedItems(shape, needs.sketch), needs)
    case 'line':
    case 'arrow':
      return linear(shape, needs)
    case 'draw':
      return { ...plain(shape, inkItems(shape)), outline: inkLine(shape) }
    case 'text':
      return { ...boxed(shape, [], needs), outline: boxOutline({ ...shape, radius: 0 }) }
    case 'image':
      return boxed(shape, [imageItem(shape)], needs)
    case 'frame':
      return plain(shape, frameItems(shape))
    case 'group':
      return plain(shape, [])
    case 'foreign':
      return plain(shape, foreignItems(shape))
    default:
      return exhaustive(shape.kind)
  }
}

function plain(shape: Shape, items: DrawItem[]): Drawable {
  const speck = shape.fill === 'none' || shape.kind === 'draw' ? shape.stroke : shape.fill
  return { items, label: null, gap: null, outline: boxOutline(shape), speck }
}

function boxed(shape: Shape, items: DrawItem[], { measurer }: DrawableNeeds): Drawable {
  return { ...plain(shape, items), label: labelItem(shape, measurer, null) }
}

function linear(shape: Shape, { measurer, route: points, sketch }: DrawableNeeds): Drawable {
  const parts = shape.kind === 'line' ? lineParts : arrowParts
  const { items, route } = parts(shape, { points, sketch })
  const label = labelItem(shape, measurer, route.middle)
  const gap = label && expandBox(label.box, GAP_MARGIN)
  return { ...plain(shape, items), label, gap, outline: route.path }
}

function labelItem(shape: Shape, measurer: TextLayouter, middle: Vec | null): TextItem | null {
  const text = layOutText(shape, { measurer, middle })
  if (!text) return null
  const { font, fontSize, lineHeight } = shape
  const style = { font, fontSize, lineHeight }
  const color = shape.textColor || (shape.stroke === 'none' ? FALLBACK_INK : shape.stroke)
  return { type: 'text', ...text, style, color, baseline: measurer.baseline(style) }
}

/** Text of a shape without a stroke is still to be read. */
const FALLBACK_INK = '#1e1e1e'

function imageItem(shape: Shape): DrawItem {
  const { asset, crop, flipX, flipY, radius } = shape
  return { type: 'image', asset, box: localBox(shape), crop, flipX, flipY, radius }
}

function frameItems(shape: Shape): DrawItem[] {
  const path = boxOutline(shape)
  const fill: DrawItem[] = shape.fill === 'none' ? [] : [{ type: 'fill', path, color: shape.fill }]
  return [...fill, hairline(path, []), name(shape.text || 'Frame', localBox(shape))]
}

function foreignItems(shape: Shape): DrawItem[] {
  const path = boxOutline({ ...shape, radius: 0 })
  const tint: DrawItem = { type: 'fill', path, color: 'rgb(139 135 148 / 0.08)' }
  const text = shape.foreign?.kind ?? 'unknown'
  return [tint, hairline(path, [5, 4]), name(text, localBox(shape))]
}

function hairline(path: Path, dash: readonly number[]): StrokeItem {
  return { type: 'stroke', path, color: QUIET, width: 1, dash, hairline: true }
}

function name(text: string, { x, y, w }: Box): DrawItem {
  return { type: 'name', text, at: [x, y], w, color: QUIET }
}
