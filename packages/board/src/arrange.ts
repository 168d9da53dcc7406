/** Plans for z-order: which siblings get which new indexes. Pure; the board writes the plan. */
import type { Random } from '@kolam/base'
import { compareSiblings, indexesBetween } from './order.ts'
import type { Shape, ShapeId } from './shape.ts'

/** Where shapes go among their siblings. */
export type ReorderTo = 'front' | 'back' | 'forward' | 'backward'

/** New indexes by shape. */
export type IndexPlan = ReadonlyMap<ShapeId, string>

/**
 * `moving` among `siblings` (lowest first) in their present order. `forward` and `backward` go past the
 * next sibling that `inWay` accepts, or one step if none is.
 */
export function planReorder(
  siblings: readonly Shape[],
  moving: ReadonlySet<ShapeId>,
  options: { to: ReorderTo; random: Random; inWay: (shape: Shape) => boolean },
): IndexPlan {
  const moved = siblings.filter(({ id }) => moving.has(id))
  const resting = siblings.filter(({ id }) => !moving.has(id))
  const slot = slotFor(siblings, moving, options)
  if (slot === null || moved.length === 0 || isThere(siblings, moved, resting[slot])) {
    return new Map()
  }
  return planInsert(resting, slot, { ids: moved.map(({ id }) => id), random: options.random })
}

/** New shapes at `slot` among `siblings`; if there is no room, the siblings are spread out as well. */
export function planInsert(
  siblings: readonly Shape[],
  slot: number,
  { ids, random }: { ids: readonly ShapeId[]; random: Random },
): IndexPlan {
  const gap = { above: siblings[slot - 1]?.index ?? null, below: siblings[slot]?.index ?? null }
  const indexes = indexesBetween(gap, ids.length, random)
  if (indexes) return new Map(ids.map((id, i) => [id, indexes[i]!]))
  const order = siblings.map(({ id }) => id).toSpliced(slot, 0, ...ids)
  const fresh = indexesBetween({ above: null, below: null }, order.length, random) ?? []
  return new Map(order.map((id, i) => [id, fresh[i]!]))
}

/** How many resting siblings will be below the moved ones; null when there is nothing to pass. */
function slotFor(
  siblings: readonly Shape[],
  moving: ReadonlySet<ShapeId>,
  { to, inWay }: { to: ReorderTo; inWay: (shape: Shape) => boolean },
): number | null {
  const resting = siblings.filter(({ id }) => !moving.has(id))
  if (to === 'front') return resting.length
  if (to === 'back') return 0
  const movers = siblings.filter(({ id }) => moving.has(id))
  if (to === 'forward') {
    const top = movers.at(-1)
    const above = resting.filter((shape) => top && compareSiblings(shape, top) > 0)
    const passed = above.find(inWay) ?? above[0]
    return passed ? resting.indexOf(passed) + 1 : resting.length
  }
  const bottom = movers[0]
  const below = resting.filter((shape) => bottom && compareSiblings(shape, bottom) < 0)
  const passed = below.findLast(inWay) ?? below.at(-1)
  return passed ? resting.indexOf(passed) : 0
}

/** Whether the moved already stand together right below `next`. */
function isThere(
  siblings: readonly Shape[],
  moved: readonly Shape[],
  next: Shape | undefined,
): boolean {
  const end = next ? siblings.indexOf(next) : siblings.length
  return moved.every((shape, i) => siblings[end - moved.length + i] === shape)
}
