/** Upgrade requests that lie, overdo it, or are given up half way. */
import { deflateRawSync } from 'node:zlib'
import { describe, expect, testOfServer } from './support/attack-test.ts'
import { frameOf } from './support/frame.ts'
import { type Headers, RawSocket, upgradeRequest } from './support/raw-socket.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'

const test = testOfServer()

const PATH = `/sync/${DOCUMENT}`

/** Kolam's clients are told at once why they may not come in, stock ones a little later. */
const KOLAM = { 'Sec-WebSocket-Protocol': 'kolam.1' }

/** Pages that are not the server's own. Its own would be `http://127.0.0.1`, as the requests here say in `Host`. */
const FOREIGN_ORIGINS = [
  'http://evil.example',
  'https://127.0.0.1.evil.example',
  'http://127.0.0.1:1',
  'http://127.0.0.1@evil.example',
  'http://localhost',
  'null',
  'file://',
  'chrome-extension://abc',
  'about:blank',
  '127.0.0.1',
  '//127.0.0.1',
  '*',
  '',
  'http://',
  'http://[::1',
  'x'.repeat(8_000),
]

/** Connections that break off; a first one that the server writes to at the wrong moment is among a few. */
const TIMES = 120

const MANY = Array.from({ length: 500 }, (_, i) => `p${i}`).join(', ')

/** Headers and the statuses that are a fair answer to them. */
const REFUSED: Readonly<Record<string, readonly [headers: Headers, ...statuses: number[]]>> = {
  'no key': [{ 'Sec-WebSocket-Key': null }, 400],
  'an empty key': [{ 'Sec-WebSocket-Key': '' }, 400],
  'a short key': [{ 'Sec-WebSocket-Key': 'AAAA' }, 400],
  'a long key': [{ 'Sec-WebSocket-Key': `${'A'.repeat(4_000)}==` }, 400],
  'a key that is no base64': [{ 'Sec-WebSocket-Key': '!!!!!!!!!!!!!!!!!!!!!!==' }, 400],
  'two keys': [
    { 'Sec-WebSocket-Key': ['AAAAAAAAAAAAAAAAAAAAAA==', 'BAAAAAAAAAAAAAAAAAAAAA=='] },
    400,
  ],
  'no version': [{ 'Sec-WebSocket-Version': null }, 400, 426],
  'version 12': [{ 'Sec-WebSocket-Version': '12' }, 400, 426],
  'version 255': [{ 'Sec-WebSocket-Version': '255' }, 400, 426],
  'two versions': [{ 'Sec-WebSocket-Version': '13, 8' }, 400, 426],
  'another upgrade': [{ Upgrade: 'h2c' }, 400, 404],
  'no upgrade': [{ Upgrade: null }, 400, 404],
  'no connection': [{ Connection: 'close' }, 400, 404],
  'a subprotocol twice': [{ 'Sec-WebSocket-Protocol': 'kolam.1, kolam.1' }, 400],
  'no subprotocol in the list': [{ 'Sec-WebSocket-Protocol': '' }, 400],
  'commas for subprotocols': [{ 'Sec-WebSocket-Protocol': ',,,,' }, 400],
  'a subprotocol that is none': [{ 'Sec-WebSocket-Protocol': 'a b"c' }, 400],
  'a header that is too long': [{ 'X-Long': 'x'.repeat(64_000) }, 431],
  'headers that are too long together': [
    Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`X-${i}`, 'x'.repeat(60)])),
    431,
  ],
  'two lengths': [{ 'Content-Length': ['1', '2'] }, 400],
  'a length and chunks': [{ 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }, 400],
}

/** Headers that are odd and no reason to refuse anybody. */
const SERVED: Readonly<Record<string, Headers>> = {
  'no host': { Host: null },
  'many subprotocols': { 'Sec-WebSocket-Protocol': `${MANY}, kolam.1` },
  'subprotocols of the language': { 'Sec-WebSocket-Protocol': '__proto__, constructor' },
  'a window of 7 bits': {
    'Sec-WebSocket-Extensions': 'permessage-deflate; server_max_window_bits=7',
  },
  'a window of 99 bits': {
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits=99',
  },
  'a window of no bits': {
    'Sec-WebSocket-Extensions': 'permessage-deflate; server_max_window_bits=0',
  },
  'a window of words': {
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits=abc',
  },
  'the same parameter twice': {
    'Sec-WebSocket-Extensions':
      'permessage-deflate; server_no_context_takeover; server_no_context_takeover',
  },
  'many offers': {
    'Sec-WebSocket-Extensions': Array.from(
      { length: 200 },
      () => 'permessage-deflate; client_max_window_bits',
    ).join(', '),
  },
  'an extension nobody has': {
    'Sec-WebSocket-Extensions': 'x-webkit-deflate-frame, bbf-usp-protocol',
  },
  'an offer that is none': { 'Sec-WebSocket-Extensions': ';;==,,"' },
  'headers of the language': { __proto__: 'x', constructor: 'x' },
}

describe('headers', () => {
  test('pages of other sites are closed with 4403', async ({ scene }) => {
    const codes: [string, number | null][] = []
    for (const origin of FOREIGN_ORIGINS) {
      const raw = scene.welcome(
        await RawSocket.upgraded(scene.target.port, PATH, { ...KOLAM, Origin: origin }),
      )
      codes.push([origin, await raw.closeCode()])
    }
    const forbidden = FOREIGN_ORIGINS.map((origin) => [origin, 4403])
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(forbidden))
    expect((await scene.target.fullness()).sessions).toBe(2)
  })

  test('requests that are no sound upgrade are refused with HTTP', async ({ scene }) => {
    for (const [name, [headers, ...statuses]] of Object.entries(REFUSED)) {
      const raw = await ask(scene, headers)
      expect(statuses, name).toContain(await raw.status())
    }
    expect((await scene.target.fullness()).sessions).toBe(2)
  })

  test('odd offers are not taken up, and harm nobody', async ({ scene }) => {
    for (const [name, headers] of Object.entries(SERVED)) {
      const raw = await ask(scene, headers)
      const head = await raw.head()
      expect(head, name).toMatch(/^HTTP\/1\.1 101 /)
      expect(head, name).not.toMatch(/sec-websocket-extensions/i)
      raw.leave()
    }
  })

  test('a zip bomb is not unpacked where nothing was agreed upon', async ({ scene }) => {
    const raw = await ask(scene, { 'Sec-WebSocket-Extensions': 'permessage-deflate' })
    raw.write(frameOf(ZIP_BOMB, { reserved: 4 }))
    expect(await raw.closeCode()).toBe(1002)
  })

  test.for([
    ['a body', { 'Content-Length': '7' }, 'GET / HT'],
    ['chunks', { 'Transfer-Encoding': 'chunked' }, '5\r\nhello\r\n0\r\n\r\n'],
    ['another request', {}, upgradeRequest(PATH).repeat(50)],
  ] as const)('%s behind the request is no way in', async ([, headers, more], { scene }) => {
    const raw = scene.welcome(await RawSocket.connect(scene.target.port))
    raw.write(upgradeRequest(PATH, headers) + more)
    expect(await raw.head()).toMatch(/^HTTP\/1\.1 (101|400) /)
    await scene.goesOn()
  })
})

describe('connections that break off', () => {
  test.for([
    ['a path nobody serves', ['/elsewhere', '/']],
    ['a document', [PATH, '/sync/another']],
    ['no document', ['/sync/', '/sync/%']],
  ] as const)('while %s is asked for', async ([, paths], { scene }) => {
    for (let time = 0; time < TIMES; time++) {
      const raw = scene.welcome(await RawSocket.connect(scene.target.port))
      raw.write(upgradeRequest(paths[time % paths.length]!))
      if (time % 4 < 2) raw.reset()
      else setImmediate(() => raw.reset())
      await raw.ended
      if (time % 20 === 0) await scene.goesOn()
    }
  })

  test('at any byte of the request', async ({ scene }) => {
    const request = upgradeRequest(PATH, { Origin: 'http://evil.example' })
    for (let length = 0; length <= request.length; length += 5) {
      const raw = scene.welcome(await RawSocket.connect(scene.target.port))
      raw.write(request.slice(0, length))
      await raw.drained()
      raw.reset()
    }
  })
})

/** Sends a request for the honest document. */
async function ask(scene: Scene, headers: Headers): Promise<RawSocket> {
  const raw = scene.welcome(await RawSocket.connect(scene.target.port))
  raw.write(upgradeRequest(PATH, headers))
  return raw
}

/** 64 MiB of zeros in some kilobytes. */
const ZIP_BOMB = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
