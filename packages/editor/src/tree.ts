/** Questions about who contains whom: groups, leaves, locks. Pure reads of a board. */
import type { Board, Shape, ShapeId } from '@kolam/board'

/** The shapes that contain `id`, innermost first. */
export function ancestors(board: Board, id: ShapeId): Shape[] {
  const chain: Shape[] = []
  const seen = new Set<ShapeId>([id])
  let parent = board.shape(board.shape(id)?.at[0] ?? '')
  while (parent && !seen.has(parent.id)) {
    seen.add(parent.id)
    chain.push(parent)
    parent = board.shape(parent.at[0])
  }
  return chain
}

/** The groups around `id`, innermost first, up to the first parent that is not a group. */
export function groupsAround(board: Board, id: ShapeId): Shape[] {
  const chain = ancestors(board, id)
  const end = chain.findIndex((shape) => shape.kind !== 'group')
  return end < 0 ? chain : chain.slice(0, end)
}

/** Whether `id` or anything that contains it is locked. */
export function isLocked(board: Board, id: ShapeId): boolean {
  return board.shape(id)?.locked === true || ancestors(board, id).some((shape) => shape.locked)
}

/** The shapes to reshape when `id` is: a group stands for what is in it, anything else for itself. */
export function leavesOf(board: Board, id: ShapeId): Shape[] {
  const shape = board.shape(id)
  if (!shape) return []
  if (shape.kind !== 'group') return [shape]
  return board.children(id).flatMap((child) => leavesOf(board, child.id))
}

/** `ids` and everything in them. */
export function withDescendants(board: Board, ids: Iterable<ShapeId>): Set<ShapeId> {
  const all = new Set<ShapeId>()
  for (const id of ids) {
    all.add(id)
    for (const child of board.descendants(id)) all.add(child)
  }
  return all
}

/**
 * What a click on `id` means while the group `focus` is entered: the outermost group around it that
 * does not also hold the focus, else the shape itself.
 */
export function clickTarget(board: Board, id: ShapeId, focus: ShapeId | null): ShapeId {
  const groups = groupsAround(board, id).map((group) => group.id)
  const entered = focus === null ? [] : [focus, ...groupsAround(board, focus).map((g) => g.id)]
  const common = entered.find((group) => groups.includes(group))
  if (common === undefined) return groups.at(-1) ?? id
  return groups[groups.indexOf(common) - 1] ?? id
}

/** One level deeper than `from` on the way down to `leaf`. */
export function stepTowards(board: Board, from: ShapeId, leaf: ShapeId): ShapeId {
  return clickTarget(board, leaf, from)
}
