/** Writes the patches of a gesture. Ink is large and written once, at the end; props may be written at a pace. */
import type { Board, ShapeId } from '@kolam/board'
import type { DraftPatch } from './stage.ts'

type Patches = ReadonlyMap<ShapeId, DraftPatch>

/** Write the shapes whose ink stays as it is. */
export function writeProps(board: Board, patches: Patches): void {
  const writable = [...patches].filter(([, patch]) => patch.ink === undefined)
  if (writable.length > 0) board.update(writable)
}

/** Write everything, in one transaction. */
export function writeAll(board: Board, patches: Patches): void {
  board.transact(() => {
    for (const [id, { ink }] of patches) if (ink) board.setInk(id, ink)
    board.update([...patches].map(([id, { ink: _written, ...props }]) => [id, props] as const))
  })
}
