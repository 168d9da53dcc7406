/** Paints text, bars for text too small to read, and names above frames. */
import { canvasFont } from './fonts.ts'
import type { NameItem, TextItem } from './draw-item.ts'
import { NAME_MIN, showsText } from './level-of-detail.ts'
import type { Brush } from './paint-item.ts'
import { themeColor } from './theme-color.ts'

/** Font size of names, and how far they are above what they name; CSS pixels at any zoom. */
export const NAME_SIZE = 12
const NAME_LIFT = 6

/** Lines of text, or bars in their place. */
export function paintText(brush: Brush, item: TextItem): void {
  if (!showsText(item.style.fontSize, brush.zoom)) return paintBars(brush, item)
  const { context, theme } = brush
  const { lines, box, align, style, baseline } = item
  context.font = canvasFont(style)
  context.fillStyle = themeColor(item.color, theme)
  context.textAlign = align
  context.textBaseline = 'alphabetic'
  const x = box.x + box.w * SIDES[align]
  lines.forEach((line, i) => {
    if (line) context.fillText(line, x, box.y + baseline + i * style.fontSize * style.lineHeight)
  })
}

const SIDES = { left: 0, center: 0.5, right: 1 } as const

/** Characters are about this wide, in font sizes: good enough for bars. */
const BAR_EM = 0.5

function paintBars({ context, theme }: Brush, item: TextItem): void {
  const { lines, box, align, style } = item
  const height = style.fontSize * style.lineHeight
  const alpha = context.globalAlpha
  context.globalAlpha = alpha * 0.45
  context.fillStyle = themeColor(item.color, theme)
  lines.forEach((line, i) => {
    const w = Math.min(box.w, line.trimEnd().length * style.fontSize * BAR_EM)
    const x = box.x + (box.w - w) * SIDES[align]
    if (w > 0) context.fillRect(x, box.y + (i + 0.3) * height, w, height * 0.4)
  })
  context.globalAlpha = alpha
}

/** The name in screen size, cut where the thing it names ends. */
export function paintName({ context, zoom, theme }: Brush, { text, at, w, color }: NameItem): void {
  if (w * zoom < NAME_MIN) return
  const size = NAME_SIZE / zoom
  context.save()
  context.beginPath()
  context.rect(at[0], at[1] - 2 * size, w, 2 * size)
  context.clip()
  context.font = canvasFont({ font: 'sans', fontSize: size })
  context.fillStyle = themeColor(color, theme)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillText(text, at[0], at[1] - NAME_LIFT / zoom)
  context.restore()
}
