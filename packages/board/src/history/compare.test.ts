import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Board } from '../board.ts'
import { compareBoards, type BoardDiff, type ItemId } from './index.ts'
import { shapesOf } from '../document.ts'
import { copyOf, mapOf, meet, newBoard, rectangle, writeRaw } from '../testing/boards.ts'
import { stateOf } from '../testing/histories.ts'

const EMPTY: BoardDiff = { added: [], removed: [], changed: [], title: null }

/** A board with rectangles of these ids. */
function boardOf(...names: readonly string[]): Board {
  const board = newBoard(1)
  board.insert(names.map((id) => rectangle(id, [0, 0])))
  return board
}

/** What `run` makes of the board, as a comparison tells it. */
function after(board: Board, run: () => void): BoardDiff {
  const before = stateOf(board)
  run()
  return compareBoards(before, stateOf(board))
}

function clientsOf(items: readonly ItemId[]): number[] {
  return [...new Set(items.map(({ client }) => client))].toSorted((a, b) => a - b)
}

describe('Comparing two states', () => {
  test('[V10] tells what came, went and changed, and the title', () => {
    const board = boardOf('a', 'b', 'c')
    board.setText('b', 'bye')
    const diff = after(board, () => {
      board.remove(['b'])
      board.update([['c', { fill: 'red' }]])
      board.insert([{ kind: 'text', id: 'd', text: 'new' }])
      board.setTitle('Plan')
    })
    expect(diff).toMatchObject({
      added: [{ id: 'd', kind: 'text', text: 'new' }],
      removed: [{ id: 'b', kind: 'rectangle', text: 'bye' }],
      changed: [{ id: 'c', kind: 'rectangle', text: '', props: ['fill'], removedItems: [] }],
      title: { before: '', after: 'Plan' },
    })
  })

  test.each<[string, (board: Board) => void]>([
    ['nothing', () => undefined],
    [
      'a prop changed and changed back',
      (board) => {
        board.update([['a', { fill: 'red' }]])
        board.update([['a', { fill: '#ffffff' }]])
      },
    ],
    ['a label that was made and not written in', (board) => void board.label('a')],
    [
      'a label typed and deleted',
      (board) => {
        board.setText('a', 'x')
        board.setText('a', '')
      },
    ],
    [
      'a shape removed and brought back',
      (board) => {
        board.undo.mark()
        board.remove(['a'])
        board.undo.undo()
      },
    ],
  ])('[V10] does not tell of %s', (_, run) => {
    const board = boardOf('a')
    expect(after(board, () => run(board))).toEqual(EMPTY)
  })

  test.each<[string, (board: Board) => void, readonly string[]]>([
    ['a move', (board) => board.update([['a', { at: ['page:1', 9, 9] }]]), ['position']],
    ['into a frame', (board) => board.reparent(['a'], 'f'), ['order', 'parent']],
    ['in front', (board) => board.reorder(['a'], 'front'), ['order']],
    ['size', (board) => board.update([['a', { w: 1, h: 2 }]]), ['size']],
    ['turn', (board) => board.update([['a', { angle: 1, locked: true }]]), ['angle', 'locked']],
    ['words', (board) => board.setText('a', 'x'), ['text']],
    ['bold', (board) => board.label('t')!.format(0, 1, { bold: true }), ['text']],
    ['ink', (board) => board.setInk('s', [[1, 1, 1]]), ['ink']],
    ['something strange', (board) => writeRaw(board, 'a', { glow: 1 }), ['other']],
    ['a value out of bounds', (board) => writeRaw(board, 'a', { opacity: 7 }), ['other']],
    [
      'another kind',
      (board) => writeRaw(board, 'a', { init: '{"kind":"ellipse","fill":"#ffffff"}' }),
      ['kind', 'order'],
    ],
  ])('[V11] says in words what of a shape differs: %s', (_, run, props) => {
    const board = boardOf('a', 'b')
    board.insert([
      { kind: 'frame', id: 'f' },
      { kind: 'text', id: 't' },
    ])
    board.insert([{ kind: 'draw', id: 's', ink: [[0, 0, 0.5]] }])
    board.setText('t', 'text')
    expect(after(board, () => run(board)).changed.map((shape) => shape.props)).toEqual([props])
  })

  test('[V11] cuts long labels between characters', () => {
    const board = boardOf('a')
    const [shape] = after(board, () => board.setText('a', '👋'.repeat(200))).changed
    expect(shape?.text).toBe('👋'.repeat(80))
  })

  test('[V12] names the operations that wrote what differs', () => {
    const ada = boardOf('a', 'b')
    const bob = copyOf(ada, 2)
    const before = stateOf(ada)
    bob.update([['a', { fill: 'red' }]])
    meet(ada, bob)
    ada.update([['b', { fill: 'red' }]])
    bob.insert([rectangle('c', [])])
    meet(ada, bob)
    const { added, changed } = compareBoards(before, stateOf(ada))
    expect(changed.map(({ id, items }) => [id, ...clientsOf(items)])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
    const { client, clock } = shapesOf(ada.doc)._map.get('c')!.id
    expect(added[0]?.items).toEqual([{ client, clock }])
  })

  test('[V12] names who wrote in a label and whose words are gone, not who made it', () => {
    const ada = newBoard(1)
    ada.insert([rectangle('a', [], { text: 'born' })])
    const [bob, eve] = [copyOf(ada, 2), copyOf(ada, 3)]
    const before = stateOf(ada)
    ada.label('a')
    meet(ada, bob, eve)
    bob.setText('a', 'born by Bob')
    meet(ada, bob, eve)
    const middle = stateOf(ada)
    eve.setText('a', 'born by Eve')
    meet(ada, bob, eve)
    const [first] = compareBoards(before, middle).changed
    expect(clientsOf(first!.items)).toEqual([2])
    const [second] = compareBoards(middle, stateOf(ada)).changed
    expect(clientsOf(second!.items)).toEqual([3])
    const bobs = mapOf(bob, 'a').get('label') as Y.Text
    expect(bobs.toJSON()).toBe('born by Eve')
    expect(second!.removedItems).toEqual([{ client: 2, clock: 4, len: 3 }])
  })

  test('[V12] names the operation whose removal removed a shape for good', () => {
    const board = boardOf('a')
    const before = stateOf(board)
    board.undo.mark()
    board.remove(['a'])
    board.undo.undo()
    const { client, clock } = mapOf(board, 'a')._item!.id
    const other = copyOf(board, 2)
    other.remove(['a'])
    const [gone] = compareBoards(before, stateOf(other)).removed
    expect(gone?.items).toEqual([{ client, clock }])
  })

  test('[V12] names an entry that is gone by what was there', () => {
    const board = boardOf('a')
    board.update([['a', { fill: 'red' }]])
    const { client, clock } = mapOf(board, 'a')._map.get('fill')!.id
    const diff = after(board, () => mapOf(board, 'a').delete('fill'))
    expect(diff.changed[0]).toMatchObject({ items: [], removedItems: [{ client, clock, len: 1 }] })
  })

  test('[V12] names at most a thousand of each', () => {
    const board = boardOf('a')
    const others = [copyOf(board, 2), copyOf(board, 3)] as const
    const before = stateOf(board)
    board.label('a')
    for (let i = 0; i < 1_200; i++) {
      const label = others[0].label('a')!
      label.doc!.clientID = 2 + (i % 2)
      label.insert(label.length, 'x')
    }
    meet(board, others[0])
    const full = stateOf(board)
    expect(compareBoards(before, full).changed[0]?.items).toHaveLength(1_000)
    board.setText('a', '')
    expect(compareBoards(full, stateOf(board)).changed[0]?.removedItems).toHaveLength(1_000)
  })

  test('[V13] lists shapes in paint order, also those that are gone', () => {
    const board = boardOf('c', 'b', 'a')
    board.insert([{ kind: 'frame', id: 'f' }, rectangle('in', [], { at: ['f', 1, 1] })])
    board.reorder(['f'], 'back')
    const full = stateOf(board)
    const order = ['f', 'in', 'c', 'b', 'a']
    const names = (shapes: readonly { id: string }[]): string[] => shapes.map(({ id }) => id)
    expect(names(compareBoards(new Y.Doc(), full).added)).toEqual(order)
    expect(names(after(board, () => board.remove(order)).removed)).toEqual(order)
  })
})
