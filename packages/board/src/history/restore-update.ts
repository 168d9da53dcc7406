/** Restoring without a person at a board: on a server, or in a tool. */
import * as Y from 'yjs'
import { Board } from '../board.ts'
import type { ShapeId } from '../shape.ts'
import { restoreBoard } from './restore.ts'

/**
 * Makes `current` read as `from` does, or only the chosen shapes, and gives the update that did it; null
 * when nothing changes or `current` is of a newer format. The update holds what the restore wrote and
 * removed and nothing else, so whoever stores it can say whose it is. Written under the number of
 * `current`, which must be nobody else's: a new document's is. Throws as `restoreBoard` does.
 */
export function restoreUpdate(
  current: Y.Doc,
  from: Y.Doc,
  ids?: Iterable<ShapeId>,
): Uint8Array | null {
  const updates: Uint8Array[] = []
  const take = (update: Uint8Array): void => void updates.push(update)
  const board = new Board(current)
  current.on('update', take)
  try {
    restoreBoard(board, from, ids)
  } finally {
    current.off('update', take)
    board.dispose()
  }
  const [only, ...more] = updates
  if (!only) return null
  return more.length === 0 ? only : Y.mergeUpdates(updates)
}
