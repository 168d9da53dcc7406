import { expect, test } from 'vitest'
import type { Shape, ShapeId } from '@kolam/board'
import { Ranks } from './ranks.ts'
import { shapeOf } from './testing/shapes.ts'

function board(...ids: ShapeId[]) {
  const shapes = new Map(ids.map((id, i) => [id, shapeOf('rectangle', { id, index: `a${i}` })]))
  let reads = 0
  return {
    reads: () => reads,
    shape: (id: ShapeId) => shapes.get(id),
    ordered: () => {
      reads++
      return [...shapes.values()].sort((a, b) => (a.index < b.index ? -1 : 1))
    },
    comparePaint: (a: ShapeId, b: ShapeId) =>
      shapes.get(a)!.index < shapes.get(b)!.index ? -1 : 1,
    put: (shape: Shape) => shapes.set(shape.id, shape),
  }
}

const NONE = new Set<ShapeId>()
const changed = (...ids: ShapeId[]) => ({ added: NONE, removed: NONE, changed: new Set(ids) })

/** So many that all are ranked rather than compared. */
const MANY = Array.from({ length: 300 }, (_, i) => `more${i}`)

test('sorts as the board orders, what it does not know last and in the order given', () => {
  const ranks = new Ranks(board('a', 'b', 'c'))
  const order = ['a', 'c', 'y', 'x']
  expect(ranks.sort(['y', 'c', 'x', 'a'])).toEqual(order)
  ranks.sort(MANY)
  expect(ranks.sort(['y', 'c', 'x', 'a'])).toEqual(order)
})

test('the order of the board is read once, not for every frame nor every move', () => {
  const fake = board('a', 'b')
  const ranks = new Ranks(fake)
  ranks.sort(MANY)
  fake.put(shapeOf('rectangle', { id: 'a', index: 'a0', at: ['page:1', 50, 50], fill: 'red' }))
  ranks.note(changed('a'))
  ranks.sort(MANY)
  expect(fake.reads()).toBe(1)
})

test('a few are compared, the whole board is not read for them', () => {
  const fake = board('a', 'b')
  const ranks = new Ranks(fake)
  expect(ranks.sort(['b', 'a'])).toEqual(['a', 'b'])
  expect(fake.reads()).toBe(0)
})

test('a new index, a new parent, a new shape and one gone are noticed', () => {
  const fake = board('a', 'b')
  const ranks = new Ranks(fake)
  ranks.sort(MANY)
  fake.put(shapeOf('rectangle', { id: 'a', index: 'a9' }))
  ranks.note(changed('a'))
  ranks.sort(MANY)
  expect(ranks.sort(['a', 'b'])).toEqual(['b', 'a'])
  fake.put(shapeOf('rectangle', { id: 'a', index: 'a9', at: ['group', 0, 0] }))
  ranks.note(changed('a'))
  ranks.sort(MANY)
  ranks.note({ ...changed(), added: new Set(['c']) })
  ranks.sort(MANY)
  ranks.note({ ...changed(), removed: new Set(['c']) })
  ranks.sort(MANY)
  expect(fake.reads()).toBe(5)
})
