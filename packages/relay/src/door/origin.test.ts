import { describe, expect, test } from 'vitest'
import { isAllowedHost, isAllowedOrigin, type RequestSource } from './origin.ts'

const ORIGINS = ['https://friend.example', 'null']

describe('isAllowedOrigin', () => {
  test.each<RequestSource>([
    { host: 'board.example' },
    { host: 'board.example', site: 'none' },
    { host: 'board.example', site: 'same-origin' },
    { origin: 'http://localhost:4321', host: 'localhost:4321' },
    { origin: 'http://localhost:4321', host: 'localhost:4321', site: 'same-origin' },
    { origin: 'https://board.example', host: 'Board.Example' },
    { origin: 'https://board.example', host: 'board.example:443' },
    { origin: 'http://board.example', host: 'board.example:80' },
    { origin: 'http://[::1]:4321', host: '[::1]:4321' },
    // Behind a proxy that ends TLS the server cannot tell; the browser can, see below.
    { origin: 'http://board.example', host: 'board.example' },
    { origin: 'https://friend.example', host: 'board.example' },
    { origin: 'https://friend.example', host: 'board.example', site: 'cross-site' },
    { origin: 'https://friend.example' },
  ])('[H4] %j may connect', (source) => {
    expect(isAllowedOrigin(source, ORIGINS)).toBe(true)
  })

  test.each<RequestSource>([
    { host: 'board.example', site: 'cross-site' },
    { host: 'board.example', site: 'same-site' },
    { host: 'board.example', site: 'nonsense' },
    { origin: 'https://evil.example', host: 'board.example' },
    { origin: 'https://evil.board.example', host: 'board.example', site: 'same-site' },
    { origin: 'https://board.example.evil', host: 'board.example' },
    { origin: 'http://localhost:9999', host: 'localhost:4321' },
    { origin: 'https://board.example:8443', host: 'board.example' },
    { origin: 'http://board.example', host: 'board.example', site: 'cross-site' },
    { origin: 'http://friend.example', host: 'board.example' },
    { origin: 'https://friend.example.', host: 'board.example' },
    { origin: 'https://board.example' },
    { origin: 'https://undefined' },
    { origin: '', host: '' },
    { origin: 'board.example', host: 'board.example' },
    { origin: 'file://board.example', host: 'board.example' },
    { origin: 'ftp://board.example', host: 'board.example' },
    { origin: 'https://board.example, https://evil.example', host: 'board.example' },
    { origin: 'https://evil.example', host: 'evil.example@board.example' },
    { origin: 'https://board.example', host: 'evil.example@board.example' },
    { origin: 'https://board.example/', host: 'board.example' },
    { origin: 'https://board.example/x', host: 'board.example/x' },
    { origin: 'https://', host: '' },
  ])('[H4] %j may not', (source) => {
    expect(isAllowedOrigin(source, ORIGINS)).toBe(false)
  })

  test('[H4] "null" is an origin like others: it is allowed where it is listed', () => {
    const source = { origin: 'null', host: 'board.example' }
    expect([isAllowedOrigin(source, ['null']), isAllowedOrigin(source, [])]).toEqual([true, false])
  })
})

describe('isAllowedHost', () => {
  test.each(['localhost', 'LOCALHOST:1', '127.0.0.1:4321', '10.0.0.7', '[::1]:4321', '[fe80::1]'])(
    '[H5] nobody can point "%s" elsewhere',
    (host) => {
      expect(isAllowedHost(host, [])).toBe(true)
    },
  )

  test.each(['board.example', 'Board.Example:8443', 'board.example.'])(
    '[H5] "%s" is on the list',
    (host) => {
      expect([isAllowedHost(host, ['board.example']), isAllowedHost(host, [])]).toEqual([
        true,
        false,
      ])
    },
  )

  test.each([
    undefined,
    '',
    'evil.example:4321',
    'sub.board.example',
    'board.example.evil',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'board.example@evil.example',
    'evil.example/board.example',
    'board.example, evil.example',
    'board.example:port',
    ':4321',
  ])('[H5] "%s" is not', (host) => {
    expect(isAllowedHost(host, ['board.example'])).toBe(false)
  })

  test('[H5] without a list every name is answered', () => {
    expect([isAllowedHost('any.example', undefined), isAllowedHost(undefined, undefined)]).toEqual([
      true,
      true,
    ])
  })
})
