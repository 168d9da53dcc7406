/** Shapes and measures for tests. */
import { SHAPE_DEFAULTS } from '@kolam/board'
import type { Shape, ShapeKind, ShapeLookup } from '@kolam/board'
import { IDENTITY } from '@kolam/geometry'
import { layouterOver } from '../text-measurer.ts'
import type { TextLayouter } from '../text-measurer.ts'

/** A shape with the defaults for everything not given. */
export function shapeOf(kind: ShapeKind, props: Partial<Omit<Shape, 'kind'>> = {}): Shape {
  return { ...SHAPE_DEFAULTS, id: kind, index: 'a0', kind, ...props }
}

/** Every character is half its font size wide. */
export function fixedLayouter(): TextLayouter {
  return layouterOver({
    width: (text, { fontSize }) => (text.length * fontSize) / 2,
    extent: () => ({ ascent: 0.8, descent: 0.2 }),
  })
}

/** Finds the shapes given, all lying where their points say. */
export function lookupOf(...shapes: readonly Shape[]): ShapeLookup {
  return { shape: (id) => shapes.find((shape) => shape.id === id), pageTransform: () => IDENTITY }
}
