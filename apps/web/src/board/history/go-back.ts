/**
 * Makes the board read as it did, as one step to undo. What is there before it is kept on the server first:
 * if that cannot be done nothing is changed.
 */
import { Disposers, systemClock } from '@kolam/base'
import type { Board, ShapeId } from '@kolam/board'
import { restoreBoard } from '@kolam/board/history'
import type { Client } from '@kolam/client'
import type * as Y from 'yjs'
import { HttpError } from '../../lib/http.ts'
import type { HistoryApi } from './api.ts'

/** Longer than a healthy server takes to put a change on its disk. */
const SAVED_MS = 5_000

/** Waits until everything drawn here is on the server's disk; rejects when it does not come to that. */
export async function untilSaved(client: Pick<Client, 'save' | 'on'>): Promise<void> {
  if (client.save.name === 'saved') return
  const waits = new Disposers()
  const saved = await new Promise<boolean>((resolve) => {
    waits.add(client.on('save', ({ name }) => name === 'saved' && resolve(true)))
    waits.add(systemClock.after(SAVED_MS, () => resolve(false)))
  })
  waits.dispose()
  if (!saved) throw new HttpError('unsaved', 'Your last changes are not saved yet.')
}

/** Keeps the board as it is now; a board without anything in it needs no keeping. */
export async function keepBefore(api: Pick<HistoryApi, 'keep'>, author: string): Promise<void> {
  try {
    await api.keep({ kind: 'before-restore', name: '', author })
  } catch (error) {
    if (!(error instanceof HttpError && error.code === 'nothing-to-keep')) throw error
  }
}

/** What going back came to. */
export interface Return {
  readonly changed: boolean
  /** Takes it back, as the undo key does, and with it the title. */
  readonly undo: () => void
}

/** Brings back everything, or these shapes. Throws BoardError `format` for a version of a newer format. */
export function bringBack(board: Board, from: Y.Doc, ids: readonly ShapeId[] | null): Return {
  const before = board.title
  board.undo.mark()
  const changed = ids ? restoreBoard(board, from, ids) : restoreBoard(board, from)
  board.undo.mark()
  const title = board.title
  return {
    changed: changed.length > 0 || title !== before,
    undo: () => {
      if (changed.length > 0) board.undo.undo()
      if (title !== before && board.title === title) board.setTitle(before)
    },
  }
}
