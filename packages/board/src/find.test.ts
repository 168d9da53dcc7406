import { describe, expect, test } from 'vitest'
import { FIRST_PAGE, type Board } from './index.ts'
import { arrow, newBoard, rectangle } from './testing/boards.ts'

const HOLLOW = { fill: 'none' }

function at(board: Board, x: number, y: number, more: object = {}): string | undefined {
  return board.shapeAt({ x, y }, { margin: 5, ...more })?.id
}

describe('shapeAt', () => {
  test('[H1] gives the topmost of what is filled, text, image or near a line', () => {
    const board = newBoard()
    board.insert([
      rectangle('a', [0, 0]),
      rectangle('hollow', [0, 0, 50, 50], HOLLOW),
      rectangle('words', [200, 0], { ...HOLLOW, kind: 'text', text: 'x' }),
      rectangle('image', [400, 0], { ...HOLLOW, kind: 'image' }),
      rectangle('foreign', [600, 0], { ...HOLLOW, kind: 'foreign' }),
      arrow(
        'line',
        [
          [0, 300],
          [100, 300],
        ],
        { strokeWidth: 20 },
      ),
      {
        kind: 'draw',
        id: 'ink',
        at: [FIRST_PAGE, 0, 400],
        ink: [
          [0, 0, 1],
          [100, 0, 1],
        ],
      },
    ])
    expect(at(board, 25, 25)).toBe('a')
    expect(at(board, 50, 25)).toBe('hollow')
    expect([at(board, 250, 50), at(board, 450, 50), at(board, 650, 50)]).toEqual([
      'words',
      'image',
      'foreign',
    ])
    expect([at(board, 50, 314), at(board, 50, 316)]).toEqual(['line', undefined])
    expect([at(board, 50, 405), at(board, 50, 410)]).toEqual(['ink', undefined])
    expect([at(board, -5, 75), at(board, -8, 75)]).toEqual(['a', undefined])
    expect(at(board, 50, 25, { filter: ({ id }: { id: string }) => id !== 'hollow' })).toBe('a')
  })

  test('[H1] measures the outline, turned, and not the box', () => {
    const board = newBoard()
    board.insert([
      rectangle('e', [0, 0], { kind: 'ellipse' }),
      rectangle('t', [200, 0, 100, 20], { angle: Math.PI / 2 }),
      rectangle('d', [400, 0], { kind: 'diamond', fill: 'none' }),
      {
        kind: 'line',
        id: 'l',
        at: [FIRST_PAGE, 600, 0],
        closed: true,
        fill: 'red',
        points: [
          [0, 0],
          [100, 0],
          [100, 100],
        ],
      },
    ])
    expect([at(board, 5, 5), at(board, 50, 50)]).toEqual([undefined, 'e'])
    expect([at(board, 210, 10), at(board, 250, 50)]).toEqual([undefined, 't'])
    expect([at(board, 425, 25), at(board, 405, 5)]).toEqual(['d', undefined])
    expect([at(board, 690, 50), at(board, 610, 90)]).toEqual(['l', undefined])
  })

  test('[H2] sees through a hollow shape, but not through its label', () => {
    const board = newBoard()
    const middle = { textAlign: 'center', verticalAlign: 'middle' }
    board.insert([
      rectangle('a', [0, 0, 400, 400], HOLLOW),
      rectangle('b', [0, 500, 400, 400], { ...HOLLOW, ...middle, text: 'hello' }),
      arrow(
        'c',
        [
          [0, 1000],
          [400, 1000],
        ],
        { text: 'one\ntwo\nthree' },
      ),
    ])
    expect([at(board, 200, 200), at(board, 100, 600)]).toEqual([undefined, undefined])
    expect([at(board, 200, 700), at(board, 200, 975), at(board, 20, 975)]).toEqual([
      'b',
      'c',
      undefined,
    ])
  })

  test('[H3] with inside takes the smallest hollow above the first solid', () => {
    const board = newBoard()
    board.insert([
      rectangle('under', [0, 0, 20, 20], HOLLOW),
      rectangle('solid', [0, 0, 500, 500]),
      rectangle('small', [0, 0, 100, 100], HOLLOW),
      rectangle('large', [0, 0, 400, 400], HOLLOW),
    ])
    const inside = { inside: true }
    expect([at(board, 10, 10), at(board, 10, 10, inside)]).toEqual(['solid', 'small'])
    expect([at(board, 200, 200, inside), at(board, 450, 450, inside)]).toEqual(['large', 'solid'])
    expect(at(board, 900, 900, inside)).toBeUndefined()
  })

  test('[H4] misses what a frame clips away, meets the frame by its edge and name, and never a group', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [0, 0], { kind: 'frame', fill: '#fff' }),
      rectangle('a', [], { at: ['f', 60, 60] }),
      rectangle('b', [500, 500]),
      rectangle('c', [700, 500]),
    ])
    const group = board.group(['b', 'c'])
    expect([at(board, 80, 80), at(board, 130, 130)]).toEqual(['a', undefined])
    expect([at(board, 30, 30), at(board, 0, 30), at(board, 30, -12)]).toEqual([undefined, 'f', 'f'])
    expect([at(board, 550, 550), at(board, 650, 550)]).toEqual(['b', undefined])
    const box = { x: 490, y: 490, w: 400, h: 400 }
    expect(board.shapesIn(box, { mode: 'contain' })).toEqual(['b', 'c'])
    expect(board.search(box)).toContain(group)
  })
})

describe('shapesIn', () => {
  test('[H5] takes what it contains or touches', () => {
    const board = newBoard()
    board.insert([
      rectangle('hollow', [0, 0], HOLLOW),
      rectangle('solid', [200, 0]),
      rectangle('round', [400, 0], { kind: 'ellipse' }),
      arrow('line', [
        [600, 0],
        [700, 100],
      ]),
    ])
    const take = (x: number, y: number, size: number, mode: 'contain' | 'intersect') =>
      board.shapesIn({ x, y, w: size, h: size }, { mode }).join(' ')
    expect(take(-10, -10, 1000, 'contain')).toBe('hollow solid round line')
    expect(take(10, -10, 1000, 'contain')).toBe('solid round line')
    expect(take(10, 10, 20, 'intersect')).toBe('')
    expect(take(90, 10, 20, 'intersect')).toBe('hollow')
    expect(take(210, 10, 20, 'intersect')).toBe('solid')
    expect([take(400, 0, 8, 'intersect'), take(410, 10, 20, 'intersect')]).toEqual(['', 'round'])
    expect([take(600, 60, 30, 'intersect'), take(640, 40, 20, 'intersect')]).toEqual(['', 'line'])
    expect(take(-10, -10, 150, 'intersect')).toBe('hollow')
  })
})

describe('shapesAlong', () => {
  test('[H6] meets every outline it crosses, however fast', () => {
    const board = newBoard()
    board.insert([
      rectangle('hollow', [0, 0], HOLLOW),
      rectangle('solid', [200, 0]),
      arrow('line', [
        [400, 0],
        [400, 100],
      ]),
      {
        kind: 'draw',
        id: 'ink',
        at: [FIRST_PAGE, 500, 0],
        ink: [
          [0, 0, 1],
          [0, 100, 1],
        ],
      },
      rectangle('far', [0, 500]),
    ])
    const along = (x1: number, x2: number, y = 50) =>
      board.shapesAlong({ x: x1, y }, { x: x2, y }, 2).toSorted().join(' ')
    expect(along(-1000, 1000)).toBe('hollow ink line solid')
    expect([along(20, 60), along(220, 260), along(399, 399)]).toEqual(['', 'solid', 'line'])
    expect([along(-5, -4), along(-2, -4), along(0, 90, 104)]).toEqual(['', 'hollow', ''])
  })
})
