import { assert as check, constantFrom, dictionary, jsonValue, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Board, BoardError, FIRST_PAGE, FORMAT, SHAPE_DEFAULTS, type ShapePatch } from './index.ts'
import {
  arrow,
  copyOf,
  dump,
  expectSound,
  keysOf,
  mapOf,
  meet,
  newBoard,
  rectangle,
  writeRaw,
} from './testing/boards.ts'

const FULL = {
  at: ['page:2', -1.5, 2.25],
  w: 12,
  h: 0,
  angle: -0.5,
  opacity: 0.25,
  locked: true,
  stroke: 'rgb(1 2 3 / 50%)',
  fill: 'none',
  strokeWidth: 0,
  dash: 'dotted',
  fillStyle: 'zigzag',
  roughness: 2,
  seed: 7,
  radius: 8,
  text: 'Grüße 👋\nzwei',
  font: 'mono',
  fontSize: 12.5,
  lineHeight: 1,
  textAlign: 'center',
  verticalAlign: 'middle',
  textColor: '#fff',
  autoSize: false,
  points: [
    [0, 0],
    [1, -2],
  ],
  curve: 'elbow',
  closed: true,
  start: { id: 'x', anchor: [0.5, 1], mode: 'exact' },
  end: { id: 'y', anchor: [0, 0], mode: 'edge' },
  startHead: 'zero-or-many',
  endHead: 'triangle',
  pressure: true,
  asset: 'abc',
  crop: { x: 0, y: 0.5, w: 1, h: 0.5 },
  flipX: true,
  flipY: true,
  foreign: { app: 'other', kind: 'embeddable', data: { deep: [1, { x: null }] } },
} as const

const BAD: [keyof ShapePatch, unknown][] = [
  ['at', ['page:1', 1]],
  ['at', ['page:1', 1, '2']],
  ['at', ['page:1', 1, 2e9]],
  ['at', ['', 1, 2]],
  ['index', ''],
  ['index', 'a'],
  ['index', 'ä0'],
  ['index', `a0${'1'.repeat(200)}`],
  ['w', -1],
  ['w', '5'],
  ['w', 1e300],
  ['h', null],
  ['angle', 1e9],
  ['opacity', 2],
  ['locked', 1],
  ['stroke', 'red;background:url(x)'],
  ['stroke', ''],
  ['fill', 'x'.repeat(65)],
  ['strokeWidth', -2],
  ['dash', 'wavy'],
  ['fillStyle', 3],
  ['fontSize', 0],
  ['lineHeight', 1000],
  ['font', 'papyrus'],
  ['points', [[0, 0], [1]]],
  ['points', { 0: [0, 0] }],
  ['curve', null],
  ['start', { id: 'x' }],
  ['start', { id: 'x', anchor: [0, 'a'], mode: 'edge' }],
  ['end', { id: '', anchor: [0, 0], mode: 'edge' }],
  ['endHead', 'wings'],
  ['crop', { x: 0, y: 0, w: 0, h: 1 }],
  ['asset', 5],
]

describe('A shape in the document', () => {
  test('[D1] is born with one key holding what differs from the defaults', () => {
    const board = newBoard()
    board.insert([{ kind: 'ellipse', id: 'a', at: [FIRST_PAGE, 1, 2], w: 100, fill: 'red' }])
    expect(keysOf(board, 'a')).toEqual(['init'])
    const init = JSON.parse(String(mapOf(board, 'a').get('init'))) as object
    expect(init).toEqual({
      kind: 'ellipse',
      at: [FIRST_PAGE, 1, 2],
      index: board.shape('a')?.index,
      fill: 'red',
    })
  })

  test('[D1] keeps its ink apart from init', () => {
    const board = newBoard()
    const ink = [
      [0, 0, 0.5],
      [10, 5, 0.5],
    ] as const
    board.insert([{ kind: 'draw', id: 'a', ink }])
    expect(keysOf(board, 'a')).toEqual(['init', 'ink'])
    expect(board.shape('a')).toMatchObject({ w: 10, h: 5 })
  })

  test('[D1] reads back as it was inserted', () => {
    const board = newBoard()
    const given = { ...SHAPE_DEFAULTS, ...FULL, id: 'a', kind: 'arrow' as const }
    board.insert([given])
    const { index, ...read } = copyOf(board).shape('a')!
    expect(read).toEqual(given)
    expect(index).toMatch(/^a0/)
  })

  test('[D2] gets one key per prop that really changed', () => {
    const board = newBoard()
    board.insert([arrow('a', [[0, 0]], { start: { id: 'b', anchor: [0, 1], mode: 'edge' } })])
    const updates: Uint8Array[] = []
    board.doc.on('update', (update: Uint8Array) => updates.push(update))
    board.update([['a', { points: [[0, 0]], start: board.shape('a')!.start, angle: 0 }]])
    expect(updates).toEqual([])
    board.update([
      ['a', { opacity: 0.5, locked: false }],
      ['nobody', { opacity: 0.5 }],
    ])
    expect(keysOf(board, 'a')).toEqual(['init', 'opacity'])
    expect(updates.length).toBe(1)
  })

  test('[D2] two patches of one shape in one call: the second sees the first', () => {
    const board = newBoard()
    board.insert([rectangle('a', [])])
    board.update([
      ['a', { opacity: 0.5 }],
      ['a', { opacity: 1 }],
    ])
    expect(board.shape('a')?.opacity).toBe(1)
  })

  test('[D2] takes different props of different people at once', () => {
    const ada = newBoard(1)
    ada.insert([rectangle('a', [])])
    const bob = copyOf(ada)
    ada.update([['a', { fill: 'red' }]])
    bob.update([['a', { stroke: 'blue', at: [FIRST_PAGE, 9, 9] }]])
    meet(ada, bob)
    expect(ada.shape('a')).toMatchObject({ fill: 'red', stroke: 'blue', at: [FIRST_PAGE, 9, 9] })
    expect(dump(ada)).toEqual(dump(bob))
  })

  test.each(BAD)('[D3] reads a bad %s as the default, and refuses to write it', (prop, value) => {
    const board = newBoard()
    board.insert([{ ...rectangle('a', []), fill: 'none' }])
    const born = board.shape('a')?.index
    writeRaw(board, 'a', { [prop]: value })
    const init = JSON.stringify({ kind: 'rectangle', [prop]: value })
    writeRaw(board, 'b', { init })
    const normal = { ...SHAPE_DEFAULTS, index: 'a0' }[prop]
    expect(board.shape('b')?.[prop]).toEqual(normal)
    expect(board.shape('a')?.[prop]).toEqual(prop === 'index' ? born : normal)
    writeRaw(board, 'c', { init: '{"kind":"rectangle"}' })
    board.update([['c', { [prop]: value }]])
    expect(keysOf(board, 'c')).toEqual(['init'])
    expectSound(board)
  })

  test('[D3,C6] any JSON at all reads as a shape with sound props', () => {
    check(
      property(dictionary(constantFrom(...Object.keys(SHAPE_DEFAULTS)), jsonValue()), (props) => {
        const board = newBoard()
        writeRaw(board, 'a', { init: JSON.stringify({ kind: 'arrow', ...props }), ...props })
        const { w, h, angle, opacity } = board.shape('a')!
        for (const number of [w, h, angle, opacity]) expect(Number.isFinite(number)).toBe(true)
        expect(board.pageBounds('a').w).toBeGreaterThanOrEqual(0)
        expectSound(board)
      }),
      { numRuns: 200 },
    )
  })

  test.each(['', 'nonsense', '[]', 'null', '7', '{"kind":7}', undefined, 5, new Uint8Array(2)])(
    '[D4,C6] with init %j is foreign',
    (init) => {
      const board = newBoard()
      writeRaw(board, 'a', { init })
      expect(board.shape('a')?.kind).toBe('foreign')
      expect(board.size).toBe(1)
      expectSound(board)
    },
  )

  test('[D4] of an unknown kind keeps everything it had while it is moved', () => {
    const board = newBoard()
    const init = JSON.stringify({ kind: 'sticker', w: 50, glow: [1, 2] })
    writeRaw(board, 'a', { init, glow: [3], 'x:y': { z: 1 } })
    expect(board.shape('a')).toMatchObject({
      kind: 'foreign',
      w: 50,
      foreign: { app: 'kolam', kind: 'sticker', data: { glow: [1, 2] } },
    })
    const before = board.shape('a')
    board.update([['a', { at: [FIRST_PAGE, 5, 5] }]])
    board.setText('a', 'hello')
    expect(board.shape('a')?.foreign).toEqual(before?.foreign)
    expect(mapOf(board, 'a').toJSON()).toEqual({
      init,
      glow: [3],
      'x:y': { z: 1 },
      at: [FIRST_PAGE, 5, 5],
      label: 'hello',
    })
  })

  test('[D4,C6] something else in the place of a shape is no shape, and stays', () => {
    const board = newBoard()
    for (const [key, value] of [
      ['a', 5],
      ['b', 'text'],
      ['c', new Y.Text('x')],
    ] as const) {
      board.doc.getMap('shapes').set(key, value)
    }
    expect(board.size).toBe(0)
    expect(() => board.insert([rectangle('a', [])])).toThrow(BoardError)
    expect(Object.keys(board.doc.getMap('shapes').toJSON())).toEqual(['a', 'b', 'c'])
  })

  test('[D7] is frozen and keeps its identity until it changes', () => {
    const board = newBoard()
    board.insert([rectangle('a', []), rectangle('b', [])])
    const a = board.shape('a')
    const b = board.shape('b')
    expect(Object.isFrozen(a)).toBe(true)
    board.update([['b', { angle: 1 }]])
    writeRaw(board, 'a', { something: 'else' })
    expect(board.shape('a')).toBe(a)
    expect(board.shape('b')).not.toBe(b)
  })

  test.each(['', 'page:2', 'taken', 'x'.repeat(129)])('[D8] cannot have the id "%s"', (id) => {
    const board = newBoard()
    board.insert([rectangle('taken', [])])
    expect(() => board.insert([rectangle('new', []), rectangle(id, [])])).toThrow(
      expect.objectContaining({ code: 'id' }),
    )
    expect(board.size).toBe(1)
  })

  test('[D8] cannot have the id of another in the same array', () => {
    const board = newBoard()
    expect(() => board.insert([rectangle('a', []), rectangle('a', [])])).toThrow(BoardError)
    expect(board.size).toBe(0)
  })

  test('[D10] does not change with what was passed in', () => {
    const board = newBoard()
    board.insert([arrow('a', [])])
    const points: [number, number][] = [
      [0, 0],
      [5, 5],
    ]
    board.update([['a', { points }]])
    points[0]![0] = 77
    board.update([['a', { angle: 1 }]])
    expect(board.shape('a')?.points).toEqual([
      [0, 0],
      [5, 5],
    ])
  })
})

describe('A document', () => {
  test('[D5] says its format from the first edit on', () => {
    const board = newBoard()
    expect(board.doc.getMap('meta').toJSON()).toEqual({})
    board.insert([rectangle('a', [])])
    expect(board.doc.getMap('meta').get('format')).toBe(FORMAT)
    const titled = newBoard()
    titled.setTitle('A'.repeat(300))
    expect(titled.doc.getMap('meta').get('format')).toBe(FORMAT)
    expect(titled.title).toBe('A'.repeat(200))
  })

  test('[D5,D6] of a newer format is read-only, and says so', () => {
    const board = newBoard()
    board.insert([rectangle('a', [])])
    let told = 0
    board.on('meta', () => (told += 1))
    board.doc.getMap('meta').set('format', FORMAT + 1)
    expect([board.readOnly, told, board.undo.canUndo, board.undo.undo()]).toEqual([
      true,
      1,
      false,
      false,
    ])
    expect(new Board(board.doc).readOnly).toBe(true)
  })

  test('[D6] that is read-only is not written by anything', () => {
    const board = newBoard()
    const all = ['a', 'b', 'c']
    board.insert(all.map((id) => rectangle(id, [])))
    const group = board.group(['a', 'b'])!
    const stroke = board.beginStroke({ kind: 'draw', id: 's' })
    board.setReadOnly(true)
    const before = board.doc.toJSON()
    expect([board.insert([rectangle('d', [])]), board.group(['c', group])]).toEqual([[], null])
    expect([board.ungroup([group]), board.label('a')]).toEqual([[], undefined])
    board.update([['a', { angle: 1 }]])
    board.setText('a', 'no')
    board.setTitle('no')
    board.reorder(['c'], 'back')
    board.reparent(['c'], group)
    stroke.append([[0, 0, 1]])
    stroke.finish()
    board.beginStroke({ kind: 'draw' }).append([[0, 0, 1]])
    board.remove(['a'])
    board.undo.undo()
    expect(board.doc.toJSON()).toEqual(before)
    board.setReadOnly(false)
    board.remove(['a'])
    expect(board.shape('a')).toBeUndefined()
  })
})
