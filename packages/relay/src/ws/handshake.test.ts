import { describe, expect, test } from 'vitest'
import { silentLog } from '../log.ts'
import { editing, gate } from '../testing/index.ts'
import type { Admission } from '../door/admission.ts'
import { Client, RawClient, serve, type ServedOptions } from './testing/index.ts'

const REFUSED = { code: 1013, reason: 'Cannot tell who you are' }
const VIEWER = { ok: true, role: 'viewer', person: 'somebody' } as const

/** An authoriser that answers when a test says so, and what becomes of its signals. */
function slowly(answer: Admission = VIEWER) {
  const known = gate()
  const signals: AbortSignal[] = []
  const asked = gate()
  const authorize: NonNullable<ServedOptions['authorize']> = async (_request, _id, signal) => {
    signals.push(signal)
    asked.open()
    await known.passed
    return answer
  }
  return { authorize, answer: () => known.open(), asked: asked.passed, signals }
}

describe('subprotocols', () => {
  test.each<[string[], string]>([
    [[], ''],
    [['other', 'more'], 'other'],
    [['kolam.1'], 'kolam.1'],
    [['other', 'kolam.1'], 'kolam.1'],
    [['KOLAM.1'], 'KOLAM.1'],
  ])('[H1] of %j it is "%s", and kolam.1 alone adds messages', async (offered, agreed) => {
    const { url } = await serve({ authorize: () => VIEWER })
    const ada = await Client.join(`${url}doc`, offered)
    expect(ada.socket.protocol).toBe(agreed)
    ada.say(editing(1, 0), editing(1, 1), { type: 'ping', nonce: 1 })
    await ada.until(() => ada.of('pong').length === 1)
    // A stock client is told once that it may not edit, a Kolam client each time.
    expect(ada.of('auth')).toHaveLength(agreed === 'kolam.1' ? 2 : 1)
  })
})

describe('who may come in', () => {
  test('[H2] is refused with a code and words, after being accepted', async () => {
    const { url, relay } = await serve({
      authorize: (_, id) => ({ ok: false, code: 4401, reason: `Who wants ${id}?` }),
    })
    expect(await new Client(`${url}doc`).closed).toEqual({ code: 4401, reason: 'Who wants doc?' })
    expect(relay.stats.closings.get(4401)).toBe(1)
  })

  test('[H3] a stock client hears it later, a Kolam client at once', async () => {
    const limits = { refusalDelayMs: 500, refusalsWaitingMax: 1 }
    const authorize = () => ({ ok: false, code: 4401, reason: 'Who?' }) as const
    const { url, clock, relay } = await serve({ limits, authorize })
    expect((await new Client(`${url}doc`, ['kolam.1']).closed).code).toBe(4401)
    const stock = await Client.open(`${url}doc`)
    let pongs = 0
    stock.socket.on('pong', () => (pongs += 1))
    stock.socket.ping() // not even this is read
    expect((await new Client(`${url}doc`).closed).code).toBe(4401) // one waits already
    expect([stock.socket.readyState, pongs]).toEqual([stock.socket.OPEN, 0])
    expect(relay.stats.closings.get(4401)).toBe(3)
    clock.advance(500)
    expect(await stock.closed).toEqual({ code: 4401, reason: 'Who?' })
  })

  test('[H3] whoever leaves before leaves nothing behind', async () => {
    const limits = { refusalsWaitingMax: 1 }
    const { port, clock } = await serve({ limits, hosts: [] })
    const raw = await RawClient.upgrade(port, '/sync/doc', { Host: 'evil.example' })
    expect(clock.pending).toBe(1)
    await raw.reset()
    while (clock.pending > 0) await new Promise(setImmediate)
  })

  test('[H4] pages of other sites are accepted and closed with 4403', async () => {
    const { url, host } = await serve({ origins: ['https://friend.example'] })
    const from = (origin: string, headers = {}) => new Client(`${url}doc`, [], { origin, headers })
    for (const refused of [
      from('http://evil.example'),
      from('null'),
      from(`http://${host}.evil.example`),
      from(`http://${host}`, { 'sec-fetch-site': 'cross-site' }),
      new Client(`${url}doc`, [], { headers: { 'sec-fetch-site': 'cross-site' } }),
    ]) {
      const reason = 'Cannot connect from another site'
      expect(await refused.closed).toEqual({ code: 4403, reason })
    }
    for (const taken of [from(`http://${host}`), from('https://friend.example')]) {
      await taken.until(() => taken.of('step1').length > 0)
    }
  })

  test('[H5] a name the server does not answer to is closed with 4403', async () => {
    const { url } = await serve({ hosts: ['board.example'] })
    const to = (host: string, origin: string) =>
      new Client(`${url}doc`, [], { headers: { host }, origin })
    const evil = await to('evil.example:4321', 'http://evil.example:4321').closed
    expect([evil.code, evil.reason]).toEqual([4403, expect.stringContaining('this name')])
    const taken = to('board.example:4321', 'http://board.example:4321')
    await taken.until(() => taken.of('step1').length > 0)
  })

  test('[H8] a failing authoriser refuses, and what it says is not passed on', async () => {
    const warnings: unknown[] = []
    const log = { ...silentLog, warn: (...line: unknown[]) => void warnings.push(line) }
    const { url } = await serve({
      log,
      authorize: () => Promise.reject(new Error('no database at 10.0.0.7')),
    })
    expect(await new Client(`${url}doc`).closed).toEqual(REFUSED)
    expect(warnings).toEqual([['authorize failed', { error: 'Error: no database at 10.0.0.7' }]])
  })

  test('[H8] what is sent before it is known by whom waits, and is not lost', async () => {
    const ada = slowly()
    const { url } = await serve({
      authorize: (request, id, signal) =>
        request.url?.includes('ada') ? ada.authorize(request, id, signal) : VIEWER,
    })
    const waiting = await Client.open(`${url}doc?ada`, ['kolam.1'])
    waiting.say(editing(1, 0), { type: 'ping', nonce: 3 })
    const bob = await Client.join(`${url}doc`, ['kolam.1'])
    for (let nonce = 0; nonce < 5; nonce++) await bob.ping(nonce)
    expect(waiting.messages).toEqual([])
    ada.answer()
    await waiting.until(() => waiting.of('pong').length === 1 && waiting.of('auth').length === 1)
    expect(bob.of('update')).toEqual([])
  })

  test('[H8] an authoriser that hangs refuses when its time is up', async () => {
    const hangs = slowly()
    const limits = { handshakeMs: 500 }
    const { url, clock, store } = await serve({ limits, authorize: hangs.authorize })
    const ada = new Client(`${url}doc`)
    await hangs.asked
    ada.socket.on('open', () => ada.say(editing(1, 0)))
    clock.advance(500)
    expect(await ada.closed).toEqual(REFUSED)
    expect(hangs.signals.map(({ aborted }) => aborted)).toEqual([true])
    hangs.answer()
    expect((await store.open('doc')).updates).toEqual([])
  })

  test('[H9] who leaves while it is being asked leaves nothing behind', async () => {
    const hangs = slowly()
    const { port, clock, relay } = await serve({ authorize: hangs.authorize })
    const raw = await RawClient.upgrade(port, '/sync/doc')
    await hangs.asked
    await raw.reset()
    while (!hangs.signals[0]!.aborted) await new Promise(setImmediate)
    hangs.answer()
    await new Promise(setImmediate)
    expect([clock.pending, relay.stats.sessions, relay.stats.rooms]).toEqual([0, 0, 0])
  })

  test('[H9] those who are being asked about are bounded, those who are in are not', async () => {
    const hangs = slowly()
    const { url } = await serve({
      limits: { waitingHandshakesMax: 2 },
      authorize: (request, id, signal) =>
        request.url?.includes('slow') ? hangs.authorize(request, id, signal) : VIEWER,
    })
    for (let i = 0; i < 3; i++) await Client.join(`${url}doc`)
    const waiting = [await Client.open(`${url}doc?slow`), await Client.open(`${url}doc?slow`)]
    const { code, reason } = await new Client(`${url}doc?slow`).closed
    expect([code, reason]).toEqual([1013, expect.stringContaining('at the door')])
    hangs.answer()
    for (const client of waiting) await client.until(() => client.of('step1').length > 0)
    await Client.join(`${url}doc?slow`)
  })

  test('[H8] nobody is asked about what is no document', async () => {
    const asked: string[] = []
    const { url } = await serve({
      authorize: (_, id) => {
        asked.push(id)
        return VIEWER
      },
    })
    for (const id of ['', '%', 'a%2Fb']) expect((await new Client(url + id).closed).code).toBe(4404)
    expect(asked).toEqual([])
  })

  test('[H11] whose permission has expired is not let in', async () => {
    const { url } = await serve({ authorize: () => ({ ...VIEWER, expiresAt: 1_000_000 }) })
    expect((await new Client(`${url}doc`).closed).code).toBe(4401)
  })

  test('[H7] who comes too often is refused before anybody is asked', async () => {
    let asked = 0
    const { port, clock, relay } = await serve({
      trustedProxies: 1,
      limits: { addressConnectsBurst: 2, addressConnectsPerSecond: 1, addressConnectionsMax: 9 },
      authorize: () => {
        asked += 1
        return VIEWER
      },
    })
    const come = (address: string) =>
      new Client(`ws://127.0.0.1:${port}/sync/doc`, [], { headers: { 'x-forwarded-for': address } })
    const join = async (address: string) => {
      const client = come(address)
      await client.until(() => client.of('step1').length > 0)
    }
    await join('203.0.113.7')
    await join('203.0.113.7')
    const { code, reason } = await come('6.6.6.6, 203.0.113.7').closed
    expect([code, reason]).toEqual([4429, expect.stringContaining('too often')])
    expect([asked, relay.stats.closings.get(4429)]).toEqual([2, 1])
    await join('203.0.113.8')
    clock.advance(1000)
    await join('203.0.113.7')
  })

  test('[H7] who has too many connections is refused until one of them goes', async () => {
    const limits = { addressConnectionsMax: 2 }
    const { url, relay } = await serve({ trustedProxies: 1, limits })
    const come = (address: string) =>
      new Client(`${url}doc`, [], { headers: { 'x-forwarded-for': address } })
    const join = async (address: string) => {
      const client = come(address)
      await client.until(() => client.of('step1').length > 0)
      return client
    }
    const ada = await join('2001:db8:0:1::1')
    await join('2001:db8:0:1::2') // one house
    await join('2001:db8:0:2::1') // another one
    expect((await come('2001:db8:0:1::3').closed).code).toBe(4429)
    ada.socket.close()
    while (relay.stats.sessions > 2) await new Promise(setImmediate)
    await join('2001:db8:0:1::3')
  })

  test('[H6,H7] without a trusted proxy the header is air, and loopback is not counted', async () => {
    const { url, relay } = await serve({ limits: { addressConnectionsMax: 1 } })
    const headers = { 'x-forwarded-for': '203.0.113.7' }
    for (let i = 0; i < 3; i++) await Client.join(`${url}doc`, [], { headers })
    expect(relay.stats.sessions).toBe(3)
  })

  test('[H10] to recheck where nobody was ever asked does nothing', async () => {
    const { url, service, relay } = await serve()
    const ada = await Client.join(`${url}doc`)
    await service.recheck()
    await ada.ping(1)
    expect(relay.stats.sessions).toBe(1)
  })
})
