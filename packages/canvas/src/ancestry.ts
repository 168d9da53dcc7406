/** What a shape has from the groups and frames around it. Pure. */
import type { Shape, ShapeId, ShapeLookup } from '@kolam/board'

/** Opacity, clipping frames (outermost first) and ids of everything a shape is inside of. */
export interface Ancestry {
  readonly opacity: number
  readonly frames: readonly Shape[]
  readonly ids: readonly ShapeId[]
}

const ALONE: Ancestry = { opacity: 1, frames: [], ids: [] }

/** Documents from the network may hold a circle of parents. */
const DEPTH_MAX = 64

/** What the shape inherits; nothing if it lies on the page. */
export function inherited(shape: Shape | null, lookup: ShapeLookup): Ancestry {
  let parent = shape && lookup.shape(shape.at[0])
  if (!parent) return ALONE
  const frames: Shape[] = []
  const ids: ShapeId[] = []
  let opacity = 1
  for (let depth = 0; parent && depth < DEPTH_MAX; depth++) {
    opacity *= parent.opacity
    ids.push(parent.id)
    if (parent.kind === 'frame') frames.unshift(parent)
    parent = lookup.shape(parent.at[0])
  }
  return { opacity, ids, frames: frames.length > 0 ? frames : ALONE.frames }
}
