import { expect, test } from 'vitest'
import { readPeers, readPresence } from './remote.ts'

const ada = { name: 'Ada', color: '#123456' }

test('readPresence() reads a person, a cursor and a selection', () => {
  expect(readPresence({ person: ada, cursor: { x: 1, y: -2 }, selection: ['a'] })).toEqual({
    person: ada,
    cursor: { x: 1, y: -2 },
    selection: ['a'],
  })
  expect(readPresence({ person: ada })).toEqual({ person: ada, cursor: null, selection: [] })
})

test.each([null, 'x', {}, { person: null }, { person: { name: 'Eve', color: 'red' } }])(
  'readPresence() takes no person out of %j',
  (state) => {
    expect(readPresence(state)).toBeNull()
  },
)

test.each([
  { x: Number.NaN, y: 0 },
  { x: Infinity, y: 0 },
  { x: 1e12, y: 0 },
  { x: '1', y: 0 },
  7,
  [],
])('%j is no place for a cursor', (cursor) => {
  expect(readPresence({ person: ada, cursor })?.cursor).toBeNull()
})

test('a selection is bounded and holds ids only', () => {
  const selection = [1, null, 'x'.repeat(1000), ...Array.from({ length: 1000 }, (_, i) => `s${i}`)]
  const read = readPresence({ person: ada, selection })?.selection ?? []
  expect(read.length).toBeLessThanOrEqual(100)
  expect(read.every((id) => id.length <= 64)).toBe(true)
})

test('readPeers() notes when each cursor last moved', () => {
  const at = (x: number) => ({ person: ada, cursor: { x, y: 0 } })
  const first = readPeers(
    [
      [1, at(0)],
      [2, at(0)],
      [3, { junk: true }],
    ],
    { before: [], now: 10 },
  )
  expect(first.map(({ clientId, movedAt }) => [clientId, movedAt])).toEqual([
    [1, 10],
    [2, 10],
  ])
  const second = readPeers(
    [
      [1, at(0)],
      [2, at(5)],
      [4, at(0)],
    ],
    { before: first, now: 20 },
  )
  expect(second.map(({ clientId, movedAt }) => [clientId, movedAt])).toEqual([
    [1, 10],
    [2, 20],
    [4, 20],
  ])
})
