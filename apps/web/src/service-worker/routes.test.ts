import { describe, expect, test } from 'vitest'
import { tooMany } from './pictures.ts'
import { handlingOf, type Handling } from './routes.ts'

const ORIGIN = 'https://kolam.test'

function handling(path: string, { mode = 'cors', method = 'GET' } = {}): Handling {
  return handlingOf({ url: new URL(path, ORIGIN).href, mode, method }, ORIGIN)
}

describe('the service worker', () => {
  test.each(['/', '/index.html', '/b/some-board', '/b/some-board?at=1'])(
    'answers the page %s',
    (path) => expect(handling(path, { mode: 'navigate' })).toBe('page'),
  )

  test.each<[string, Handling]>([
    ['/static/index-abc.js', 'file'],
    ['/theme.js', 'fresh'],
    ['/favicon.svg', 'fresh'],
    [`/assets/${'a'.repeat(64)}`, 'picture'],
  ])('handles %s as %s', (path, expected) => expect(handling(path)).toBe(expected))

  test.each([
    '/api/documents',
    '/api/assets',
    '/sync/board',
    '/healthz',
    '/metrics',
    '/sw.js',
    '/assets/a/b',
    'https://elsewhere.test/static/a.js',
  ])('lets %s go by', (path) => expect(handling(path)).toBe('none'))

  test('lets go by what is not asked with GET, and pages it does not know', () => {
    expect(handling('/static/a.js', { method: 'POST' })).toBe('none')
    for (const path of ['/api/documents', '/metrics', '/b/a/c', '/assets/a']) {
      expect(handling(path, { mode: 'navigate' })).toBe('none')
    }
  })

  test('keeps the newest of too many pictures', () => {
    expect(tooMany(['a', 'b', 'c'], 2)).toEqual(['a'])
    expect(tooMany(['a', 'b'], 2)).toEqual([])
  })
})
