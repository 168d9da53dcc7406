/**
 * Gives strokes new points. A stroke's ink is written once, so a reshaped stroke is a new shape in the
 * place, the order and the selection of the old one.
 */
import type { NewShape, Shape, ShapeId } from '@kolam/board'
import type { Desk } from './desk.ts'
import type { DraftPatch } from './stage.ts'

/** Replace the strokes among `patches`; other shapes and shapes that are gone are left alone. */
export function swapInk(
  { board, selection }: Pick<Desk, 'board' | 'selection'>,
  patches: ReadonlyMap<ShapeId, DraftPatch>,
): void {
  const old = [...patches].flatMap(([id, patch]) => {
    const shape = patch.ink && board.shape(id)
    return shape ? [{ shape, patch }] : []
  })
  if (old.length === 0 || board.readOnly) return
  const ids = board.insert(old.map(({ shape, patch }) => replacement(shape, patch)))
  const heirs = new Map(old.map(({ shape }, i) => [shape.id, ids[i] ?? shape.id]))
  board.transact(() => {
    board.update(old.map(({ shape }) => [heirs.get(shape.id) ?? shape.id, { index: shape.index }]))
    board.remove(heirs.keys())
  })
  selection.set([...selection.ids, ...heirs.values()].filter((id) => board.shape(id)))
}

/** Whether only a swap can write this patch. */
export function needsSwap(patch: DraftPatch): boolean {
  return patch.ink !== undefined
}

function replacement({ id: _id, index: _index, ...shape }: Shape, patch: DraftPatch): NewShape {
  const { index: _other, ...props } = patch
  return { ...shape, ...props }
}
