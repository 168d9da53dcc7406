import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { FIRST_PAGE } from './index.ts'
import { indexesBetween, isIndex } from './order.ts'
import {
  copyOf,
  expectSound,
  ids,
  meet,
  newBoard,
  rectangle,
  seeds,
  writeRaw,
  letters,
} from './testing/boards.ts'

/** Shapes that do not overlap, one letter each. */
function row(names: string, seed = 1) {
  const board = newBoard(seed)
  board.insert(letters(names).map((id, i) => rectangle(id, [i * 200, 0])))
  return board
}

describe('z-order', () => {
  test('[O1] new shapes go on top in the order given', () => {
    const board = row('abc')
    board.insert([rectangle('d', []), rectangle('e', [])])
    expect(ids(board.ordered()).join('')).toBe('abcde')
  })

  test.each([
    ['front', 'bd', 'acebd'],
    ['back', 'bd', 'bdace'],
    ['forward', 'b', 'acbde'],
    ['forward', 'bc', 'adbce'],
    ['forward', 'e', 'abcde'],
    ['forward', 'ae', 'bcdae'],
    ['backward', 'd', 'abdce'],
    ['backward', 'bd', 'bdace'],
    ['backward', 'a', 'abcde'],
    ['front', 'e', 'abcde'],
    ['front', 'xyz', 'abcde'],
  ] as const)('[O2] %s of %s', (to, moved, result) => {
    const board = row('abcde')
    board.reorder(letters(moved).toReversed(), to)
    expect(ids(board.ordered()).join('')).toBe(result)
    expectSound(board)
  })

  test('[O2] one step goes past the next shape that overlaps', () => {
    const board = newBoard()
    board.insert([
      rectangle('a', [0, 0]),
      rectangle('b', [500, 0]),
      rectangle('c', [50, 50]),
      rectangle('d', [20, 20]),
    ])
    board.reorder(['a'], 'forward')
    expect(ids(board.ordered()).join('')).toBe('bcad')
    board.reorder(['d'], 'backward')
    expect(ids(board.ordered()).join('')).toBe('bcda')
  })

  test('[O2] what is there already is not written', () => {
    const board = row('abc')
    let updates = 0
    board.doc.on('update', () => (updates += 1))
    board.reorder(['c'], 'front')
    board.reorder(['a', 'b'], 'back')
    expect(updates).toBe(0)
  })

  test('[O3] two people who insert at once get different indexes', () => {
    const ada = row('ab', 1)
    const bob = copyOf(ada, 2)
    ada.insert([rectangle('x', [])])
    bob.insert([rectangle('y', [])])
    meet(ada, bob)
    expect(ada.shape('x')?.index).not.toBe(ada.shape('y')?.index)
    expect(ids(ada.ordered())).toEqual(ids(bob.ordered()))
  })

  test('[O3] equal indexes are ordered by id', () => {
    const board = newBoard()
    for (const id of 'cab') writeRaw(board, id, { init: '{"kind":"rectangle","index":"a5"}' })
    expect(ids(board.ordered()).join('')).toBe('abc')
  })

  test('[O4] room is made between equal indexes', () => {
    const board = newBoard()
    for (const id of 'abc') writeRaw(board, id, { init: '{"kind":"rectangle","index":"a5"}' })
    board.update([['c', { at: [FIRST_PAGE, 500, 0] }]])
    board.reorder(['c'], 'backward')
    expect(ids(board.ordered()).join('')).toBe('acb')
    expectSound(board)
  })

  test('[O4] room is made again and again at one place', () => {
    const board = row('ab')
    for (let i = 0; i < 1_500; i++) board.reorder([i % 2 === 0 ? 'a' : 'b'], 'forward')
    const [a, b] = [board.shape('a')!, board.shape('b')!]
    expect([isIndex(a.index), isIndex(b.index)]).toEqual([true, true])
    const narrow = row('xyz')
    for (let i = 0; i < 800; i++) {
      const [, middle, top] = ids(narrow.ordered())
      narrow.reorder([top!], 'backward')
      expect(ids(narrow.ordered())[1]).toBe(top)
      expect(ids(narrow.ordered())[2]).toBe(middle)
    }
    for (const { index } of narrow.ordered()) expect(isIndex(index)).toBe(true)
  })

  test.each(seeds(20))(
    '[O4] keys are ascending, inside their gap and fit for more (seed %i)',
    (seed) => {
      const random = seededRandom(seed)
      const keys = indexesBetween({ above: null, below: null }, 3, random)!
      for (let i = 0; i < 200; i++) {
        const at = Math.floor(random() * (keys.length + 1))
        const gap = { above: keys[at - 1] ?? null, below: keys[at] ?? null }
        const count = 1 + Math.floor(random() * 3)
        keys.splice(at, 0, ...(indexesBetween(gap, count, random) ?? []))
      }
      expect(keys).toEqual([...new Set(keys)].toSorted())
      expect(keys.length).toBeGreaterThan(200)
      for (const key of keys) expect(isIndex(key)).toBe(true)
    },
  )

  test('[O4] a key that begins the next one stays below it', () => {
    const gap = { above: 'a0zzz', below: 'a1001' }
    for (const random of [() => 0, () => 0.999]) {
      const [key = ''] = indexesBetween(gap, 1, random) ?? []
      expect([gap.above < key, key < gap.below]).toEqual([true, true])
    }
  })

  test('[O5] each shape comes before what it contains, and comparePaint agrees', () => {
    const board = row('abc')
    board.insert([
      rectangle('f', [], { kind: 'frame' }),
      rectangle('g', [], { at: ['f', 0, 0] }),
      rectangle('h', [], { at: ['f', 0, 0] }),
      rectangle('i', [], { at: ['g', 0, 0] }),
      rectangle('z', []),
      rectangle('other', [], { at: ['page:2', 0, 0] }),
    ])
    const order = ids(board.ordered())
    expect(order.join('')).toBe('abcfgihz')
    expect(order.toReversed().toSorted((a, b) => board.comparePaint(a, b))).toEqual(order)
  })

  test('[O6] arrays that were handed out stay as they are', () => {
    const board = row('abc')
    const before = board.ordered()
    expect(board.ordered()).toBe(before)
    expect(board.children(FIRST_PAGE)).toBe(board.children(FIRST_PAGE))
    const copy = [...before]
    board.update([['b', { angle: 1 }]])
    board.insert([rectangle('d', [])])
    board.remove(['a'])
    board.reorder(['b'], 'front')
    expect(before).toEqual(copy)
    expect(ids(board.ordered()).join('')).toBe('cdb')
    expect(board.ordered().at(-1)).toBe(board.shape('b'))
  })
})
