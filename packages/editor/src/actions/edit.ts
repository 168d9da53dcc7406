/** What else a key does to the selection: delete, group, lock, order, select. One undo step each. */
import { FIRST_PAGE, type Shape, type ShapeId } from '@kolam/board'
import type { Desk } from '../desk.ts'
import { groupsAround, isLocked, leavesOf } from '../tree.ts'

export function deleteSelection({ board, selection, steps }: Desk): void {
  const ids = selection.unlocked
  if (ids.length > 0) steps.run(() => board.remove(ids))
  selection.prune()
}

/** Everything on the page, or in the group that is entered. */
export function selectAll({ board, selection }: Desk): void {
  const all = board.children(selection.focus ?? FIRST_PAGE)
  selection.set(all.filter((shape) => !isLocked(board, shape.id)).map(({ id }) => id))
}

export function groupSelection({ board, selection, steps }: Desk): void {
  const group = steps.run(() => board.group(selection.unlocked))
  if (group !== null) selection.set([group])
}

export function ungroupSelection({ board, selection, steps }: Desk): void {
  const ids = selection.unlocked
  const kept = ids.filter((id) => board.shape(id)?.kind !== 'group')
  const freed = steps.run(() => board.ungroup(ids))
  selection.set([...kept, ...freed])
}

/** Lock the selection, or unlock it if all of it is locked. */
export function toggleLock({ board, selection, steps }: Desk): void {
  const shapes = selection.shapes
  const locked = !shapes.every((shape) => shape.locked)
  steps.run(() => board.update(shapes.map(({ id }) => [id, { locked }])))
}

export function unlockAll({ board, selection, steps }: Desk): void {
  const locked = [...board.shapes()].filter((shape) => shape.locked).map(({ id }) => id)
  steps.run(() => board.update(locked.map((id) => [id, { locked: false }])))
  selection.set(locked)
}

export function reorder(
  { board, selection, steps }: Desk,
  to: 'front' | 'back' | 'forward' | 'backward',
): void {
  const ids = selection.unlocked
  if (ids.length > 0) steps.run(() => board.reorder(ids, to))
}

/** Write in the selected shape, or enter the selected group. */
export function editSelected({ board, editing, selection }: Desk): void {
  const shape = selection.single
  if (!shape) return
  if (shape.kind === 'group') selection.set(board.children(shape.id).map(({ id }) => id))
  else editing.start(shape.id, { born: false })
}

/** Step back one level: out of the group, then out of the selection. */
export function leaveSelection({ board, selection, tools }: Desk): void {
  const { focus } = selection
  if (tools.id !== 'select') return tools.set('select')
  if (focus !== null && board.shape(focus)) selection.set([focus])
  else selection.clear()
}

/** The next or the last shape in the order they are painted, in the same container. */
export function selectNext({ board, selection }: Desk, step: 1 | -1): void {
  const [current] = selection.shapes
  if (!current) return
  const siblings = board.children(current.at[0]).filter(({ id }) => !isLocked(board, id))
  const at = siblings.findIndex(({ id }) => id === current.id)
  const next = siblings[(at + step + siblings.length) % siblings.length]
  if (next) selection.set([next.id])
}

export function canGroup({ selection }: Desk): boolean {
  return selection.unlocked.length > 1
}

export function canUngroup({ selection }: Desk): boolean {
  return selection.shapes.some(({ kind }) => kind === 'group')
}

/** The first thing selected that has a style to copy. */
export function firstLeaf({ board, selection }: Desk): Shape | undefined {
  const [first] = selection.ids
  return first === undefined ? undefined : leavesOf(board, first)[0]
}

/** The outermost group around a shape, or itself. */
export function outermost({ board }: Desk, id: ShapeId): ShapeId {
  return groupsAround(board, id).at(-1)?.id ?? id
}
