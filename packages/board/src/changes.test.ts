import { describe, expect, test } from 'vitest'
import { FIRST_PAGE, type Board, type BoardChange } from './index.ts'
import { arrow, copyOf, ids, meet, newBoard, rectangle, send, writeRaw } from './testing/boards.ts'

function told(board: Board): BoardChange[] {
  const changes: BoardChange[] = []
  board.on('change', (change) => changes.push(change))
  return changes
}

describe('A change', () => {
  test('[C1] is told once per transaction with what came, differs and went', () => {
    const board = newBoard()
    board.insert(['a', 'b', 'c'].map((id) => rectangle(id, [])))
    const changes = told(board)
    board.transact(() => {
      board.insert([rectangle('new', []), rectangle('brief', [])])
      board.update([
        ['a', { angle: 1 }],
        ['new', { angle: 1 }],
      ])
      board.remove(['b', 'brief'])
    })
    expect(changes.length).toBe(1)
    const [{ added, changed, removed, local }] = changes as [BoardChange]
    expect([[...added], [...changed], [...removed], local]).toEqual([['new'], ['a'], ['b'], true])
  })

  test('[C1] that removes a shape and brings it back only changed it', () => {
    const board = newBoard()
    board.insert([rectangle('a', [])])
    const changes = told(board)
    board.transact(() => {
      board.remove(['a'])
      board.insert([rectangle('a', [50, 50])])
    })
    const [{ added, changed, removed }] = changes as [BoardChange]
    expect([[...added], [...changed], [...removed]]).toEqual([[], ['a'], []])
  })

  test('[C1] of somebody else is not local; of undo it is; of nothing it is not told', () => {
    const board = newBoard(1)
    board.insert([rectangle('a', [])])
    const bob = copyOf(board)
    const changes = told(board)
    bob.update([['a', { angle: 1 }]])
    meet(board, bob)
    writeRaw(board, 'a', { unknown: 1 })
    board.setTitle('x')
    board.undo.undo()
    board.undo.redo()
    expect(changes.map(({ local }) => local)).toEqual([false])
    board.insert([rectangle('b', [])])
    board.undo.undo()
    expect(changes.map(({ local }) => local)).toEqual([false, true, true])
  })

  test('[C1] may be answered by another inside a listener', () => {
    const board = newBoard()
    board.on('change', ({ added }) => {
      if (added.has('a')) board.insert([rectangle('b', [])])
    })
    const changes = told(board)
    board.insert([rectangle('a', [])])
    expect(changes.map(({ added }) => [...added])).toEqual([['a'], ['b']])
    expect(ids(board.ordered())).toEqual(['a', 'b'])
  })

  test('[C1] is not told to a board that was disposed of', () => {
    const board = newBoard()
    const changes = told(board)
    board.dispose()
    board.doc.getMap('shapes').set('x', 5)
    copyOf(newBoard())
    writeRaw(board, 'a', { init: '{}' })
    expect(changes).toEqual([])
  })

  test('[C1] of the title is told as meta', () => {
    const board = newBoard()
    let count = 0
    board.on('meta', () => (count += 1))
    board.setTitle('Plan')
    board.setTitle('Plan')
    expect([board.title, count]).toEqual(['Plan', 1])
    board.doc.getMap('meta').set('title', 7)
    expect([board.title, count]).toEqual(['', 2])
  })

  test('[C2,C3] of a frame reaches its contents, their arrows and the groups around those', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [0, 0], { kind: 'frame' }),
      rectangle('in', [], { at: ['f', 10, 10], w: 10, h: 10 }),
      rectangle('x', [500, 0]),
      arrow(
        'to',
        [
          [500, 500],
          [0, 0],
        ],
        { end: { id: 'in', anchor: [0.5, 0.5], mode: 'exact' } },
      ),
    ])
    const group = board.group(['x', 'to'])!
    const before = board.pageBounds('to')
    const changes = told(board)
    board.update([['f', { at: [FIRST_PAGE, 1000, 0] }]])
    const [{ changed, affected, damage }] = changes as [BoardChange]
    expect([...changed]).toEqual(['f'])
    expect([...affected].toSorted()).toEqual(['f', 'in', 'to', group].toSorted())
    expect(damage).toContainEqual(before)
    expect(damage).toContainEqual(board.pageBounds('to'))
    expect(damage).toContainEqual({ x: 10, y: 10, w: 10, h: 10 })
    expect(board.pageBounds(group)).toMatchObject({ x: 500, w: 515 })
  })

  test('[C2] of the size of a frame that is not turned leaves its contents alone', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [0, 0], { kind: 'frame' }),
      rectangle('in', [], { at: ['f', 1, 1] }),
    ])
    const changes = told(board)
    board.update([['f', { w: 500 }]])
    board.update([['f', { angle: 1 }]])
    board.update([['f', { w: 400 }]])
    expect(changes.map(({ affected }) => affected.size)).toEqual([1, 2, 2])
  })

  test('[C3] of very many shapes is told as one box around them', () => {
    const board = newBoard()
    const changes = told(board)
    board.insert(Array.from({ length: 2_000 }, (_, i) => rectangle(`s${i}`, [i * 10, 0, 5, 5])))
    expect(changes[0]?.damage).toEqual([{ x: 0, y: 0, w: 19_995, h: 5 }])
    expect(changes[0]?.affected.size).toBe(2_000)
  })

  test('[C4] is seen at once inside a transaction', () => {
    const board = newBoard()
    board.transact(() => {
      board.insert([rectangle('a', [0, 0]), rectangle('b', [200, 0])])
      const group = board.group(['a', 'b'])!
      expect(board.pageBounds(group)).toEqual({ x: 0, y: 0, w: 300, h: 100 })
      board.update([['b', { at: [group, 400, 0] }]])
      expect(board.pageBounds(group).w).toBe(500)
      board.setText('a', 'hi')
      expect(board.shape('a')?.text).toBe('hi')
      board.remove(['a'])
      expect(board.search({ x: 50, y: 50, w: 1, h: 1 })).toEqual([])
    })
    const other = newBoard(2)
    send(board, other)
    expect(other.size).toBe(2)
  })
})
