/** Everything that is painted above because somebody is moving it. Pure but for what it reads. */
import type { Board, Shape, ShapeId } from '@kolam/board'
import type { BoundArrows } from './bound-arrows.ts'

/** Drafts, what is inside them, and the arrows bound to any of these. */
export function movingShapes(
  drafts: ReadonlyMap<ShapeId, Shape>,
  {
    board,
    arrows,
  }: { board: Pick<Board, 'shape' | 'descendants'>; arrows: Pick<BoundArrows, 'of'> },
): ReadonlySet<ShapeId> {
  const moving = new Set(drafts.keys())
  for (const { id, kind } of drafts.values()) {
    if (kind !== 'group' && kind !== 'frame') continue
    if (board.shape(id)) for (const inside of board.descendants(id)) moving.add(inside)
  }
  if (drafts.size === 0) return moving
  // Arrows found on the way are looked at too: something may hold on to them.
  for (const id of moving) for (const arrow of arrows.of(id)) moving.add(arrow)
  return moving
}
