/** Paints pictures, and what stands for one that is loading or cannot be had. */
import type { Box } from '@kolam/geometry'
import type { ImageItem } from './draw-item.ts'
import type { Brush } from './paint-item.ts'
import { ellipsePath, polyline, rectanglePath } from './path.ts'
import { themeColor } from './theme-color.ts'
import { QUIET } from './theme.ts'
import { fillPath, strokePath, tracePath } from './trace-path.ts'

/** The picture in its box: cropped, flipped, corners rounded. */
export function paintImage(brush: Brush, item: ImageItem): void {
  const source = brush.images.get(item.asset)
  if (source === 'loading') brush.onWaiting(item.asset)
  if (typeof source === 'string') return paintPlaceholder(brush, item, source)
  const { context } = brush
  const { box, radius, flipX, flipY } = item
  context.save()
  if (radius > 0) {
    context.beginPath()
    tracePath(context, rectanglePath(box, radius))
    context.clip()
  }
  context.translate(flipX ? box.w : 0, flipY ? box.h : 0)
  context.scale(flipX ? -1 : 1, flipY ? -1 : 1)
  context.imageSmoothingQuality = 'high'
  const from = sourceBox(source, item.crop)
  context.drawImage(source, from.x, from.y, from.w, from.h, box.x, box.y, box.w, box.h)
  context.restore()
}

function sourceBox(source: CanvasImageSource, crop: ImageItem['crop']): Box {
  const { w, h } = naturalSize(source)
  if (!crop) return { x: 0, y: 0, w, h }
  return { x: crop.x * w, y: crop.y * h, w: crop.w * w, h: crop.h * h }
}

function naturalSize(source: CanvasImageSource): { w: number; h: number } {
  if ('naturalWidth' in source) return { w: source.naturalWidth, h: source.naturalHeight }
  if ('videoWidth' in source) return { w: source.videoWidth, h: source.videoHeight }
  if ('displayWidth' in source) return { w: source.displayWidth, h: source.displayHeight }
  const { width, height } = source
  if (typeof width === 'number' && typeof height === 'number') return { w: width, h: height }
  return { w: 0, h: 0 }
}

/** Page units of the small picture sign, and the least room it needs. */
const SIGN = 36

function paintPlaceholder(brush: Brush, { box, radius }: ImageItem, state: string): void {
  const { context, theme, zoom } = brush
  const alpha = context.globalAlpha
  const area = rectanglePath(box, radius)
  context.fillStyle = context.strokeStyle = themeColor(QUIET, theme)
  context.lineWidth = 1 / zoom
  context.globalAlpha = alpha * 0.12
  fillPath(context, area)
  context.globalAlpha = alpha * 0.7
  if (state === 'missing') {
    context.setLineDash([5 / zoom, 4 / zoom])
    strokePath(context, area)
    context.setLineDash([])
  }
  if (Math.min(box.w, box.h) > SIGN * 1.3) paintSign(context, box, state)
  context.globalAlpha = alpha
}

/** A framed hill under a sun; crossed out when there is no picture to wait for. */
function paintSign(context: CanvasRenderingContext2D, box: Box, state: string): void {
  const x = box.x + (box.w - SIGN) / 2
  const y = box.y + (box.h - SIGN * 0.8) / 2
  const at = (dx: number, dy: number): readonly [number, number] => [x + dx * SIGN, y + dy * SIGN]
  context.lineWidth = 2
  context.lineCap = context.lineJoin = 'round'
  strokePath(context, rectanglePath({ x, y, w: SIGN, h: SIGN * 0.8 }, 5))
  const sun = at(0.2, 0.17)
  fillPath(context, ellipsePath({ x: sun[0], y: sun[1], w: SIGN * 0.17, h: SIGN * 0.17 }))
  const hills = [at(0.12, 0.66), at(0.38, 0.42), at(0.54, 0.56), at(0.7, 0.36), at(0.9, 0.6)]
  strokePath(context, polyline(hills, { closed: false }))
  if (state === 'missing')
    strokePath(context, polyline([at(-0.1, 0.9), at(1.1, -0.1)], { closed: false }))
}
