import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { Board, FIRST_PAGE } from './index.ts'
import {
  arrow,
  copyOf,
  dump,
  expectSound,
  ids,
  meet,
  newBoard,
  rectangle,
  seeds,
  send,
} from './testing/boards.ts'
import { randomEdit } from './testing/random-edits.ts'

const AT = [FIRST_PAGE, 50, 50] as const

/** Ada with one rectangle that Bob also has; Ada's next change is a new step. */
function twoPeople(): [Board, Board] {
  const ada = newBoard(1)
  ada.insert([rectangle('a', [0, 0], { fill: 'none' })])
  ada.undo.mark()
  return [ada, copyOf(ada, 2)]
}

describe('Undo', () => {
  test('[U7] a discarded step is taken back and cannot be done again', () => {
    const board = newBoard()
    board.insert([rectangle('a', [0, 0])])
    const before = dump(board)
    board.undo.mark()
    board.update([['a', { at: AT }]])
    expect(board.undo.discard()).toBe(true)
    expect(dump(board)).toEqual(before)
    expect(board.undo.canRedo).toBe(false)
    expect(board.undo.redo()).toBe(false)
    expect(board.undo.canUndo).toBe(true)
  })

  test('[U1] a stroke that got other ink gets its old ink back', () => {
    const board = newBoard()
    board.insert([{ kind: 'draw', id: 's', ink: [[0, 0, 0.5]] }])
    board.undo.mark()
    board.setInk('s', [
      [0, 0, 0.5],
      [8, 8, 0.5],
    ])
    expect(board.shape('s')?.ink).toHaveLength(2)
    board.undo.undo()
    expect(board.shape('s')?.ink).toEqual([[0, 0, expect.closeTo(0.5, 1)]])
    board.undo.redo()
    expect(board.shape('s')?.ink).toHaveLength(2)
  })

  test('[U1,U2] goes back and forth by marks', () => {
    const board = newBoard()
    const states = [dump(board)]
    const step = (run: () => void): void => {
      board.undo.mark()
      run()
      states.push(dump(board))
    }
    step(() => board.insert([rectangle('a', []), rectangle('b', [])]))
    step(() => {
      board.update([['a', { at: AT }]])
      board.update([['a', { angle: 1 }]])
      board.setText('b', 'hello')
    })
    step(() => board.reorder(['a'], 'front'))
    step(() => board.group(['a', 'b']))
    step(() => {
      const stroke = board.beginStroke({ kind: 'draw', id: 's' })
      stroke.append([[0, 0, 0.5]])
      stroke.append([[9, 9, 0.5]])
      stroke.finish()
    })
    step(() => board.remove(['a', 's']))
    for (let round = 0; round < 2; round++) {
      for (let i = states.length - 2; i >= 0; i--) {
        expect(board.undo.undo()).toBe(true)
        expect(dump(board)).toEqual(states[i])
      }
      expect([board.undo.canUndo, board.undo.undo()]).toEqual([false, false])
      for (let i = 1; i < states.length; i++) {
        expect(board.undo.redo()).toBe(true)
        expect(dump(board)).toEqual(states[i])
      }
      expect([board.undo.canRedo, board.undo.redo()]).toEqual([false, false])
    }
    expectSound(board)
  })

  test.each(seeds(30))('[U1] undo all, redo all, undo all of random edits (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const board = newBoard(seed)
    for (let i = 0; i < 40; i++) {
      if (random() < 0.5) board.undo.mark()
      const name = randomEdit(board, random)
      if (name === 'type') board.setText([...board.shapes()][0]?.id ?? '', 'typed')
    }
    while (board.undo.undo());
    const start = dump(board)
    while (board.undo.redo());
    const end = dump(board)
    while (board.undo.undo());
    expect(dump(board)).toEqual(start)
    while (board.undo.redo());
    expect(dump(board)).toEqual(end)
    expectSound(board)
  })

  test('[U2] tells when it changes', () => {
    const board = newBoard()
    const told: [boolean, boolean][] = []
    board.undo.on('change', () => told.push([board.undo.canUndo, board.undo.canRedo]))
    board.insert([rectangle('a', [])])
    board.undo.undo()
    expect(told[0]).toEqual([true, false])
    expect(told.at(-1)).toEqual([false, true])
  })

  test('[U3] leaves what others did to other props, and to the same prop later', () => {
    const [ada, bob] = twoPeople()
    ada.update([['a', { at: AT, opacity: 0.5 }]])
    meet(ada, bob)
    bob.update([['a', { opacity: 0.1, fill: 'red' }]])
    meet(ada, bob)
    ada.undo.undo()
    expect(ada.shape('a')).toMatchObject({ at: [FIRST_PAGE, 0, 0], opacity: 0.1, fill: 'red' })
    ada.undo.redo()
    expect(ada.shape('a')).toMatchObject({ at: AT, opacity: 0.1, fill: 'red' })
    meet(ada, bob)
    expect(dump(ada)).toEqual(dump(bob))
  })

  test('[U3] leaves the words of others in a label', () => {
    const [ada, bob] = twoPeople()
    ada.setText('a', 'Ada')
    meet(ada, bob)
    bob.setText('a', 'Ada and Bob')
    meet(ada, bob)
    ada.undo.undo()
    expect(ada.shape('a')?.text).toBe(' and Bob')
  })

  test('[U3] brings back what I removed with what others had made of it', () => {
    const [ada, bob] = twoPeople()
    bob.update([['a', { fill: 'red' }]])
    bob.setText('a', 'Bob')
    meet(ada, bob)
    ada.undo.mark()
    ada.remove(['a'])
    ada.undo.undo()
    expect(ada.shape('a')).toMatchObject({ fill: 'red', text: 'Bob' })
  })

  test('[U4] takes back a shape I made when nobody else touched it', () => {
    const [ada, bob] = twoPeople()
    bob.insert([rectangle('b', [])])
    meet(ada, bob)
    ada.undo.undo()
    expect(ids(ada.ordered())).toEqual(['b'])
  })

  test.each<[string, (bob: Board) => void]>([
    ['a prop', (bob) => bob.update([['a', { fill: 'red' }]])],
    ['its label', (bob) => bob.setText('a', 'Bob')],
    ['a new child', (bob) => bob.insert([rectangle('b', [], { at: ['a', 1, 1] })])],
  ])('[U4] keeps a shape I made when somebody else wrote %s', (_, edit) => {
    const [ada, bob] = twoPeople()
    ada.update([['a', { angle: 1 }]])
    meet(ada, bob)
    edit(bob)
    meet(ada, bob)
    const before = bob.shape('a')
    while (ada.undo.undo());
    meet(ada, bob)
    expect(bob.shape('a')).toEqual({ ...before, angle: 0 })
    expect(dump(ada)).toEqual(dump(bob))
    expectSound(ada)
  })

  test('[U4] keeps a group I made when somebody put something into it', () => {
    const [ada, bob] = twoPeople()
    ada.insert([rectangle('x', []), rectangle('y', [])])
    ada.undo.mark()
    const group = ada.group(['x', 'y'])!
    meet(ada, bob)
    bob.insert([rectangle('b', [])])
    bob.reparent(['b'], group)
    meet(ada, bob)
    ada.undo.undo()
    expect(ids(ada.children(group))).toEqual(['b'])
    expect(ada.parentOf('x')).toBe(FIRST_PAGE)
  })

  test('[U4] does not keep a group I made of what others made', () => {
    const [ada, bob] = twoPeople()
    bob.insert([rectangle('b', []), rectangle('c', [])])
    meet(ada, bob)
    const before = dump(ada)
    ada.undo.mark()
    ada.group(['b', 'c'])
    ada.undo.undo()
    expect(dump(ada)).toEqual(before)
  })

  test('[U4] keeps it although I removed it and brought it back in between', () => {
    const [ada, bob] = twoPeople()
    bob.setText('a', 'Bob')
    meet(ada, bob)
    ada.undo.mark()
    ada.remove(['a'])
    while (ada.undo.undo());
    expect(ada.shape('a')?.text).toBe('Bob')
  })

  test('[U5] redoes the removal of what others made', () => {
    const [ada, bob] = twoPeople()
    bob.setText('a', 'A')
    meet(ada, bob)
    ada.update([['a', { fill: 'red' }]])
    meet(ada, bob)
    bob.undo.mark()
    bob.remove(['a'])
    bob.undo.undo()
    expect(bob.size).toBe(1)
    bob.undo.redo()
    expect(bob.size).toBe(0)
  })

  test('[U5] does not redo it once they changed it again', () => {
    const [ada, bob] = twoPeople()
    bob.remove(['a'])
    bob.undo.undo()
    meet(ada, bob)
    ada.update([['a', { fill: 'red' }]])
    meet(ada, bob)
    bob.undo.redo()
    expect(bob.shape('a')?.fill).toBe('red')
  })

  test('[U6] is separate for two boards on one document', () => {
    const one = newBoard()
    const two = new Board(one.doc, { random: seededRandom(9) })
    one.insert([rectangle('a', [])])
    two.insert([rectangle('b', [])])
    expect(ids(one.ordered())).toEqual(['a', 'b'])
    one.undo.undo()
    expect([one.undo.canUndo, two.undo.canUndo]).toEqual([false, true])
    expect(ids(two.ordered())).toEqual(['b'])
    two.dispose()
    one.insert([rectangle('c', [])])
    expect(ids(one.ordered())).toEqual(['b', 'c'])
  })

  test('[U1] brings back a shape with the arrows that held on to it', () => {
    const [ada] = twoPeople()
    const end = { id: 'a', anchor: [0.5, 0.5], mode: 'edge' } as const
    ada.insert([
      arrow(
        'to',
        [
          [300, 300],
          [0, 0],
        ],
        { end },
      ),
    ])
    ada.undo.mark()
    const before = dump(ada)
    ada.remove(['a'])
    expect(ada.shape('to')?.end).toBeNull()
    ada.undo.undo()
    expect(dump(ada)).toEqual(before)
    const bob = newBoard(2)
    send(ada, bob)
    expect(dump(bob)).toEqual(before)
  })
})
