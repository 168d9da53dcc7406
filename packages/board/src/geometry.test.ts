import type { Box } from '@kolam/geometry'
import { describe, expect, test } from 'vitest'
import {
  arrowRoute,
  FIRST_PAGE,
  outlineBounds,
  shapeOutline,
  withDrafts,
  type Binding,
  type Shape,
} from './index.ts'
import { arrow, expectSound, newBoard, rectangle } from './testing/boards.ts'

const CENTRE = [0.5, 0.5] as const

function held(id: string, more: Partial<Binding> = {}): Binding {
  return { id, anchor: CENTRE, mode: 'edge', ...more }
}

function rounded(box: Box): number[] {
  return [box.x, box.y, box.w, box.h].map((n) => Math.round(n * 1e3) / 1e3 + 0)
}

describe('Bounds', () => {
  test('[G1] turn with the shape and with what contains it', () => {
    const board = newBoard()
    board.insert([rectangle('f', [100, 100, 200, 100], { kind: 'frame', angle: Math.PI / 2 })])
    board.insert([rectangle('a', [], { at: ['f', 0, 0], w: 20, h: 10 })])
    expect(rounded(board.pageBounds('f'))).toEqual([150, 50, 100, 200])
    expect(rounded(board.pageBounds('a'))).toEqual([240, 50, 10, 20])
    board.update([['a', { angle: Math.PI / 2 }]])
    expect(rounded(board.pageBounds('a'))).toEqual([235, 55, 20, 10])
    expect(board.pageBounds('nobody')).toEqual({ x: 0, y: 0, w: 0, h: 0 })
    expectSound(board)
  })

  test('[G1] of a curve go around its bend, of a stroke are its points', () => {
    const board = newBoard()
    const points = [
      [0, 0],
      [50, 100],
      [100, 0],
    ] as const
    board.insert([{ kind: 'line', id: 'l', points, curve: 'round' }])
    board.insert([
      { kind: 'draw', id: 'd', strokeWidth: 50, ink: points.map(([x, y]) => [x, y, 1] as const) },
    ])
    expect(rounded(board.pageBounds('d'))).toEqual([0, 0, 100, 100])
    expect(board.pageBounds('l').h).toBeGreaterThanOrEqual(100)
    const { path, closed } = shapeOutline(board.shape('l')!, board)
    expect([path.length > 20, closed]).toEqual([true, false])
  })

  test('[G2] of a group are its children, of a frame its own, of an empty group a point', () => {
    const board = newBoard()
    board.insert([
      rectangle('g', [10, 10], { kind: 'group' }),
      rectangle('f', [0, 0, 50, 50], { kind: 'frame' }),
      rectangle('in', [], { at: ['f', 500, 500] }),
    ])
    expect(rounded(board.pageBounds('g'))).toEqual([10, 10, 0, 0])
    board.insert([rectangle('a', [], { at: ['g', 5, 5], w: 10, h: 10 })])
    board.insert([rectangle('b', [], { at: ['g', 95, 5], w: 10, h: 10 })])
    expect(rounded(board.pageBounds('g'))).toEqual([15, 15, 100, 10])
    expect(rounded(board.pageBounds('f'))).toEqual([0, 0, 50, 50])
    board.remove(['b'])
    expect(rounded(board.pageBounds('g'))).toEqual([15, 15, 10, 10])
    expect(board.contentBounds()).toEqual({ x: 0, y: 0, w: 600, h: 600 })
    expectSound(board)
  })

  test('[G3] of shapes on other pages are not found', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [0, 0], { kind: 'frame' }),
      rectangle('a', [], { at: ['f', 0, 0] }),
    ])
    const box = { x: 0, y: 0, w: 10, h: 10 }
    expect(board.search(box).toSorted()).toEqual(['a', 'f'])
    board.reparent(['f'], 'page:2')
    expect([board.search(box), board.contentBounds(), board.size]).toEqual([[], null, 2])
    board.reparent(['f'], FIRST_PAGE)
    expect(board.search(box).toSorted()).toEqual(['a', 'f'])
    expectSound(board, [box])
  })

  test('[G4] of drafts follow like those of the document', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [0, 0], { kind: 'frame' }),
      rectangle('a', [], { at: ['f', 10, 10], w: 20, h: 20 }),
      arrow(
        'to',
        [
          [200, 20],
          [0, 0],
        ],
        { end: held('a') },
      ),
    ])
    const draft: Shape = { ...board.shape('f')!, at: [FIRST_PAGE, 1000, 0] }
    const fresh: Shape = { ...board.shape('a')!, id: 'new', at: ['f', 0, 0] }
    const lookup = withDrafts(
      board,
      new Map([
        ['f', draft],
        ['new', fresh],
      ]),
    )
    expect(rounded(outlineBounds(lookup.shape('a')!, lookup))).toEqual([1010, 10, 20, 20])
    expect(rounded(outlineBounds(lookup.shape('new')!, lookup))).toEqual([1000, 0, 20, 20])
    expect(arrowRoute(lookup.shape('to')!, lookup)).toEqual([
      [200, 20],
      [1010, 20],
    ])
    expect(withDrafts(board, new Map())).toBe(board)
    const loop: Shape = { ...draft, at: ['f', 5, 5] }
    expect(withDrafts(board, new Map([['f', loop]])).pageTransform('f')).toEqual([1, 0, 0, 1, 5, 5])
  })
})

describe('Arrows', () => {
  const two = () => {
    const board = newBoard()
    board.insert([rectangle('a', [0, 0, 100, 100]), rectangle('b', [300, 0, 100, 100])])
    return board
  }

  test('[A1,A2] stop at the outline on their way to the anchor, wherever the shape goes', () => {
    const board = two()
    board.insert([arrow('to', [], { start: held('a'), end: held('b') })])
    expect(arrowRoute(board.shape('to')!, board)).toEqual([
      [100, 50],
      [300, 50],
    ])
    board.update([['b', { at: [FIRST_PAGE, 0, 300] }]])
    expect(arrowRoute(board.shape('to')!, board)).toEqual([
      [50, 100],
      [50, 300],
    ])
    expect(rounded(board.pageBounds('to'))).toEqual([50, 100, 0, 200])
    expect([board.boundTo('a'), board.boundTo('to')]).toEqual([['to'], []])
    expectSound(board)
  })

  test('[A1] follow shapes inside moved and turned frames, in their own space', () => {
    const board = two()
    board.insert([rectangle('f', [0, 500, 100, 100], { kind: 'frame' })])
    board.insert([arrow('to', [], { at: ['f', 7, 7], start: held('a'), end: held('b') })])
    board.reparent(['b'], 'f')
    board.update([['f', { angle: Math.PI, at: [FIRST_PAGE, 0, 0] }]])
    const [x = 0, y = 0] = rounded(board.pageBounds('b'))
    const box = board.pageBounds('to')
    expect(box.y).toBeCloseTo(Math.min(100, y + 100))
    expect(box.y + box.h).toBeCloseTo(Math.max(y, 0))
    expect(x).toBeCloseTo(-300)
    expectSound(board)
  })

  test.each([
    ['ellipse', 100 * (0.5 + Math.SQRT1_2 / 2)],
    ['diamond', 75],
  ] as const)('[A2] stop at the outline of an %s', (kind, edge) => {
    const board = newBoard()
    board.insert([rectangle('a', [0, 0, 100, 100], { kind })])
    board.insert([
      arrow(
        'to',
        [
          [0, 0],
          [200, 200],
        ],
        { start: held('a') },
      ),
    ])
    const [[x, y] = [0, 0]] = arrowRoute(board.shape('to')!, board)
    expect(Math.abs(x - edge)).toBeLessThan(0.2)
    expect(Math.abs(y - edge)).toBeLessThan(0.2)
  })

  test('[A2] go all the way to an exact anchor, and to one outside the outline', () => {
    const board = two()
    const exact = held('a', { mode: 'exact', anchor: [0.25, 0.75] })
    board.insert([
      arrow(
        'to',
        [
          [0, 0],
          [500, 75],
        ],
        { start: exact },
      ),
    ])
    expect(arrowRoute(board.shape('to')!, board)).toEqual([
      [25, 75],
      [500, 75],
    ])
    board.update([['to', { start: held('a', { anchor: [1.5, 0.75] }) }]])
    expect(arrowRoute(board.shape('to')!, board)).toEqual([
      [150, 75],
      [500, 75],
    ])
  })

  test('[A2] between overlapping shapes keep their anchors', () => {
    const board = newBoard()
    board.insert([rectangle('a', [0, 0]), rectangle('b', [10, 10, 20, 20])])
    board.insert([arrow('to', [], { start: held('a'), end: held('b') })])
    expect(arrowRoute(board.shape('to')!, board)[0]).toEqual([50, 50])
  })

  test('[A2] hold no end to themselves, and two may hold each other', () => {
    const board = newBoard()
    board.insert([
      arrow(
        'one',
        [
          [0, 0],
          [10, 10],
        ],
        { start: held('one'), end: held('two') },
      ),
      arrow(
        'two',
        [
          [0, 0],
          [50, 50],
        ],
        { end: held('one') },
      ),
    ])
    expect(arrowRoute(board.shape('one')!, board)[0]).toEqual([0, 0])
    expectSound(board)
  })

  test.each([
    ['no points', [] as const, [300, 300]],
    [
      'points',
      [
        [0, 0],
        [210, 30],
        [20, 250],
        [9, 9],
      ] as const,
      [300, 300],
    ],
    ['a level way', [] as const, [300, 0]],
    ['an upright way', [] as const, [0, 300]],
    ['a steep way', [] as const, [120, 300]],
  ])('[A3] that are elbows with %s have right angles only', (_, points, [x = 0, y = 0]) => {
    const board = two()
    board.update([['b', { at: [FIRST_PAGE, x, y] }]])
    board.insert([
      { kind: 'arrow', id: 'to', curve: 'elbow', points, start: held('a'), end: held('b') },
    ])
    const route = arrowRoute(board.shape('to')!, board)
    route.forEach(([toX, toY], i) => {
      const [fromX, fromY] = route[i - 1] ?? [toX, toY]
      expect(fromX === toX || fromY === toY).toBe(true)
    })
    expect(onEdge(route[0]!, board.pageBounds('a'))).toBe(true)
    expect(onEdge(route.at(-1)!, board.pageBounds('b'))).toBe(true)
  })

  test('[A3] that are elbows turn as late as they can', () => {
    const board = newBoard()
    const route = (...points: [number, number][]): unknown => {
      const [id = ''] = board.insert([{ kind: 'arrow', curve: 'elbow', points }])
      return arrowRoute(board.shape(id)!, board).slice(1, -1)
    }
    expect(route([0, 0], [50, 0], [100, 90])).toEqual([
      [50, 0],
      [100, 0],
    ])
    expect(route([0, 0], [0, 50], [90, 100])).toEqual([
      [0, 50],
      [0, 100],
    ])
    expect(route([0, 9], [50, 0], [50, 90])).toEqual([
      [50, 9],
      [50, 0],
    ])
    expect(route([9, 0], [0, 50], [90, 50])).toEqual([
      [9, 50],
      [0, 50],
    ])
  })

  test('[A4] keep their points when the shape is removed, and their own ones when it is unknown', () => {
    const board = two()
    board.insert([
      arrow(
        'to',
        [
          [1, 2],
          [3, 4],
        ],
        { start: held('a'), end: held('gone') },
      ),
    ])
    expect(arrowRoute(board.shape('to')!, board)[1]).toEqual([3, 4])
    board.update([['to', { end: held('b') }]])
    const before = board.pageBounds('to')
    board.remove(['b'])
    expect(board.shape('to')).toMatchObject({ start: held('a'), end: null })
    expect(board.pageBounds('to')).toEqual(before)
    board.remove(['a'])
    expect(board.shape('to')).toMatchObject({
      start: null,
      points: [
        [100, 50],
        [300, 50],
      ],
    })
  })

  test('[A1] turned shapes are left where their turned outline is', () => {
    const board = two()
    board.update([['a', { angle: Math.PI / 4 }]])
    board.insert([
      arrow(
        'to',
        [
          [0, 0],
          [500, 50],
        ],
        { start: held('a') },
      ),
    ])
    const [[x, y] = [0, 0]] = arrowRoute(board.shape('to')!, board)
    expect([x, y]).toEqual([expect.closeTo(50 + 50 * Math.SQRT2), expect.closeTo(50)])
  })
})

function onEdge([x, y]: readonly [number, number], box: Box): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6
  const level = x >= box.x - 1e-6 && x <= box.x + box.w + 1e-6
  const upright = y >= box.y - 1e-6 && y <= box.y + box.h + 1e-6
  return (
    (level && (near(y, box.y) || near(y, box.y + box.h))) ||
    (upright && (near(x, box.x) || near(x, box.x + box.w)))
  )
}
