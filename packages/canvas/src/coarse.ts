/**
 * A shape as it may be drawn when it is only a few pixels large: cheap to work out and to paint.
 *
 * Looking at a whole board means thousands of such shapes at once. Pure.
 */
import type { Point, Shape } from '@kolam/board'
import type { Drawable, DrawItem } from './draw-item.ts'
import { shapeDrawable } from './drawable.ts'
import { isLabelled, isUnderWay, showsText, tintStrength } from './level-of-detail.ts'
import { fillGap, fillWeight, noSketch } from './sketch.ts'
import { layouterOver } from './text-measurer.ts'
import type { TextLayouter } from './text-measurer.ts'

/** Shapes smaller than this on screen, in CSS pixels, are drawn coarsely. */
export const COARSE_MAX = 14

/** A stroke this small has no more corners than this. */
const INK_POINTS = 10

/** Measures by counting characters: good enough for bars. */
const GUESSING: TextLayouter = layouterOver({
  width: (text, { fontSize }) => text.length * fontSize * 0.5,
  extent: () => ({ ascent: 0.8, descent: 0.2 }),
})

/** Whether the shape is so small on screen that nobody sees the difference. */
export function isCoarse(shape: Shape, zoom: number): boolean {
  if (isUnderWay(shape) || (isLabelled(shape) && showsText(shape.fontSize, zoom))) return false
  return shape.kind === 'text' || Math.max(shape.w, shape.h) * zoom < COARSE_MAX
}

/** What the shape looks like at that size; fills drawn in lines are tints. */
export function coarseDrawable(shape: Shape, route: readonly Point[]): Drawable {
  const needs = { measurer: GUESSING, route, sketch: noSketch }
  return tinted(shape, shapeDrawable(coarsened(shape), needs))
}

/** A drawable with tints where the shape's fill is drawn in lines. */
export function tinted(shape: Shape, drawable: Drawable): Drawable {
  if (shape.fillStyle === 'solid' || shape.fill === 'none') return drawable
  const strength = tintStrength({ width: fillWeight(shape), gap: fillGap(shape) })
  const tint = (item: DrawItem): DrawItem => (item.type === 'fill' ? { ...item, strength } : item)
  return { ...drawable, items: drawable.items.map(tint) }
}

/** Clean, with plain fills, few points, and no text but a text's own. */
export function coarsened(shape: Shape): Shape {
  const text = shape.kind === 'text' || shape.kind === 'frame' ? shape.text : ''
  const ink = thinned(shape.ink)
  return { ...shape, roughness: 0, fillStyle: 'solid', dash: 'solid', radius: 0, text, ink }
}

function thinned<T>(points: readonly T[]): readonly T[] {
  const step = Math.ceil(points.length / INK_POINTS)
  if (step <= 1) return points
  return points.filter((_, i) => i % step === 0 || i === points.length - 1)
}
