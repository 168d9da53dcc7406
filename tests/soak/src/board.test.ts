/** The two records of a board find what they are there to find. */
import { encodeMessage } from '@kolam/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Board, sameCopies } from './board.ts'
import { shapesOf, textOf } from './content.ts'
import type { Deed } from './facts.ts'

const NOTHING: Deed = { makes: [], removes: [] }

/** A document, what was written in it piece by piece, and the board that knows of it. */
function writtenBoard(): { board: Board; doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const board = new Board('board')
  for (const name of ['a', 'b']) {
    board.facts.done({ ...NOTHING, makes: [name] })
    textOf(doc).insert(textOf(doc).length, `${name} `)
  }
  return { board, doc, updates }
}

function copyOf(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

test('what nobody was told of may be missing, and what was told may not', () => {
  const { board, updates } = writtenBoard()
  const [first, second] = updates as [Uint8Array, Uint8Array]
  expect(board.faults(copyOf())).toEqual([])
  board.ledger.hear(encodeMessage({ type: 'update', update: first }))
  board.facts.saved({ ...NOTHING, makes: ['a'] })
  expect(board.faults(copyOf(first))).toEqual([])
  expect(board.faults(copyOf(first, second))).toEqual([])
  expect(board.faults(copyOf())).toEqual([
    expect.stringMatching(/^board: told \d+ up to 2, found up to 0$/),
    'board: a was saved and is lost',
  ])
})

test('what is advertised counts as told', () => {
  const { board, doc } = writtenBoard()
  const stateVector = Y.encodeStateVector(doc)
  board.ledger.hear(encodeMessage({ type: 'step1', stateVector }))
  expect(board.faults(copyOf())).toEqual([expect.stringMatching(/advertised \d+ up to 4/)])
})

test('a deletion that was told of must be found', () => {
  const { board, doc, updates } = writtenBoard()
  board.facts.done({ ...NOTHING, removes: ['b'] })
  textOf(doc).delete(2, 2)
  for (const update of updates) board.ledger.told(update)
  board.facts.saved({ ...NOTHING, removes: ['b'] })
  expect(board.faults(copyOf(...updates))).toEqual([])
  expect(board.faults(copyOf(...updates.slice(0, 2)))).toEqual([
    'board: told of a deletion that is not found',
    'board: b was removed and is back',
  ])
})

test('what nobody made and what lacks its ground is found', () => {
  const { board, doc, updates } = writtenBoard()
  shapesOf(doc).set('c', new Y.Map())
  expect(board.faults(copyOf(...updates))).toEqual(['board: c was made by nobody'])
  expect(board.faults(copyOf(...updates.slice(1, 2)))).toEqual([
    'board: found something that builds on the unknown',
  ])
})

test('copies are the same when their deletions are too', () => {
  const { doc, updates } = writtenBoard()
  const copy = copyOf(...updates)
  expect(sameCopies(doc, copy)).toBe(true)
  const source = copyOf(...updates)
  textOf(source).insert(0, 'x')
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(source))
  expect(sameCopies(source, copy)).toBe(true)
  textOf(source).delete(0, 1)
  expect(sameCopies(source, copy)).toBe(false)
})
