/** What a client expects of its socket port, held against WebSocket and both ways of a line over HTTP. */
import type { OpenSocket, Socket } from '@kolam/client'
import { decodeMessage, encodeMessage, type Message } from '@kolam/protocol'
import type { Role } from '@kolam/relay'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openHttp } from './support/http-clients.ts'
import { LineClient } from './support/line-client.ts'
import { RelayServer } from './support/relay-server.ts'
import { TcpProxy } from './support/tcp-proxy.ts'
import { soon } from './support/within.ts'
import { openWsSocket } from './support/ws-socket.ts'

const HASTY = { retryMs: 20 }

const WAYS: readonly (readonly [string, OpenSocket])[] = [
  ['WebSocket', (url, protocols) => openWsSocket(url, protocols)],
  ['HTTP by stream', openHttp('stream', HASTY)],
  ['HTTP by poll', openHttp('poll', HASTY)],
]

/** A socket that keeps what it hears. */
class Heard {
  readonly socket: Socket
  readonly log: unknown[] = []
  readonly messages: Message[] = []
  #wake = (): void => {}

  constructor(socket: Socket) {
    this.socket = socket
    socket.handlers = {
      onopen: (protocol) => this.#note(['open', protocol]),
      onmessage: (bytes) => {
        const decoded = decodeMessage(bytes)
        if (decoded.ok) this.messages.push(decoded.message)
        this.#wake()
      },
      onclose: (code, reason) => this.#note(['close', code, reason]),
    }
    onTestFinished(() => socket.close(1000, ''))
  }

  get pongs(): number[] {
    return this.messages.flatMap((message) => (message.type === 'pong' ? [message.nonce] : []))
  }

  say(...messages: Message[]): void {
    for (const message of messages) this.socket.send(encodeMessage(message))
  }

  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async opened(): Promise<this> {
    await soon(
      'it opens',
      this.until(() => this.log.length > 0),
    )
    return this
  }

  async closed(): Promise<unknown> {
    const isClosed = (entry: unknown): boolean => Array.isArray(entry) && entry[0] === 'close'
    await soon(
      'it closes',
      this.until(() => this.log.some(isClosed)),
    )
    return this.log.find(isClosed)
  }

  #note(entry: unknown): void {
    this.log.push(entry)
    this.#wake()
  }
}

describe.each(WAYS)('a socket over %s', (_, open) => {
  let server: RelayServer
  let verdict: Role | number
  const url = (id = 'doc'): string => `${server.url}/${id}`
  const come = (): Promise<Heard> => new Heard(open(url(), ['kolam.1'])).opened()

  beforeEach(async () => {
    verdict = 'editor'
    server = new RelayServer({
      admit: () => verdict,
      limits: { pingMs: 60, pongMs: 400, tickMs: 20 },
    })
    await server.start()
  })
  afterEach(() => server.stop())

  test('[T2] opens with the subprotocol that was chosen, before anything comes', async () => {
    const ada = await come()
    expect(ada.log).toEqual([['open', 'kolam.1']])
    await ada.until(() => ada.messages.some(({ type }) => type === 'step1'))
    const bob = await new Heard(open(url(), ['other', 'more'])).opened()
    expect(bob.log).toEqual([['open', 'other']])
  })

  test('[T2] carries many messages both ways, in order and each once', async () => {
    const ada = await come()
    const wanted = Array.from({ length: 500 }, (_, nonce) => nonce)
    for (const nonce of wanted) {
      ada.say({ type: 'ping', nonce })
      if (nonce % 50 === 0) await new Promise(setImmediate)
    }
    await soon(
      'all is answered',
      ada.until(() => ada.pongs.length >= wanted.length),
    )
    expect(ada.pongs).toEqual(wanted)
  })

  test('[T4,T6] counts what the network has not taken, until it has', async () => {
    const ada = await come()
    ada.say({ type: 'awareness', bytes: new Uint8Array([0]) }, { type: 'ping', nonce: 1 })
    await ada.until(() => ada.pongs.length === 1)
    while (ada.socket.bufferedAmount > 0) await new Promise(setImmediate)
    const { receivedFrames } = server.relay.stats
    ada.say({ type: 'ping', nonce: 2 })
    await ada.until(() => ada.pongs.length === 2)
    expect(server.relay.stats.receivedFrames).toBe(receivedFrames + 1)
  })

  test('[T7] says how it was closed, once, and nothing after it', async () => {
    const ada = await come()
    ada.socket.send(new Uint8Array([77]))
    const end = await ada.closed()
    expect(end).toEqual(['close', 4400, 'Cannot read message type 77'])
    ada.say({ type: 'ping', nonce: 1 })
    await server.stop()
    expect(ada.log).toEqual([['open', 'kolam.1'], end])
  })

  test('[T1,T7] says why it may not come in', async () => {
    verdict = 4401
    const ada = new Heard(open(url(), ['kolam.1']))
    expect(await ada.closed()).toEqual(['close', 4401, 'Not you'])
    const bob = new Heard(open(url('a%20b'), ['kolam.1']))
    expect(((await bob.closed()) as unknown[])[1]).toBe(4404)
  })

  test('[T2] is gone with 1006 where nobody is', async () => {
    const address = url()
    await server.stop()
    const ada = new Heard(open(address, ['kolam.1']))
    expect(((await ada.closed()) as unknown[])[1]).toBe(1006)
    expect(ada.log).toHaveLength(1)
  })

  test('[T8] is gone with 1006 when the network is, on both sides', async () => {
    const proxy = await TcpProxy.before(server.port)
    const ada = await new Heard(open(`${proxy.syncUrl}/doc`, ['kolam.1'])).opened()
    proxy.admit(false)
    for (const line of proxy.lines) line.cut()
    expect(((await ada.closed()) as unknown[])[1]).toBe(1006)
    await soon('the relay knows', sessions(0))
    await proxy.close()
  })

  test('[T8] hands over what was sent before it was closed', async () => {
    const ada = await come()
    const bob = await come()
    ada.say({ type: 'awareness', bytes: new Uint8Array([1, 7, 1, 4, 110, 117, 108, 108]) })
    ada.say({ type: 'ping', nonce: 1 })
    const { receivedFrames } = server.relay.stats
    ada.socket.handlers = null
    ada.socket.close(1000, '')
    await soon('the relay knows', sessions(1))
    expect(server.relay.stats.receivedFrames).toBe(receivedFrames + 2)
    bob.say({ type: 'ping', nonce: 1 })
    await bob.until(() => bob.pongs.length === 1)
  })

  test('[T2] shows the relay signs of life without being told to', async () => {
    const ada = await come()
    ada.say({ type: 'ping', nonce: 1 })
    // Somebody who is silent, and came later, is found out.
    const silent = await LineClient.stream(url().replace('ws', 'http'))
    await soon(
      'it is closed',
      silent.until(() => silent.closed !== null),
    )
    expect(silent.closed?.code).toBe(1013)
    ada.say({ type: 'ping', nonce: 2 })
    await soon(
      'it is still there',
      ada.until(() => ada.pongs.length === 2),
    )
    expect(ada.log).toEqual([['open', 'kolam.1']])
  })

  async function sessions(count: number): Promise<void> {
    while (server.relay.stats.sessions !== count) await new Promise(setImmediate)
  }
})
