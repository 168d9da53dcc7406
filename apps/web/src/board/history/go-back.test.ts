import { Board } from '@kolam/board'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { HttpError } from '../../lib/http.ts'
import { bringBack, keepBefore, untilSaved } from './go-back.ts'

function boardWith(title: string, ids: readonly string[]): Board {
  const board = new Board(new Y.Doc())
  board.setTitle(title)
  board.insert(ids.map((id) => ({ id, kind: 'rectangle', at: ['page:1', 0, 0], w: 50, h: 40 })))
  return board
}

/** The board, and what it was before something else was done to it. */
function laterBoard(): { board: Board; past: Y.Doc } {
  const board = boardWith('Then', ['a', 'b'])
  const past = new Y.Doc()
  Y.applyUpdate(past, Y.encodeStateAsUpdate(board.doc))
  board.undo.mark()
  board.setTitle('Now')
  board.remove(['a', 'b'])
  board.insert([{ id: 'c', kind: 'ellipse', at: ['page:1', 0, 0], w: 50, h: 40 }])
  return { board, past }
}

function idsOf(board: Board): string[] {
  return Array.from(board.shapes(), ({ id }) => id).toSorted()
}

test('going back is one step to undo, the title with it', () => {
  const { board, past } = laterBoard()
  const came = bringBack(board, past, null)
  expect(came.changed).toBe(true)
  expect([board.title, idsOf(board)]).toEqual(['Then', ['a', 'b']])
  came.undo()
  expect([board.title, idsOf(board)]).toEqual(['Now', ['c']])
})

test('some shapes come back without the rest', () => {
  const { board, past } = laterBoard()
  bringBack(board, past, ['a'])
  expect([board.title, idsOf(board)]).toEqual(['Now', ['a', 'c']])
  board.undo.undo()
  expect(idsOf(board)).toEqual(['c'])
})

test('what reads the same already is no change', () => {
  const { board, past } = laterBoard()
  bringBack(board, past, null)
  expect(bringBack(board, past, null).changed).toBe(false)
})

test('a title that somebody changed since is left alone', () => {
  const { board, past } = laterBoard()
  const came = bringBack(board, past, null)
  board.setTitle('Mine')
  came.undo()
  expect(board.title).toBe('Mine')
})

test('an empty board needs no keeping; any other refusal counts', async () => {
  const refusing = (code: string) => ({ keep: () => Promise.reject(new HttpError(code, 'No')) })
  await keepBefore(refusing('nothing-to-keep'), 'Ada')
  await expect(keepBefore(refusing('unavailable'), 'Ada')).rejects.toThrow('No')
})

test('untilSaved() waits for the answer of the server', async () => {
  const listeners = new Set<(save: { name: 'saved' }) => void>()
  const on = (_: string, listener: (save: { name: 'saved' }) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const client = { save: { name: 'saving', changes: 1 }, on } as unknown as Parameters<
    typeof untilSaved
  >[0]
  const waiting = untilSaved(client)
  expect(listeners.size).toBe(1)
  for (const tell of listeners) tell({ name: 'saved' })
  await waiting
  expect(listeners.size).toBe(0)
})
