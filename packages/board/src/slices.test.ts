import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Board, type NewShape, type ShapeId } from './index.ts'
import {
  arrow,
  dump,
  expectSound,
  ids,
  newBoard,
  rectangle,
  seeds,
  send,
} from './testing/boards.ts'
import { randomEdit } from './testing/random-edits.ts'
import { slicedBoard, type SlicedOptions } from './testing/sliced.ts'

const VIEW = { x: 0, y: 0, w: 500, h: 500 }

/** A board on these shapes, and one that is loading the same bit by bit. */
function loading(shapes: readonly NewShape[], options: SlicedOptions = {}) {
  const source = newBoard()
  source.insert(shapes)
  const sliced = slicedBoard(options)
  send(source, sliced.board)
  return { ...sliced, source }
}

function row(length: number, more: object = {}): NewShape[] {
  return Array.from({ length }, (_, i) => rectangle(`s${i}`, [i * 1_000, 0], more))
}

function runAll(step: () => boolean): number {
  let slices = 0
  while (step()) slices += 1
  return slices
}

describe('Slices', () => {
  test('[S1] a board that asked for none, or gets few shapes, is whole at once', () => {
    const { source, board, changes, step } = loading(row(4))
    expect([board.size, board.loading, step(), changes.length]).toEqual([4, null, false, 1])
    source.insert(row(40).map((shape) => ({ ...shape, id: `more-${shape.id}` })))
    expect(new Board(source.doc).size).toBe(44)
  })

  test('[S1] so is a board made on a document that is there; on a big one it begins at once', () => {
    const { source } = loading(row(20))
    const small = slicedBoard({ doc: source.doc, min: 20 })
    expect([small.board.size, small.board.loading]).toEqual([20, null])
    const big = slicedBoard({ doc: source.doc })
    expect(big.board.loading?.total).toBe(20)
    runAll(big.step)
    expectSound(big.board, [VIEW])
    expect([...big.mirror.keys()].toSorted()).toEqual(ids(source.shapes()).toSorted())
  })

  test('[S2] what is in view is read first, wherever it was changed to', () => {
    const far = [...row(30)].reverse()
    const { source, board, step } = loading(far, { near: VIEW })
    expect(ids(board.shapes())).toContain('s0')
    expect(board.size).toBeLessThan(5)
    runAll(step)
    const moved = newBoard()
    send(source, moved)
    moved.update([['s29', { at: ['page:1', 300, 300], w: 5 }]])
    const other = slicedBoard({ near: { x: 290, y: 290, w: 20, h: 20 } })
    send(moved, other.board)
    expect(ids(other.board.shapes())).toContain('s29')
  })

  test('[S2] so is what is in view inside a frame far away, and shapes that only reach into it', () => {
    const inFrame = rectangle('inside', [-9_000, 40], { at: ['frame', -9_000, 40] })
    const frame = rectangle('frame', [9_100, 0, 50, 50], { kind: 'frame' })
    const wide = rectangle('wide', [-3_000, 10, 3_100, 10])
    const { board } = loading([...row(30, { w: 1 }).slice(1), inFrame, frame, wide], { near: VIEW })
    expect(ids(board.shapes()).toSorted()).toEqual(['frame', 'inside', 'wide'])
  })

  test('[S2] nothing is on the board before what contains it or what it holds on to', () => {
    const group = { kind: 'group', id: 'z-group', at: ['page:1', 700, 0] } as const
    const inGroup = row(20).map((shape) => ({ ...shape, at: ['z-group', 1, 1] as const }))
    const end = { id: 'z-held', anchor: [0.5, 0.5], mode: 'edge' } as const
    const held = [
      arrow('a', [[0, 0] as [number, number], [9, 9]], { end }),
      rectangle('z-held', []),
    ]
    const { board, step } = loading([...inGroup, ...held, group])
    do {
      for (const { at, end: to } of board.shapes()) {
        expect(at[0] === 'page:1' || board.shape(at[0])).toBeTruthy()
        expect(to === null || board.shape(to.id)).toBeTruthy()
      }
    } while (step())
    expectSound(board, [VIEW])
  })

  test('[S2] when nobody can say what is in view, the first few are from everywhere', () => {
    const { board } = loading(row(300))
    expect(board.contentBounds()!.w).toBeGreaterThan(150_000)
    expect(board.size).toBeLessThan(10)
  })

  test('[S3] what others change meanwhile is heard of, whether it was read or waits', () => {
    const { source, board, step, changes } = loading(row(30), { near: VIEW })
    source.update([
      ['s0', { w: 7 }],
      ['s20', { w: 8 }],
    ])
    source.remove(['s21'])
    source.insert([rectangle('new', [5, 5])])
    send(source, board)
    expect([board.shape('s0')!.w, board.shape('new')?.w, board.shape('s20')]).toEqual([
      7,
      100,
      undefined,
    ])
    expect(changes.at(-1)).toMatchObject({ loaded: false, local: false, added: new Set(['new']) })
    runAll(step)
    expect([board.shape('s20')!.w, board.shape('s21')]).toEqual([8, undefined])
    expectSound(board, [VIEW])
  })

  test.each(seeds(40))('[S3] sliced is at once, whatever happens in between (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const source = newBoard(seed)
    while (source.size < 40) randomEdit(source, random)
    const near = random() < 0.5 ? { x: -200, y: -200, w: 400, h: 400 } : null
    const { board, step, mirror, changes } = slicedBoard({ near })
    board.doc.clientID = seed + 1_000
    send(source, board)
    expect(board.loading).not.toBeNull()
    const heard = changes.length
    for (let more = true; more || random() < 0.5; more = step()) {
      for (let i = Math.floor(random() * 3); i > 0; i--) randomEdit(source, random)
      if (random() < 0.5) send(source, board)
      if (random() < 0.05) randomEdit(board, random)
      for (const id of mirror.keys()) expect([id, board.shape(id)?.id]).toEqual([id, id])
    }
    send(source, board)
    runAll(step)
    expectSound(board, [VIEW])
    expect(Object.fromEntries(mirror)).toEqual(dump(board))
    expect(changes.slice(heard).some(({ loaded, local }) => loaded && local)).toBe(false)
    send(board, source)
    expect(dump(source)).toEqual(dump(board))
  })

  /** Each edit on a board that is still loading, and what it must have done. */
  const EDITS: readonly [name: string, edit: (board: Board) => void][] = [
    ['insert', (board) => void board.insert([rectangle('new', [0, 0])])],
    ['remove a frame', (board) => board.remove(['frame'])],
    ['remove the last that was read of a group', (board) => board.remove(['in-group'])],
    ['reparent out of a group', (board) => board.reparent(['in-group'], 'page:1')],
    ['reorder', (board) => board.reorder(['s0'], 'front')],
    ['group', (board) => void board.group(['s2', 'frame'])],
    ['ungroup', (board) => void board.ungroup(['group'])],
    [
      'update',
      (board) =>
        board.update([
          ['s0', { w: 1 }],
          ['s25', { w: 2 }],
        ]),
    ],
    ['type', (board) => board.setText('s25', 'word')],
    ['transact', (board) => board.transact(() => board.remove([...ids(board.children('group'))]))],
  ]

  test.each(EDITS)('[S4] to %s does what it does on a whole board', (_, edit) => {
    const shapes = [
      rectangle('frame', [0, 0], { kind: 'frame' }),
      { kind: 'group', id: 'group', at: ['page:1', 9, 9] } as const,
      rectangle('in-group', [], { at: ['group', 0, 0] }),
      ...row(30, { at: undefined }).map((shape, i) => ({
        ...shape,
        at: [['frame', 'group', 'page:1'][i % 3]!, 9_000 + i, 0] as const,
      })),
      arrow(
        'arrow',
        [
          [0, 9_000],
          [9, 9_999],
        ],
        { start: { id: 'frame', anchor: [0, 0], mode: 'edge' } },
      ),
    ]
    const { source, board, changes } = loading(shapes, { near: VIEW })
    expect(board.loading).not.toBeNull()
    const whole = slicedBoard({ doc: new Y.Doc(), min: 1_000 })
    send(source, whole.board)
    whole.board.doc.clientID = board.doc.clientID
    for (const each of [board, whole.board]) edit(each)
    expect(board.loading).toBeNull()
    expect(withoutIds(board)).toEqual(withoutIds(whole.board))
    expectSound(board, [VIEW])
    expect(changes.at(-1)).toMatchObject({ local: true, loaded: false })
    board.undo.undo()
    expect(dump(board)).toEqual(dump(source))
  })

  test('[S4] undo and redo of what I did before see the whole board', () => {
    const { board, step } = slicedBoard()
    const [frame = ''] = board.insert([rectangle('mine', [0, 0], { kind: 'frame' })])
    const source = newBoard()
    send(board, source)
    source.insert(row(20).map((shape) => ({ ...shape, at: [frame, 0, 0] as const })))
    send(source, board)
    expect(board.loading).not.toBeNull()
    board.undo.undo()
    expect(board.loading).toBeNull()
    expect(board.shape(frame)).toBeDefined() // others put something into it
    expect(step()).toBe(false)
  })

  test('[S4] read-only it goes on loading, and editing does nothing', () => {
    const { board, step } = loading(row(30))
    board.setReadOnly(true)
    expect(board.insert([rectangle('new', [])])).toEqual([])
    expect(board.loading).not.toBeNull()
    runAll(step)
    expect(board.size).toBe(30)
  })

  test('[S5] each shape is told once, as loaded, and not slice by slice', () => {
    const { board, step, changes, mirror } = loading(row(1_000))
    const slices = runAll(step)
    expect(slices).toBeGreaterThan(300)
    expect(changes.length).toBeLessThan(14)
    expect(changes.every(({ loaded, local }) => loaded && !local)).toBe(true)
    expect(mirror.size).toBe(board.size)
  })

  test('[S6] loading says how many of how many, and tells when that is another', () => {
    const { board, step } = loading(row(30))
    const told: unknown[] = []
    board.on('loading', () => told.push(board.loading && { ...board.loading }))
    expect(board.loading).toEqual({ done: board.size, total: 30 })
    runAll(step)
    expect(told.at(0)).toEqual({ done: 6, total: 30 })
    expect(told.at(-1)).toBeNull()
    expect(told.length).toBe(9)
  })

  test('[S6] one that is disposed of reads no more', () => {
    const { board, step } = loading(row(30))
    board.dispose()
    expect(step()).toBe(false)
  })

  test('[S6] a listener that throws stops nothing', () => {
    const { board, step } = loading(row(30))
    const stop = board.on('change', () => {
      throw new Error('broken')
    })
    expect(() => step()).toThrow('broken')
    stop()
    runAll(step)
    expect([board.size, board.loading]).toEqual([30, null])
  })
})

/** What a board says, with shapes that were born here under one name. */
function withoutIds(board: Board): unknown[] {
  const name = (id: ShapeId): string => (id.length > 20 ? 'born' : id)
  return board.ordered().map((shape) => {
    const [parent, x, y] = shape.at
    return { ...shape, id: name(shape.id), at: [name(parent), x, y], index: '' }
  })
}
