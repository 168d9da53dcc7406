import { expect, test } from 'vitest'
import { countNews, readNews, readPoints } from './points.ts'

const point = { number: 2, at: 5, kind: 'named', name: 'Plan', author: 'Ada', authors: ['Ada'] }

test('readPoints() gives the newest first, and skips what is no point', () => {
  const answer = { points: [{ ...point, number: 1 }, null, { number: 'x' }, { number: 0 }, point] }
  const points = readPoints(answer)
  expect(points.map(({ number }) => number)).toEqual([2, 1])
  expect(points[0]).toEqual({ ...point, damaged: false })
})

test('readPoints() makes the best of what it does not know', () => {
  const [read] = readPoints({ points: [{ number: 7, kind: 'new', authors: [1, 'Ada'], name: 3 }] })
  expect(read).toEqual({
    number: 7,
    at: 0,
    kind: 'automatic',
    name: '',
    author: '',
    authors: ['Ada'],
    damaged: false,
  })
})

test('names are one line without what turns writing around', () => {
  const name = 'a\u202eb\n c\u0000'
  const [read] = readPoints({
    points: [{ ...point, name, authors: ['\u202eEve\n', 'x'.repeat(500)] }],
  })
  expect(read?.name).toBe('a b c')
  expect(read?.authors).toEqual(['Eve', 'x'.repeat(32)])
})

test.each([null, {}, { points: 'x' }, []])('readPoints() refuses %j', (answer) => {
  expect(() => readPoints(answer)).toThrow(TypeError)
})

const shape = { id: 'a', kind: 'rectangle', text: 'Plan', authors: ['Ada'], at: 1 }

test('readNews() reads shapes of kinds it does not know, and counts what is not listed', () => {
  const news = readNews({
    from: 3,
    title: { before: 'A', after: 'B' },
    added: [shape, { id: 'b', kind: 'hologram' }, null],
    changed: [{ ...shape, props: ['position', 4] }],
    removed: [],
    counts: { added: 4_000, changed: 1, removed: 0 },
    authors: ['Ada', ''],
  })
  expect(news.added.map(({ kind }) => kind)).toEqual(['rectangle', 'foreign'])
  expect(news.changed[0]?.props).toEqual(['position'])
  expect(news.authors).toEqual(['Ada', ''])
  expect(countNews(news)).toBe(4_002)
})

test.each([null, {}, { added: [], changed: [] }])('readNews() refuses %j', (answer) => {
  expect(() => readNews(answer)).toThrow(TypeError)
})
