import type { Server } from 'node:http'
import { describe, expect, test } from 'vitest'
import { Client, connected, type Headers, RawClient, serve, upgradeText } from './testing/index.ts'

/** Somebody comes in and is answered: nobody was harmed. */
async function isServed(url: string): Promise<void> {
  const ada = await Client.join(`${url}doc`)
  await ada.ping(1)
}

/** The status a request is answered with; 0 where the connection just ends. */
async function statusOf(port: number, request: string): Promise<number> {
  const raw = new RawClient(port)
  raw.socket.write(request)
  await raw.until(() => raw.heard.includes('\r\n\r\n'))
  return raw.status || 0
}

/** The server has no connection any more; it takes no new ones from here on. */
async function isLeft(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
}

describe('upgrades that mean no good', () => {
  test.each<[number, string, Headers]>([
    [400, 'no key', { 'Sec-WebSocket-Key': null }],
    [400, 'a bad key', { 'Sec-WebSocket-Key': 'x' }],
    [400, 'an old version', { 'Sec-WebSocket-Version': '7' }],
    [400, 'no version', { 'Sec-WebSocket-Version': null }],
    [400, 'a version that is no number', { 'Sec-WebSocket-Version': '13, 13' }],
    [400, 'another upgrade', { Upgrade: 'h2c' }],
    [400, 'two upgrades', { Upgrade: 'h2c, websocket' }],
    [400, 'a protocol that is no name', { 'Sec-WebSocket-Protocol': 'a b' }],
    [400, 'a protocol twice', { 'Sec-WebSocket-Protocol': 'kolam.1, kolam.1' }],
    [400, 'no protocol', { 'Sec-WebSocket-Protocol': ',' }],
    [400, 'a header that breaks off', { 'X-\u0000': 'x' }],
    [400, 'two lengths', { 'Content-Length': '1\r\nContent-Length: 2' }],
    [431, 'headers without end', { 'X-Long': 'x'.repeat(100_000) }],
    [431, 'a thousand headers', { 'X-Many': 'x\r\nX-More: x'.repeat(2000) }],
  ])('[H14] answers %i to %s, and harms nobody', async (status, _, headers) => {
    const { port, url } = await serve({ deflate: {} })
    expect(await statusOf(port, upgradeText('/sync/doc', headers))).toBe(status)
    await isServed(url)
  })

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])(
    '[H14] answers 405 to %s, and harms nobody',
    async (method) => {
      const { port, url } = await serve()
      expect(await statusOf(port, upgradeText('/sync/doc', {}, method))).toBe(405)
      await isServed(url)
    },
  )

  test.each<[number | null, string, Headers]>([
    [4403, 'two origins', { Origin: 'http://board.example\r\nOrigin: http://evil.example' }],
    [4403, 'an origin that is none', { Origin: '://' }],
    [4403, 'an origin without end', { Origin: `http://${'x'.repeat(10_000)}` }],
    [4403, 'no host', { Host: null }],
    [4403, 'a host that is none', { Host: '/../?#' }],
    [4403, 'another site', { 'Sec-Fetch-Site': 'cross-site' }],
    [4403, 'two sites', { 'Sec-Fetch-Site': 'same-origin\r\nSec-Fetch-Site: none' }],
    [null, 'two hosts, of which the first counts', { Host: 'board.example\r\nHost: evil.example' }],
    [null, 'addresses that are none', { 'X-Forwarded-For': ',,;\t"[::1]:x, %s ' }],
    [null, 'addresses without end', { 'X-Forwarded-For': '1.1.1.1,'.repeat(1500) }],
    [null, 'strange protocols', { 'Sec-WebSocket-Protocol': '__proto__, constructor' }],
    [null, 'strange extensions', { 'Sec-WebSocket-Extensions': '__proto__; a="\\"' }],
    [null, 'letters outside ASCII', { 'X-Name': 'ädä', Cookie: 'ключ=値' }],
  ])('[H14] closes with %s for %s, and harms nobody', async (code, _, headers) => {
    const { port, url } = await serve({ deflate: {}, hosts: ['board.example'], trustedProxies: 2 })
    const raw = await RawClient.upgrade(port, '/sync/doc', headers)
    await raw.until(() => raw.body.length >= 4)
    expect(raw.status).toBe(101)
    const isClosed = raw.body[0] === 0x88
    expect(isClosed ? raw.body.readUInt16BE(2) : null).toBe(code)
    await isServed(url)
  })

  test.each(['/elsewhere', '/sync', '//sync/doc', 'http://evil.example/sync/doc', '*', '/'])(
    '[H14] answers 404 to the path "%s" where nobody serves it, and does not keep the socket',
    async (path) => {
      const { port, server } = await serve()
      const raw = new RawClient(port, { stubborn: true })
      raw.socket.write(upgradeText(path))
      await raw.until(() => raw.heard.includes('\r\n\r\n'))
      expect(raw.status).toBe(404)
      await isLeft(server)
    },
  )

  test('[H14] leaves other paths to those who serve them', async () => {
    const { port, server } = await serve()
    server.on('upgrade', (request, socket) => {
      if (request.url === '/elsewhere') socket.end('HTTP/1.1 418 Teapot\r\n\r\n')
    })
    expect(await statusOf(port, upgradeText('/elsewhere'))).toBe(418)
  })

  test('[H14] connections that break off at any moment end nothing but themselves', async () => {
    const { port, url, relay } = await serve({
      authorize: async () => ({ ok: true, role: 'editor', person: '' }),
    })
    const requests = ['/sync/doc', '/sync/', '/elsewhere'].flatMap((path) => {
      const whole = upgradeText(path)
      return [whole, `${whole}\x82\x85`, whole + whole, whole.slice(0, -2), whole.slice(0, 20)]
    })
    for (const request of requests) {
      for (let turns = 0; turns < 3; turns++) {
        const raw = new RawClient(port)
        await connected(raw)
        raw.socket.write(request)
        for (let i = 0; i < turns; i++) await new Promise(setImmediate)
        await raw.reset()
      }
    }
    await isServed(url)
    while (relay.stats.sessions > 1) await new Promise(setImmediate)
    expect(relay.stats.sessions).toBe(1)
  })

  /** A first byte, and a length with a mask. */
  test.each<[number, string, number[]]>([
    [1009, 'a frame that is too long', [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]],
    [1007, 'text that is none', [0x81, 0x81, 0, 0, 0, 0, 0xff]],
    [1002, 'a kind of frame that is none', [0x83, 0x80, 0, 0, 0, 0]],
    [1002, 'a frame without a mask', [0x82, 0x01, 0]],
  ])('[H18] %i for %s is counted', async (code, _, bytes) => {
    const { port, relay, url } = await serve()
    const raw = new RawClient(port)
    raw.socket.write(upgradeText('/sync/doc'))
    await raw.until(() => raw.heard.includes('\r\n\r\n'))
    raw.socket.write(Buffer.from(bytes))
    await raw.closed
    expect([...relay.stats.closings]).toEqual([[code, 1]])
    await isServed(url)
  })

  test('[H15] who sends the request drop by drop, or not at all, is cut in time', async () => {
    const { port, url } = await serve({ limits: { handshakeMs: 300 } })
    const silent = new RawClient(port)
    const slow = new RawClient(port)
    slow.socket.write('GET /sync/doc HTTP/1.1\r\nX-Long: ')
    const drops = setInterval(() => slow.socket.write('x'), 20)
    await Promise.all([silent.closed, slow.closed])
    clearInterval(drops)
    expect([silent.status, slow.status]).toEqual([408, 408])
    await isServed(url)
  })

  test('[H16] who does not answer a goodbye is cut', async () => {
    const { port, server, relay } = await serve({
      limits: { closeMs: 50 },
      authorize: () => ({ ok: false, code: 4401, reason: '' }),
    })
    const raw = new RawClient(port, { stubborn: true })
    raw.socket.write(upgradeText('/sync/doc'))
    await raw.until(() => raw.heard.includes('\r\n\r\n') && raw.body.length >= 4)
    expect(raw.body).toEqual(Buffer.from([0x88, 0x02, 4401 >> 8, 4401 & 255]))
    await isLeft(server)
    expect(relay.stats.closings.get(4401)).toBe(1)
  })

  test('[H17] stopping cuts everybody, and asks nobody any more', async () => {
    const { port, url, service, clock, server } = await serve({
      limits: { refusalsWaitingMax: 9 },
      authorize: ({ url: asked }) => {
        if (asked?.includes('out')) return { ok: false, code: 4401, reason: '' }
        if (asked?.includes('slow')) return new Promise(() => {})
        return { ok: true, role: 'editor', person: '', expiresAt: Number.MAX_SAFE_INTEGER }
      },
    })
    const clients = [
      await RawClient.upgrade(port, '/sync/doc?out'),
      await RawClient.upgrade(port, '/sync/doc?slow'),
    ]
    const ada = await Client.join(`${url}doc`)
    expect(clock.pending).toBe(3)
    service()
    await Promise.all([ada.closed, ...clients.map(({ closed }) => closed)])
    await service.recheck()
    while (clock.pending > 0) await new Promise(setImmediate)
    expect(server.listenerCount('upgrade')).toBe(0)
  })
})
