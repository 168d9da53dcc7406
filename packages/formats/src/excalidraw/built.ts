/** An element on its way to becoming a shape: everything but its place in the tree. */
import type { NewShape } from '@kolam/board'
import type { Box } from '@kolam/geometry'
import type { Element } from './element.ts'

/** The props of a shape that do not depend on what contains it. */
export type ShapeProps = Omit<NewShape, 'at' | 'w' | 'h' | 'id'>

/** A shape where it is on the page, before it gets a parent. */
export interface Built {
  readonly element: Element
  readonly props: ShapeProps
  /** Unturned, on the page. */
  readonly box: Box
  /** What it is called when it cannot be drawn yet, or null. */
  readonly notDrawn: string | null
}

/** How far the shape is turned about its middle. */
export function turnOf({ props }: Built): number {
  return props.angle ?? 0
}
