import { expect, test } from 'vitest'
import { boardPath, parseRoute } from './router.ts'

test('parseRoute() knows home', () => {
  expect(parseRoute('/')).toEqual({ name: 'home' })
})

test('boardPath() and parseRoute() are inverse for every letter an id may have', () => {
  for (const id of ['a', 'Az09._~-', 'x'.repeat(128)]) {
    expect(parseRoute(boardPath(id))).toEqual({ name: 'board', id })
  }
  expect(parseRoute('/b/a/')).toEqual({ name: 'board', id: 'a' })
})

test.each(['/b/', '/b/.', '/b/..', '/b/a/b', '/b/a%20b', `/b/${'x'.repeat(129)}`, '/p/a', '/x'])(
  'parseRoute() refuses %s',
  (path) => {
    expect(parseRoute(path)).toEqual({ name: 'missing', path })
  },
)
