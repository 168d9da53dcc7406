import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Board, BoardError, FIRST_PAGE, type ShapeId } from '../index.ts'
import { restoreBoard, restoreUpdate } from './index.ts'
import { INK, metaOf, shapesOf } from '../document.ts'
import {
  arrow,
  copyOf,
  dump,
  expectSound,
  ids,
  mapOf,
  meet,
  newBoard,
  rectangle,
  writeRaw,
} from '../testing/boards.ts'
import { readingOf, stateOf } from '../testing/histories.ts'

const FAR = [FIRST_PAGE, 500, 500] as const

/** A board with rectangles of these ids; its next change is a new step. */
function boardOf(...names: readonly ShapeId[]): Board {
  const board = newBoard(1)
  board.insert(names.map((id) => rectangle(id, [0, 0])))
  board.undo.mark()
  return board
}

/** What a board writes: how many updates, and how many bytes in all. */
function written(board: Board, run: () => void): { updates: number; bytes: number } {
  const sizes: number[] = []
  const listen = (update: Uint8Array): void => void sizes.push(update.length)
  board.doc.on('update', listen)
  run()
  board.doc.off('update', listen)
  return { updates: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

describe('Restoring everything', () => {
  test('[V1] removes what is new, brings back what is gone, and gives back values and title', () => {
    const board = boardOf('a', 'b', 'c')
    board.setTitle('Plan')
    board.setText('a', 'old')
    const past = stateOf(board)
    const before = readingOf(board)
    board.setTitle('Other')
    board.update([['a', { fill: 'red', angle: 1 }]])
    board.setText('a', 'new')
    board.remove(['b'])
    board.insert([rectangle('d', [])])
    expect(restoreBoard(board, past).toSorted()).toEqual(['a', 'b', 'd'])
    expect(readingOf(board)).toEqual(before)
    expect(board.title).toBe('Plan')
    expectSound(board)
  })

  test('[V1] gives back arrows with what held them', () => {
    const board = boardOf('a')
    const end = { id: 'a', anchor: [0.5, 0.5], mode: 'edge' } as const
    const points = [
      [300, 300],
      [0, 0],
    ] as const
    board.insert([
      arrow(
        'to',
        points.map(([x, y]): [number, number] => [x, y]),
        { end },
      ),
    ])
    const past = stateOf(board)
    board.remove(['a'])
    expect(board.shape('to')?.end).toBeNull()
    restoreBoard(board, past)
    expect(board.shape('to')).toMatchObject({ end, points })
    expect(board.boundTo('a')).toEqual(['to'])
  })

  test('[V2] is one change and one step', () => {
    const board = boardOf('a', 'b')
    const past = stateOf(board)
    board.remove(['a'])
    board.update([['b', { fill: 'red' }]])
    board.undo.mark()
    const before = dump(board)
    const changes: boolean[] = []
    board.on('change', ({ local }) => changes.push(local))
    expect(written(board, () => restoreBoard(board, past)).updates).toBe(1)
    expect(changes).toEqual([true])
    board.undo.undo()
    expect(dump(board)).toEqual(before)
    board.undo.redo()
    expect(ids(board.ordered())).toEqual(['a', 'b'])
  })

  test('[V2] is undone although somebody else had changed what it brought back', () => {
    const ada = boardOf('a')
    const bob = copyOf(ada)
    bob.update([['a', { fill: 'red' }]])
    meet(ada, bob)
    const past = stateOf(ada)
    bob.remove(['a'])
    meet(ada, bob)
    ada.undo.mark()
    restoreBoard(ada, past)
    meet(ada, bob)
    expect(bob.shape('a')?.fill).toBe('red')
    ada.undo.undo()
    expect(ada.size).toBe(0)
  })

  test('[V2] undone, it leaves no group behind, whoever made what is in it', () => {
    const ada = boardOf('a', 'b')
    const bob = copyOf(ada)
    bob.insert([rectangle('c', []), rectangle('d', [])])
    const group = bob.group(['c', 'd'])!
    meet(ada, bob)
    const past = stateOf(ada)
    bob.ungroup([group])
    meet(ada, bob)
    const before = dump(ada)
    ada.undo.mark()
    restoreBoard(ada, past)
    expect(ids(ada.children(group))).toEqual(['c', 'd'])
    ada.undo.undo()
    expect(dump(ada)).toEqual(before)
  })

  test('[V2] leaves the undo of others working', () => {
    const ada = boardOf('a', 'b')
    const bob = copyOf(ada)
    const past = stateOf(ada)
    ada.update([['a', { fill: 'red' }]])
    bob.update([['b', { angle: 1 }]])
    restoreBoard(ada, past)
    meet(ada, bob)
    expect(bob.shape('b')?.angle).toBe(1) // Bob's was meanwhile, and is not lost.
    bob.undo.undo()
    meet(ada, bob)
    expect(dump(ada)).toEqual(dump(bob))
    expect(dump(ada)).toEqual(dump(new Board(past)))
  })

  test('[V3] writes nothing for what reads the same, however it came to', () => {
    const board = boardOf('a', 'b', 'c')
    board.setText('b', 'b')
    const past = stateOf(board)
    board.update([['a', { fill: 'red' }]])
    board.update([['a', { fill: '#ffffff' }]])
    board.setText('b', '')
    board.setText('b', 'b')
    board.undo.mark()
    board.remove(['c'])
    board.undo.undo()
    expect(written(board, () => expect(restoreBoard(board, past)).toEqual([]))).toMatchObject({
      updates: 0,
    })
    expect(restoreUpdate(stateOf(board), past)).toBeNull()
  })

  test('[V3] writes only the keys that differ', () => {
    const board = boardOf('a')
    board.update([['a', { fill: 'red', radius: 5 }]])
    const past = stateOf(board)
    board.update([['a', { fill: 'blue', angle: 1 }]])
    const radius = mapOf(board, 'a')._map.get('radius')
    const map = mapOf(board, 'a')
    restoreBoard(board, past)
    expect(mapOf(board, 'a')).toBe(map)
    expect(map._map.get('radius')).toBe(radius)
    expect(map.toJSON()).toEqual({ init: map.get('init'), fill: 'red', radius: 5 })
  })

  test('[V8] throws for a newer format before writing, and does nothing read-only', () => {
    const board = boardOf('a')
    const past = stateOf(board)
    board.update([['a', { fill: 'red' }]])
    const newer = stateOf(board)
    metaOf(newer).set('format', 2)
    const restore = (): unknown => restoreBoard(board, newer)
    expect(() => written(board, restore)).toThrow(expect.objectContaining({ code: 'format' }))
    expect(() => restoreUpdate(board.doc, newer)).toThrow(BoardError)
    board.setReadOnly(true)
    expect(restoreBoard(board, past)).toEqual([])
    expect(board.shape('a')?.fill).toBe('red')
    expect(restoreUpdate(newer, past)).toBeNull()
  })
})

describe('Restoring chosen shapes', () => {
  test('[V4] leaves the others and the title', () => {
    const board = boardOf('a', 'b')
    board.setTitle('Plan')
    const past = stateOf(board)
    board.setTitle('Other')
    board.update([
      ['a', { fill: 'red' }],
      ['b', { fill: 'red' }],
    ])
    expect(restoreBoard(board, past, ['a', 'a', 'nobody'])).toEqual(['a'])
    expect([board.shape('a')?.fill, board.shape('b')?.fill]).toEqual(['#ffffff', 'red'])
    expect(board.title).toBe('Other')
  })

  test('[V4] brings what was in them, and what held them but not what else that held', () => {
    const board = newBoard(1)
    board.insert([
      { kind: 'frame', id: 'frame' },
      { kind: 'frame', id: 'inner', at: ['frame', 0, 0] },
      rectangle('a', [], { at: ['inner', 1, 1] }),
      rectangle('a2', [], { at: ['a', 1, 1] }),
      rectangle('b', [], { at: ['inner', 1, 1] }),
    ])
    const past = stateOf(board)
    board.remove(['frame'])
    expect(restoreBoard(board, past, ['a']).toSorted()).toEqual(['a', 'a2', 'frame', 'inner'])
    expect(board.parentOf('a')).toBe('inner')
    expectSound(board)
  })

  test('[V4] makes no circle of what has changed places', () => {
    const board = newBoard(1)
    board.insert([
      { kind: 'frame', id: 'outer' },
      { kind: 'frame', id: 'inner', at: ['outer', 0, 0] },
    ])
    const past = stateOf(board)
    board.reparent(['inner'], FIRST_PAGE)
    board.reparent(['outer'], 'inner')
    restoreBoard(board, past, ['inner'])
    expect([board.parentOf('inner'), board.parentOf('outer')]).toEqual(['outer', FIRST_PAGE])
  })

  test('[V4] what goes lets go of arrows, and takes the group it leaves empty', () => {
    const board = boardOf('a', 'b')
    const past = stateOf(board)
    board.insert([rectangle('c', [300, 0])])
    const end = { id: 'c', anchor: [0.5, 0.5], mode: 'exact' } as const
    board.insert([
      arrow(
        'to',
        [
          [0, 0],
          [9, 9],
        ],
        { end },
      ),
    ])
    const group = board.group(['a', 'b'])!
    const changed = restoreBoard(board, past, ['a', 'b', 'c'])
    expect(changed.toSorted()).toEqual(['a', 'b', 'c', 'to', group].toSorted())
    expect(ids(board.ordered()).toSorted()).toEqual(['a', 'b', 'to'])
    expect(board.shape('to')).toMatchObject({
      end: null,
      points: [
        [0, 0],
        [350, 50],
      ],
    })
    expectSound(board)
  })

  test('[V4] a chosen arrow reads as it did, though what it held on to goes', () => {
    const board = newBoard(1)
    const end = { id: 'ghost', anchor: [0.5, 0.5], mode: 'exact' } as const
    board.insert([{ kind: 'arrow', id: 'to', end }])
    const past = stateOf(board)
    board.insert([rectangle('ghost', [])])
    restoreBoard(board, past, ['to', 'ghost'])
    expect(dump(board)).toEqual(dump(new Board(past)))
  })

  test('[V5] a chosen group that is new goes, and what was grouped goes back', () => {
    const board = boardOf('a', 'b')
    const past = stateOf(board)
    const before = readingOf(board)
    board.insert([rectangle('c', [])])
    const group = board.group(['a', 'b', 'c'])!
    board.update([[group, { at: FAR }]])
    expect(restoreBoard(board, past, [group]).toSorted()).toEqual(['a', 'b', 'c', group].toSorted())
    expect(readingOf(board)).toEqual(before)
  })
})

describe('What comes back', () => {
  test('[V6] is whole, understood or not, and shares no memory', () => {
    const board = boardOf('a')
    const nested = new Y.Map<unknown>([['list', Y.Array.from([{ n: 1 }])]])
    const bytes = Uint8Array.of(1, 2, 3)
    writeRaw(board, 'odd', { init: '{"kind":"sticky"}', glow: { hue: [1] }, bytes, nested })
    writeRaw(board, 'a', { glow: { hue: [2] } })
    const past = stateOf(board)
    board.doc.transact(() => {
      shapesOf(board.doc).delete('odd')
      mapOf(board, 'a').delete('glow')
      mapOf(board, 'a').set('later', true)
    }, 'raw')
    restoreBoard(board, past)
    expect(shapesOf(board.doc).toJSON()).toEqual(shapesOf(past).toJSON())
    for (const [id, key] of [
      ['odd', 'glow'],
      ['odd', 'bytes'],
      ['a', 'glow'],
    ] as const) {
      const there = (shapesOf(past).get(id) as Y.Map<unknown>).get(key)
      expect(mapOf(board, id).get(key)).not.toBe(there)
    }
    expectSound(board)
  })

  test('[V6] may have been replaced by another shape under the same id', () => {
    const board = boardOf('a')
    board.update([['a', { fill: 'red' }]])
    const past = stateOf(board)
    board.remove(['a'])
    board.insert([{ kind: 'ellipse', id: 'a' }])
    board.undo.mark()
    restoreBoard(board, past)
    expect(dump(board)).toEqual(dump(new Board(past)))
    board.undo.undo()
    expect(board.shape('a')?.kind).toBe('ellipse')
  })

  test('[V6] may be a stroke that was being drawn, or that has other ink now', () => {
    const board = newBoard(1)
    board.insert([{ kind: 'draw', id: 's', ink: [[0, 0, 0.5]] }])
    const stroke = board.beginStroke({ kind: 'draw', id: 't' })
    stroke.append([[0, 0, 0.5]])
    stroke.append([[-9, 9, 0.5]])
    const past = stateOf(board)
    stroke.finish()
    board.setInk('s', [[5, 5, 1]])
    board.undo.mark()
    const before = dump(board)
    restoreBoard(board, past)
    expect(dump(board)).toEqual(dump(new Board(past)))
    expect(mapOf(board, 't').has(INK)).toBe(false)
    board.undo.undo()
    expect(dump(board)).toEqual(before)
  })
})

describe('Labels that come back', () => {
  test.each<[string, string, string, string]>([
    ['a changed word', 'one two three', 'one 2 three', 'two'],
    ['a lost end', 'hello', 'he', 'llo'],
    ['a face for another of the same half', '👋 hi', '👍 hi', '👋'],
    ['a face with a colour', 'x👋🏽y', 'x👋🏿y', '🏽'],
  ])('[V7] write one stretch and no half character: %s', (_, old, now, inserted) => {
    const board = boardOf('a')
    board.setText('a', old)
    const past = stateOf(board)
    board.setText('a', now)
    const label = board.label('a')!
    const deltas: unknown[] = []
    label.observe((event) => deltas.push(event.delta))
    restoreBoard(board, past)
    expect(board.shape('a')?.text).toBe(old)
    expect(deltas.flat()).toContainEqual({ insert: inserted })
    expect(board.label('a')).toBe(label)
  })

  test('[V7] come with attributes and what is embedded, and undo takes them back', () => {
    const board = boardOf('a', 'b')
    const label = board.label('a')!
    board.transact(() => {
      label.insert(0, 'plain bold', {})
      label.format(6, 4, { bold: true })
      label.insertEmbed(10, { image: 'cat' }, { wide: true })
    })
    const past = stateOf(board)
    const before = readingOf(board)
    board.setText('b', 'b')
    board.transact(() => label.format(0, 10, { bold: null, italic: true }))
    const changed = label.toDelta() as unknown
    board.undo.mark()
    restoreBoard(board, past, ['a'])
    expect(label.toDelta()).toEqual((new Board(past).label('a') as Y.Text).toDelta())
    board.undo.undo()
    expect(label.toDelta()).toEqual(changed)
    board.undo.redo()
    board.remove(['a'])
    restoreBoard(board, past)
    expect(readingOf(board)).toEqual(before)
  })

  test('[V7] read what the shape was born with if nobody had edited them', () => {
    const board = newBoard(1)
    board.insert([rectangle('a', [], { text: 'born' })])
    const past = stateOf(board)
    board.setText('a', 'grown')
    restoreBoard(board, past)
    expect(board.shape('a')?.text).toBe('born')
    expect(restoreBoard(board, past)).toEqual([])
  })

  test('[V2,V7] made by a restore, are not unmade by its undo', () => {
    const ada = newBoard(1)
    ada.insert([rectangle('a', [], { text: 'born' })])
    const bob = copyOf(ada)
    bob.setText('a', 'grown')
    ada.undo.mark()
    restoreBoard(ada, bob.doc)
    expect(ada.shape('a')?.text).toBe('grown')
    ada.undo.undo()
    expect(ada.shape('a')?.text).toBe('born')
    ada.undo.redo()
    expect(ada.shape('a')?.text).toBe('grown')
  })

  test('[V7] are one label for two who restore and then write', () => {
    const ada = boardOf('a')
    ada.setText('a', 'old')
    const past = stateOf(ada)
    ada.remove(['a'])
    restoreBoard(ada, past)
    const bob = copyOf(ada)
    ada.setText('a', 'old A')
    bob.setText('a', 'B old')
    meet(ada, bob)
    expect(ada.shape('a')?.text).toBe('B old A')
    expect(bob.shape('a')?.text).toBe('B old A')
  })
})

describe('Restoring by an update', () => {
  test('[V9] the update holds what was written and removed, and nothing older', () => {
    const board = boardOf(...Array.from({ length: 500 }, (_, i) => `s${i}`))
    const past = stateOf(board)
    board.update([['s1', { fill: 'red' }]])
    board.remove(Array.from({ length: 400 }, (_, i) => `s${i + 100}`))
    const update = restoreUpdate(stateOf(board), past, ['s1'])!
    expect(update.length).toBeLessThan(100)
    expect(Y.decodeUpdate(update).ds.clients.get(1)).toHaveLength(1)
    Y.applyUpdate(board.doc, update, 'network')
    expect(board.shape('s1')?.fill).toBe('#ffffff')
    expect(board.size).toBe(100)
  })
})
