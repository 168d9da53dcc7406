/** Draw items of lines and arrows. Pure. */
import type { Point, Shape } from '@kolam/board'
import { headParts, headSize } from './arrow-heads.ts'
import type { HeadParts } from './arrow-heads.ts'
import { areaItems, outlineItems } from './draw-closed.ts'
import type { DrawItem } from './draw-item.ts'
import { pathLength } from './path.ts'
import type { Path } from './path.ts'
import { routeThrough } from './route.ts'
import type { Route } from './route.ts'
import type { Sketch } from './sketch.ts'

/** What a line or an arrow is made of. */
export interface LinearParts {
  readonly items: DrawItem[]
  readonly route: Route
}

/** What a line or an arrow is drawn with. */
export interface LinearNeeds {
  readonly points: readonly Point[]
  readonly sketch: Sketch
}

/** A line through its points, filled if it is closed. */
export function lineParts(shape: Shape, { points, sketch }: LinearNeeds): LinearParts {
  const route = routeThrough(shape, { points })
  const { path } = route
  if (shape.closed) return { route, items: areaItems(shape, { form: 'path', path }, sketch) }
  return { route, items: shaftItems(shape, path, sketch) }
}

/** An arrow along its resolved route, with its heads. Dashes are for the shaft only. */
export function arrowParts(shape: Shape, { points, sketch }: LinearNeeds): LinearParts {
  const open = { ...shape, closed: false }
  const route = routeThrough(open, { points })
  if (!route.tips || shape.stroke === 'none') return { route, items: [] }
  const size = headSize(shape.strokeWidth, pathLength(route.path))
  const start = headParts(shape.startHead, route.tips.start, size)
  const end = headParts(shape.endHead, route.tips.end, size)
  const insets = { start: start.inset, end: end.inset }
  const shaft = routeThrough(open, { points, insets }).path
  const items = [
    ...shaftItems(open, shaft, sketch),
    ...headItems(shape, start, sketch),
    ...headItems(shape, end, sketch),
  ]
  return { route, items }
}

function shaftItems(shape: Shape, path: Path, sketch: Sketch): DrawItem[] {
  if (shape.roughness <= 0 || path.length === 0) return outlineItems(shape, path)
  const sets = sketch({ ...shape, fill: 'none' }, { form: 'path', path })
  return sets.flatMap((set) => outlineItems(shape, set.path))
}

function headItems(shape: Shape, { strokes, fills }: HeadParts, sketch: Sketch): DrawItem[] {
  const solid: Shape = { ...shape, dash: 'solid', roughness: Math.min(shape.roughness, 1) }
  return [
    ...fills.map((path): DrawItem => ({ type: 'fill', path, color: shape.stroke })),
    ...strokes.flatMap((path) => shaftItems(solid, path, sketch)),
  ]
}
