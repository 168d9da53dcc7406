import { expect, test } from 'vitest'
import type { Shape, ShapeId } from '@kolam/board'
import { BoundArrows } from './bound-arrows.ts'
import { shapeOf } from './testing/shapes.ts'

const to = (id: ShapeId) => ({ id, anchor: [0.5, 0.5], mode: 'edge' }) as const
const NONE = new Set<ShapeId>()

function board(...list: Shape[]) {
  const shapes = new Map(list.map((shape) => [shape.id, shape]))
  return { shapes: () => shapes.values(), shape: (id: ShapeId) => shapes.get(id), map: shapes }
}

test('finds the arrows at both of their ends', () => {
  const arrow = shapeOf('arrow', { id: 'arrow', start: to('a'), end: to('b') })
  const arrows = new BoundArrows(board(arrow))
  expect([...arrows.of('a')]).toEqual(['arrow'])
  expect([...arrows.of('b')]).toEqual(['arrow'])
  expect([...arrows.of('arrow')]).toEqual([])
})

test('follows arrows that come, change and go', () => {
  const fake = board(shapeOf('arrow', { id: 'one', end: to('a') }))
  const arrows = new BoundArrows(fake)
  arrows.of('a')
  fake.map.set('two', shapeOf('arrow', { id: 'two', end: to('a') }))
  fake.map.set('one', shapeOf('arrow', { id: 'one', end: to('b') }))
  arrows.note({ added: new Set(['two']), changed: new Set(['one']), removed: NONE })
  expect([[...arrows.of('a')], [...arrows.of('b')]]).toEqual([['two'], ['one']])
  fake.map.delete('two')
  arrows.note({ added: NONE, changed: NONE, removed: new Set(['two']) })
  expect([...arrows.of('a')]).toEqual([])
})
