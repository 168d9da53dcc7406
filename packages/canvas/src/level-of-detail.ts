/** What is too small to be worth drawing in full. Sizes in CSS pixels on screen. Pure. */
import type { Shape } from '@kolam/board'

/** Text lower than this is shown as bars. */
export const TEXT_MIN = 3

/** Fill lines closer than this become a flat tint. */
export const FILL_GAP_MIN = 2

/** Pen strokes thinner than this are a plain line. */
export const INK_MIN = 1.2

/** Dashes shorter than this (dash and gap together) are drawn through. */
export const DASH_MIN = 2

/** Shapes smaller than this are a speck of colour. */
export const SPECK_MAX = 3

/** Names above frames narrower than this are left out. */
export const NAME_MIN = 48

/** Whether text of this size can be read. */
export function showsText(fontSize: number, zoom: number): boolean {
  return fontSize * zoom >= TEXT_MIN
}

/** Whether fill lines would run together. */
export function isFillFine(gap: number, zoom: number): boolean {
  return gap * zoom < FILL_GAP_MIN
}

/** Whether a pen stroke is too thin for its varying width to show. */
export function isInkFine(width: number, zoom: number): boolean {
  return width * zoom < INK_MIN
}

/** Whether dashes are too fine to tell apart. */
export function isDashFine(dash: readonly number[], zoom: number): boolean {
  const period = dash.reduce((sum, part) => sum + part, 0)
  return period > 0 && period * zoom < DASH_MIN
}

/** Whether a whole shape is but a speck. */
export function isSpeck(size: { w: number; h: number }, zoom: number): boolean {
  return Math.max(size.w, size.h) * zoom < SPECK_MAX
}

/** Whether a stroke is still being drawn: it has no size before it is finished. */
export function isUnderWay({ kind, w, h }: Pick<Shape, 'kind' | 'w' | 'h'>): boolean {
  return kind === 'draw' && w === 0 && h === 0
}

/** Whether a shape shows its text inside or along itself; names above are another matter. */
export function isLabelled({ kind, text }: Pick<Shape, 'kind' | 'text'>): boolean {
  return text !== '' && kind !== 'frame'
}

/** How strong a speck is: of an outline around nothing, as of text, less is seen than of an area. */
export function speckStrength({ kind, fill }: Pick<Shape, 'kind' | 'fill'>): number {
  return fill === 'none' && kind !== 'draw' && kind !== 'image' ? 0.4 : 1
}

/** How strong a tint stands for fill lines: about the share of the area they would cover. */
export function tintStrength({ width, gap }: { width: number; gap: number }): number {
  return Math.min(1, (1.6 * width) / gap)
}
