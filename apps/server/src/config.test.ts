import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Config, ConfigError, readConfig } from './config.ts'

test('without anything set, the server is for this machine only', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 4321,
    dataFolder: resolve('data'),
    access: 'open',
    logLevel: 'info',
    origins: [],
    hosts: [],
    trustedProxies: 0,
    deflate: false,
    trashDays: 30,
    assetDays: 30,
    history: { everyMs: 600_000, days: 90, documentBytesMax: 2 ** 26, bytesMax: 2 ** 32 },
  })
})

test.each<[Record<string, string>, Partial<Config>]>([
  [{ PORT: '0' }, { port: 0 }],
  [{ PORT: '65535' }, { port: 65_535 }],
  [{ PORT: '' }, { port: 4321 }],
  [{ HOST: 'localhost' }, { host: 'localhost', access: 'open' }],
  [{ HOST: '::1' }, { host: '::1', access: 'open' }],
  [{ HOST: '127.8.8.8' }, { access: 'open' }],
  [
    { HOST: '0.0.0.0', KOLAM_ACCESS: 'open' },
    { host: '0.0.0.0', access: 'open' },
  ],
  [{ KOLAM_DATA: '/srv/kolam' }, { dataFolder: '/srv/kolam' }],
  [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
  [
    { KOLAM_ORIGINS: 'https://a.example, http://b.example:8080,' },
    { origins: ['https://a.example', 'http://b.example:8080'] },
  ],
  [{ HOST: '0.0.0.0', KOLAM_ACCESS: 'open' }, { hosts: undefined }],
  [{ HOST: '0.0.0.0', KOLAM_ACCESS: 'open', KOLAM_HOSTS: 'a.example' }, { hosts: ['a.example'] }],
  [
    { KOLAM_HOSTS: 'Board.Example, täfel.example,192.0.2.1, ::1' },
    { hosts: ['board.example', 'xn--tfel-loa.example', '192.0.2.1', '::1'] },
  ],
  [{ KOLAM_HOSTS: ',' }, { hosts: [] }],
  [{ KOLAM_TRUST_PROXY: '2' }, { trustedProxies: 2 }],
  [{ KOLAM_TRASH_DAYS: 'off' }, { trashDays: null }],
  [{ KOLAM_TRASH_DAYS: '0' }, { trashDays: 0 }],
  [{ KOLAM_ASSET_DAYS: 'off' }, { assetDays: null }],
  [{ KOLAM_HISTORY_MINUTES: 'off', KOLAM_HISTORY_DAYS: '1' }, { history: null }],
  [
    {
      KOLAM_HISTORY_MINUTES: '1',
      KOLAM_HISTORY_DAYS: 'off',
      KOLAM_HISTORY_MB: 'off',
      KOLAM_HISTORY_DOCUMENT_MB: '1',
    },
    { history: { everyMs: 60_000, days: null, bytesMax: Infinity, documentBytesMax: 2 ** 20 } },
  ],
  [{ KOLAM_DEFLATE: 'off' }, { deflate: false }],
  [{ KOLAM_DEFLATE: '9' }, { deflate: { windowBits: 9 } }],
  [{ KOLAM_DEFLATE: '15' }, { deflate: { windowBits: 15 } }],
])('%j is understood', (env, expected) => {
  expect(readConfig(env)).toMatchObject(expected)
})

test.each<[Record<string, string>, RegExp]>([
  [{ PORT: '65536' }, /^PORT is "65536": allowed is a whole number from 0 to 65535$/],
  [{ PORT: '80x' }, /^PORT is "80x"/],
  [{ PORT: '-1' }, /^PORT is "-1"/],
  [{ HOST: 'http://x' }, /^HOST is "http:\/\/x": allowed is an IP address or a host name/],
  [{ KOLAM_ACCESS: 'closed' }, /^KOLAM_ACCESS is "closed": allowed is one of: open, invite$/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud": allowed is one of: trace, debug/],
  [{ KOLAM_ORIGINS: 'example.org' }, /^KOLAM_ORIGINS is .*allowed is origins separated by commas/],
  [{ KOLAM_ORIGINS: 'https://example.org/' }, /^KOLAM_ORIGINS is/],
  [{ KOLAM_HOSTS: 'a.example:80' }, /^KOLAM_HOSTS is .*: allowed is host names without ports/],
  [{ KOLAM_HOSTS: 'https://a.example' }, /^KOLAM_HOSTS is/],
  [{ KOLAM_HOSTS: 'a.example/b' }, /^KOLAM_HOSTS is/],
  [{ KOLAM_HOSTS: '*.example' }, /^KOLAM_HOSTS is/],
  [{ KOLAM_HOSTS: 'a b' }, /^KOLAM_HOSTS is/],
  [{ KOLAM_TRUST_PROXY: 'true' }, /^KOLAM_TRUST_PROXY is "true": allowed is how many proxies/],
  [{ KOLAM_TRUST_PROXY: '-1' }, /^KOLAM_TRUST_PROXY is/],
  [{ KOLAM_ASSET_DAYS: '0' }, /^KOLAM_ASSET_DAYS is "0": allowed is a whole number of days from 1/],
  [{ KOLAM_HISTORY_MINUTES: '0' }, /^KOLAM_HISTORY_MINUTES is "0": allowed is .* from 1 to 1440/],
  [{ KOLAM_HISTORY_DAYS: '-1' }, /^KOLAM_HISTORY_DAYS is "-1": allowed is a whole number of days/],
  [{ KOLAM_HISTORY_DAYS: '3651' }, /^KOLAM_HISTORY_DAYS is/],
  [{ KOLAM_HISTORY_MB: '1.5' }, /^KOLAM_HISTORY_MB is "1.5": allowed is .* megabytes/],
  [{ KOLAM_HISTORY_DOCUMENT_MB: '9999999' }, /^KOLAM_HISTORY_DOCUMENT_MB is/],
  [{ KOLAM_DEFLATE: '8' }, /^KOLAM_DEFLATE is "8": allowed is off, or the bits of the window/],
  [{ KOLAM_DEFLATE: '16' }, /^KOLAM_DEFLATE is/],
  [{ KOLAM_DEFLATE: 'on' }, /^KOLAM_DEFLATE is/],
  [{ KOLAM_ACCESS: 'invite' }, /links are not built yet: set KOLAM_ACCESS=open if everybody/],
  [{ HOST: '0.0.0.0' }, /^HOST is "0\.0\.0\.0", which others can reach.*set KOLAM_ACCESS=open/],
  [{ HOST: '192.168.1.5' }, /set KOLAM_ACCESS=open/],
  [{ HOST: '127.example.org' }, /set KOLAM_ACCESS=open/],
])('%j is refused in words', (env, words) => {
  expect(() => readConfig(env)).toThrow(ConfigError)
  expect(() => readConfig(env)).toThrow(words)
})

test('all bad values are named at once', () => {
  expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(
    /PORT is "x".*\n.*LOG_LEVEL is "y"/,
  )
})
