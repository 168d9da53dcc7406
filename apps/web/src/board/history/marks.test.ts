import { Board } from '@kolam/board'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { boundsIn, marksOf } from './marks.ts'
import type { News, ShapeNews } from './points.ts'

function boardWith(ids: readonly string[]): Board {
  const board = new Board(new Y.Doc())
  board.insert(
    ids.map((id, i) => ({ id, kind: 'rectangle', at: ['page:1', i * 100, 0], w: 50, h: 40 })),
  )
  return board
}

function newsOf(lists: Partial<Record<'added' | 'changed' | 'removed', readonly string[]>>): News {
  const list = (ids: readonly string[] = []): ShapeNews[] =>
    ids.map((id) => ({ id, kind: 'rectangle', text: '', authors: [], props: [] }))
  const { added, changed, removed } = lists
  return { added: list(added), changed: list(changed), removed: list(removed) } as unknown as News
}

test('what is on the board is framed, what was there before is a ghost', () => {
  const [before, shown] = [boardWith(['a', 'b']), boardWith(['b', 'c'])]
  const news = newsOf({ added: ['c'], changed: ['b'], removed: ['a'] })
  const marks = marksOf(news, { before, after: shown, shown })
  expect(marks.map(({ id, kind, ghost }) => [id, kind, ghost !== null])).toEqual([
    ['b', 'changed', false],
    ['c', 'added', false],
    ['a', 'removed', true],
  ])
  expect(marks[1]?.bounds).toEqual({ x: 100, y: 0, w: 50, h: 40 })
})

test('until now it is the other way round: what came since is the ghost', () => {
  const [shown, live] = [boardWith(['a', 'b']), boardWith(['b', 'c'])]
  const news = newsOf({ added: ['c'], removed: ['a'] })
  const marks = marksOf(news, { before: shown, after: live, shown })
  expect(marks.map(({ id, ghost }) => [id, ghost !== null])).toEqual([
    ['c', true],
    ['a', false],
  ])
})

test('what no board knows and what is a group has no mark', () => {
  const shown = boardWith(['a', 'b'])
  const group = shown.group(['a', 'b']) ?? ''
  const news = newsOf({ added: [group, 'a'], removed: ['gone'] })
  expect(marksOf(news, { before: null, after: shown, shown }).map(({ id }) => id)).toEqual(['a'])
  expect(boundsIn([null, shown], group)).toEqual({ x: 0, y: 0, w: 150, h: 40 })
  expect(boundsIn([null, shown], 'gone')).toBeNull()
})
