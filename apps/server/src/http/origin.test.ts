import { expect, test } from 'vitest'
import { isAllowedOrigin } from './origin.ts'

type Headers = Record<string, string>

function ask(method: string, headers: Headers): boolean {
  // Only the method and one way of reading headers are looked at.
  const request = { method, header: (name: string) => headers[name] }
  return isAllowedOrigin(request as Parameters<typeof isAllowedOrigin>[0], [
    'https://friend.example',
  ])
}

test.each<[boolean, string, Headers]>([
  [true, 'GET', { origin: 'https://evil.example', host: 'localhost:4321' }],
  [true, 'POST', { host: 'localhost:4321' }],
  [true, 'POST', { origin: 'http://localhost:4321', host: 'localhost:4321' }],
  [true, 'PATCH', { origin: 'https://board.example', host: 'Board.Example' }],
  [true, 'PATCH', { origin: 'https://friend.example', host: 'board.example' }],
  [false, 'POST', { origin: 'https://evil.example', host: 'localhost:4321' }],
  [false, 'POST', { origin: 'http://localhost:9999', host: 'localhost:4321' }],
  [false, 'PATCH', { origin: 'null', host: 'localhost:4321' }],
  [false, 'POST', { origin: 'http://friend.example', host: 'localhost:4321' }],
  [false, 'POST', { host: 'localhost:4321', 'sec-fetch-site': 'cross-site' }],
])('%s for %s with %j', (allowed, method, headers) => {
  expect(ask(method, headers)).toBe(allowed)
})
