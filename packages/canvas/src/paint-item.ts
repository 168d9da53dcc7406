/**
 * Paints one draw item on a context whose transform is the shape's own space.
 *
 * Decides the level of detail; adapts colours to the theme. Sets what it uses, restores nothing but clips.
 */
import type { Box } from '@kolam/geometry'
import type { ImageSource } from './asset-images.ts'
import type { DrawItem, FillItem, InkItem, SketchItem, StrokeItem } from './draw-item.ts'
import { isDashFine, isFillFine, isInkFine, tintStrength } from './level-of-detail.ts'
import { paintImage } from './paint-image.ts'
import { paintName, paintText } from './paint-text.ts'
import { themeColor } from './theme-color.ts'
import type { Theme } from './theme.ts'
import { fillPath, strokePath } from './trace-path.ts'

/** Where and how items are painted. */
export interface Brush {
  readonly context: CanvasRenderingContext2D
  /** CSS pixels per page unit: decides the level of detail. */
  readonly zoom: number
  readonly theme: Theme
  readonly images: ImageSource
  /** Told of pictures shown as placeholders because they are still loading. */
  onWaiting(asset: string): void
}

/** Paints the item. */
export function paintItem(brush: Brush, item: DrawItem): void {
  switch (item.type) {
    case 'fill':
      return paintFill(brush, item)
    case 'stroke':
      return paintStroke(brush, item)
    case 'sketch':
      return paintSketch(brush, item)
    case 'ink':
      return paintInk(brush, item)
    case 'text':
      return paintText(brush, item)
    case 'name':
      return paintName(brush, item)
    case 'image':
      return paintImage(brush, item)
  }
}

/** A shape too small to see more of than its colour. */
export function paintSpeck(
  brush: Brush,
  { x, y, w, h }: Box,
  { color, strength }: { color: string; strength: number },
): void {
  if (color === 'none') return
  const { context } = brush
  const [alpha, least] = [context.globalAlpha, 0.75 / brush.zoom]
  context.globalAlpha = alpha * strength
  context.fillStyle = themeColor(color, brush.theme)
  context.fillRect(x, y, Math.max(w, least), Math.max(h, least))
  context.globalAlpha = alpha
}

function paintFill({ context, theme }: Brush, { path, color, strength = 1 }: FillItem): void {
  const alpha = context.globalAlpha
  context.globalAlpha = alpha * strength
  context.fillStyle = themeColor(color, theme)
  fillPath(context, path)
  context.globalAlpha = alpha
}

function paintStroke(brush: Brush, { path, color, width, dash, hairline }: StrokeItem): void {
  const { context, zoom, theme } = brush
  const unit = hairline ? 1 / zoom : 1
  context.strokeStyle = themeColor(color, theme)
  context.lineWidth = width * unit
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const isPlain = dash.length === 0 || (!hairline && isDashFine(dash, zoom))
  if (!isPlain) context.setLineDash(dash.map((part) => part * unit))
  strokePath(context, path)
  if (!isPlain) context.setLineDash([])
}

/** Fill lines, or a tint in their place. */
function paintSketch(brush: Brush, { lines, area, color, width, gap }: SketchItem): void {
  if (!isFillFine(gap, brush.zoom)) {
    const item = { path: lines, color, width, dash: [], hairline: false } as const
    return paintStroke(brush, { type: 'stroke', ...item })
  }
  const strength = tintStrength({ width, gap })
  paintFill(brush, { type: 'fill', path: area, color, strength })
}

function paintInk(brush: Brush, { outline, line, color, width }: InkItem): void {
  if (!isInkFine(width, brush.zoom)) {
    return paintFill(brush, { type: 'fill', path: outline(), color })
  }
  const least = Math.max(width, 0.5 / brush.zoom)
  paintStroke(brush, { type: 'stroke', path: line, color, width: least, dash: [], hairline: false })
}
