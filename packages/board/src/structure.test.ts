import { seededRandom } from '@kolam/base'
import { angleOfMatrix, applyMatrix, type Vec } from '@kolam/geometry'
import { describe, expect, test } from 'vitest'
import { FIRST_PAGE, type Board, type ShapeId } from './index.ts'
import {
  copyOf,
  dump,
  expectSound,
  ids,
  meet,
  newBoard,
  rectangle,
  seeds,
  send,
  writeRaw,
  letters,
} from './testing/boards.ts'

/** Names of shapes with the parent each is in, `a>b>page`. */
function parents(board: Board, ...names: string[]): string {
  return names.map((id) => `${id}>${board.parentOf(id)}`).join(' ')
}

function inside(parent: string, id: ShapeId) {
  return rectangle(id, [], { at: [parent, 10, 10] })
}

/** Where the corner of a shape is, and how it is turned, on the page. */
function seen(board: Board, id: ShapeId): number[] {
  const matrix = board.pageTransform(id)
  const corner: Vec = applyMatrix(matrix, { x: 0, y: 0 })
  return [corner.x, corner.y, angleOfMatrix(matrix)].map((n) => Math.round(n * 1e6) / 1e6 + 0)
}

describe('Parents', () => {
  test('[T1] that are missing leave their shapes on the first page until they come', () => {
    const board = newBoard()
    board.insert([inside('later', 'a')])
    expect(parents(board, 'a')).toBe(`a>${FIRST_PAGE}`)
    expect(ids(board.ordered())).toEqual(['a'])
    board.insert([rectangle('later', [100, 100], { kind: 'frame' })])
    expect(parents(board, 'a')).toBe('a>later')
    expect(board.pageBounds('a')).toMatchObject({ x: 110, y: 110 })
    expectSound(board)
  })

  test('[T1] removed by one while another puts something in leave it on the page', () => {
    const ada = newBoard(1)
    ada.insert([rectangle('f', [], { kind: 'frame' })])
    const bob = copyOf(ada)
    ada.remove(['f'])
    bob.insert([inside('f', 'a')])
    meet(ada, bob)
    expect([parents(ada, 'a'), parents(bob, 'a')]).toEqual([`a>${FIRST_PAGE}`, `a>${FIRST_PAGE}`])
    expect(dump(ada)).toEqual(dump(bob))
    expectSound(ada)
    expectSound(bob)
  })

  test('[T2] in a circle are on the page; what they contain stays theirs', () => {
    const ada = newBoard(1)
    ada.insert(['a', 'b', 'c'].map((id) => rectangle(id, [], { kind: 'frame' })))
    ada.insert([inside('a', 'x'), inside('b', 'y')])
    const bob = copyOf(ada)
    ada.reparent(['a'], 'b')
    bob.reparent(['b'], 'a')
    meet(ada, bob)
    for (const board of [ada, bob]) {
      expect(parents(board, 'a', 'b', 'x', 'y')).toBe(`a>${FIRST_PAGE} b>${FIRST_PAGE} x>a y>b`)
      expect(ids(board.ordered()).toSorted().join('')).toBe('abcxy')
      expectSound(board)
    }
    ada.update([['a', { at: [FIRST_PAGE, 0, 0] }]])
    expect(parents(ada, 'a', 'b')).toBe(`a>${FIRST_PAGE} b>a`)
    expectSound(ada)
  })

  test('[T2] a circle is cut by removing one of it', () => {
    const board = newBoard()
    board.insert([inside('b', 'a'), inside('c', 'b'), inside('a', 'c'), inside('self', 'self')])
    expect(board.ordered().length).toBe(4)
    board.doc.getMap('shapes').delete('b')
    expect(parents(board, 'a', 'c', 'self')).toBe(`a>${FIRST_PAGE} c>a self>${FIRST_PAGE}`)
    expectSound(board)
  })

  test.each(seeds(20))('[T2] named at random by raw writes never hang (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const board = newBoard()
    const names = [...letters('abcdefgh'), FIRST_PAGE, 'page:2', 'nobody']
    const pick = (): string => names[Math.floor(random() * names.length)]!
    expect.hasAssertions()
    for (let i = 0; i < 60; i++) {
      const id = names[Math.floor(random() * 8)]!
      if (random() < 0.15) board.doc.getMap('shapes').delete(id)
      else {
        const kind = random() < 0.5 ? 'group' : 'rectangle'
        const props = board.shape(id) ? {} : { init: `{"kind":"${kind}"}` }
        writeRaw(board, id, { ...props, at: [pick(), i, i] })
      }
      expectSound(board, [{ x: -1e6, y: -1e6, w: 2e6, h: 2e6 }])
    }
  })
})

describe('Moving between parents', () => {
  test.each(seeds(15))('[T3] changes neither place nor angle (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const board = newBoard()
    const turned = (parent: string, id: string, kind: string) =>
      rectangle(id, [], { kind, at: [parent, random() * 99, random() * 99], angle: random() * 6 })
    board.insert([
      turned(FIRST_PAGE, 'f', 'frame'),
      turned('f', 'g', 'group'),
      turned('g', 'a', 'text'),
    ])
    board.insert([turned('g', 'kept', 'text'), turned(FIRST_PAGE, 'b', 'text')])
    const places = [seen(board, 'a'), seen(board, 'b')]
    for (const parent of [FIRST_PAGE, 'f', 'g', 'page:2', FIRST_PAGE]) {
      board.reparent(['a', 'b'], parent)
      expect([seen(board, 'a'), seen(board, 'b')]).toEqual(places)
      expect(ids(board.children(parent)).slice(-2)).toEqual(['a', 'b'])
      expectSound(board)
    }
  })

  test('[T3] never goes into itself, or nowhere', () => {
    const board = newBoard()
    board.insert([rectangle('f', [], { kind: 'frame' }), inside('f', 'a')])
    board.reparent(['f', 'a'], 'a')
    board.reparent(['f'], 'f')
    board.reparent(['a'], 'nobody')
    expect(parents(board, 'f', 'a')).toBe(`f>${FIRST_PAGE} a>f`)
  })

  test('[T3] a group takes the place of the topmost in it', () => {
    const board = newBoard()
    board.insert(letters('abcd').map((id, i) => rectangle(id, [i * 10, 0], { angle: i })))
    const before = letters('abcd').map((id) => seen(board, id))
    const group = board.group(['c', 'a', 'nobody'])!
    expect(ids(board.ordered())).toEqual(['b', group, 'a', 'c', 'd'])
    expect(letters('abcd').map((id) => seen(board, id))).toEqual(before)
    const { at } = board.shape(group)!
    expect([expect.closeTo(at[1]), expect.closeTo(at[2])]).toEqual([
      board.pageBounds(group).x,
      board.pageBounds(group).y,
    ])
    expect(board.rootOf('a')).toBe(group)
    expect(board.ungroup([group, 'b'])).toEqual(['a', 'c'])
    expect(ids(board.ordered())).toEqual(['b', 'a', 'c', 'd'])
    expect(letters('abcd').map((id) => seen(board, id))).toEqual(before)
    expectSound(board)
  })

  test('[T3] a group of shapes at different depths is in what contains them all', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [], { kind: 'frame', angle: 0.5 }),
      inside('f', 'a'),
      inside('f', 'b'),
    ])
    const inner = board.group(['a', 'b'])!
    board.insert([inside('f', 'c'), rectangle('z', [])])
    const before = letters('abcz').map((id) => seen(board, id))
    const outer = board.group(['a', 'c'])!
    expect(parents(board, 'a', 'c', outer)).toBe(`a>${outer} c>${outer} ${outer}>f`)
    const all = board.group(['f', 'a', 'z'])!
    expect(parents(board, 'f', 'a', 'z')).toBe(`f>${all} a>${outer} z>${all}`)
    expect([board.rootOf('z'), board.rootOf('a'), board.rootOf('b')]).toEqual([all, outer, inner])
    expect(letters('abcz').map((id) => seen(board, id))).toEqual(before)
    expect([board.group(['z']), board.group(['f', 'a'])]).toEqual([null, null])
  })

  test('[T4] groups left with nothing go too', () => {
    const board = newBoard()
    board.insert(letters('abcd').map((id) => rectangle(id, [])))
    const inner = board.group(['a', 'b'])!
    const outer = board.group([inner, 'c'])!
    board.remove(['a', 'c'])
    expect(board.size).toBe(4)
    board.remove(['b'])
    expect(ids(board.shapes())).toEqual(['d'])
    expect(board.shape(outer)).toBeUndefined()
    board.insert([rectangle('e', [])])
    board.group(['d', 'e'])
    board.reparent(['d', 'e'], FIRST_PAGE)
    expect(ids(board.shapes()).toSorted()).toEqual(['d', 'e'])
  })

  test('[T5] removing a shape removes what it contains', () => {
    const board = newBoard()
    board.insert([
      rectangle('f', [], { kind: 'frame' }),
      inside('f', 'a'),
      inside('a', 'b'),
      rectangle('z', []),
    ])
    const bob = copyOf(board)
    board.remove(['f', 'b', 'nobody'])
    expect(ids(board.shapes())).toEqual(['z'])
    send(board, bob)
    expect(ids(bob.shapes())).toEqual(['z'])
    expectSound(bob)
  })
})
