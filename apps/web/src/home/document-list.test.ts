import { expect, test } from 'vitest'
import { readDocuments, searchDocuments } from './document-list.ts'

const plan = { id: 'a', title: 'Morning plan', shapes: 3, updatedAt: 5 }
const untitled = { id: 'b', title: '', shapes: 0, updatedAt: 4 }

test('readDocuments() keeps what it knows and skips what is no document', () => {
  const answer = {
    documents: [{ ...plan, bytes: 9 }, null, { title: 'no id' }, { id: 'b', updatedAt: 4 }],
  }
  expect(readDocuments(answer)).toEqual([plan, untitled])
})

test.each([null, {}, { documents: 'x' }, []])('readDocuments() refuses %j', (answer) => {
  expect(() => readDocuments(answer)).toThrow(TypeError)
})

test.each([
  ['', [plan, untitled]],
  ['  PLAN morning ', [plan]],
  ['plan evening', []],
  ['untitled', [untitled]],
])('searchDocuments() for %j', (query, found) => {
  expect(searchDocuments([plan, untitled], query)).toEqual(found)
})
