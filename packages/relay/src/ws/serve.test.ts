import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { systemClock, systemRandom } from '@kolam/base'
import { MemoryStore } from '@kolam/persistence'
import { decodeMessage, encodeMessage, type Message } from '@kolam/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { Relay } from '../relay.ts'
import {
  edit,
  editing,
  gate,
  NOTHING,
  presence,
  toyContent,
  toyDocuments,
  toyUpdate,
} from '../testing/index.ts'
import { serveWebSocket, type WebSocketOptions } from './serve.ts'

const cleanups: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

interface Served {
  readonly server: Server
  readonly relay: Relay
  readonly store: MemoryStore
  readonly url: string
  readonly host: string
}

async function serve(options: Partial<WebSocketOptions> = {}): Promise<Served> {
  const store = new MemoryStore()
  const relay = new Relay({
    store,
    documents: toyDocuments,
    clock: systemClock,
    random: systemRandom,
  })
  const server = createServer()
  const stop = serveWebSocket({ server, relay, ...options })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  cleanups.push(async () => {
    await relay.close({ graceMs: 100 })
    stop()
    server.closeAllConnections()
    server.close()
  })
  return { server, relay, store, url: `ws://${host}/sync/`, host }
}

/** A client that keeps what it hears. */
class Client {
  readonly socket: WebSocket
  readonly messages: Message[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  #wake: () => void = () => {}

  constructor(url: string, protocols: string[] = [], options: ClientOptions = {}) {
    this.socket = new WebSocket(url, protocols, options)
    this.socket.on('message', (data: Buffer) => {
      const decoded = decodeMessage(new Uint8Array(data))
      if (!decoded.ok) throw new Error(decoded.reason)
      this.messages.push(decoded.message)
      this.#wake()
    })
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    cleanups.push(() => this.socket.terminate())
  }

  static async open(url: string, protocols?: string[], options?: ClientOptions): Promise<Client> {
    const client = new Client(url, protocols, options)
    await once(client.socket, 'open')
    return client
  }

  of<Type extends Message['type']>(...types: Type[]): Extract<Message, { type: Type }>[] {
    return this.messages.filter((message): message is Extract<Message, { type: Type }> =>
      types.some((type) => type === message.type),
    )
  }

  say(...messages: Message[]): void {
    for (const message of messages) this.socket.send(encodeMessage(message))
  }

  /** Resolves when what was heard is enough. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

describe('serveWebSocket', () => {
  test('an edit goes to the disk, and back to everybody in the room', async () => {
    const { url, store } = await serve()
    const [ada, bob, cleo] = [
      await Client.open(`${url}doc`),
      await Client.open(`${url}doc?token=1`, ['kolam.1']),
      await Client.open(`${url}other`),
    ]
    ada.say(
      { type: 'step1', stateVector: NOTHING },
      editing(1, 0),
      editing(1, 1),
      editing(1, 2, 70_000),
    )
    bob.say(editing(2, 0), presence([7, 1, 'bob']))
    await ada.until(() => ada.of('update').length === 4 && ada.of('awareness').length > 0)
    await bob.until(() => bob.of('update').length === 4)
    const { updates } = await store.open('doc')
    expect(updates).toHaveLength(4)
    expect(toyContent(...updates)).toEqual(
      toyContent(...ada.of('update').map(({ update }) => update)),
    )
    expect(cleo.of('update')).toEqual([])
    expect([ada.socket.protocol, bob.socket.protocol]).toEqual(['', 'kolam.1'])
  })

  test('a document of many kilobytes arrives in one piece', async () => {
    const { url, relay } = await serve()
    const structs = Array.from({ length: 60_000 }, (_, client) => ({
      client,
      clock: 0,
      length: 1,
    }))
    const update = toyUpdate({ structs })
    await relay.apply('doc', update, '')
    const ada = await Client.open(`${url}doc`)
    ada.say({ type: 'step1', stateVector: NOTHING })
    await ada.until(() => ada.of('step2').length === 1)
    expect(Buffer.compare(ada.of('step2')[0]!.update, update)).toBe(0)
  })

  test('what comes with the upgrade itself is not lost', async () => {
    const { host, store } = await serve()
    const socket = connect(Number(host.split(':')[1]), '127.0.0.1')
    cleanups.push(() => void socket.destroy())
    const message = encodeMessage(editing(1, 0))
    const head = [
      'GET /sync/doc HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n')
    const frame = Buffer.from([0x82, 0x80 | message.length, 0, 0, 0, 0, ...message])
    socket.write(Buffer.concat([Buffer.from(head), frame]))
    const bob = await Client.open(`ws://${host}/sync/doc`)
    await bob.until(() => bob.of('update', 'step1').length > 0)
    bob.say({ type: 'step1', stateVector: NOTHING })
    const updates = async () => (await store.open('doc')).updates
    while ((await updates()).length === 0) await new Promise(setImmediate)
    expect(await updates()).toEqual([edit(1, 0)])
  })

  test.each(['', '%', 'a%2Fb', 'a/b', '%252f', 'x'.repeat(129)])(
    '[L9] the id "%s" is accepted and closed with 4404',
    async (id) => {
      const { url } = await serve()
      const { code, reason } = await new Client(url + id).closed
      expect(code).toBe(4404)
      expect(reason).not.toBe('')
    },
  )

  test('an id is decoded once', async () => {
    const { url, store } = await serve()
    const ada = await Client.open(`${url}%64oc`)
    ada.say(editing(1, 0))
    await ada.until(() => ada.of('update').length === 1)
    expect((await store.open('doc')).updates).toHaveLength(1)
  })

  test('pages of other sites are accepted and closed with 4403', async () => {
    const { url, host } = await serve({ origins: ['https://friend.example'] })
    const from = (origin: string) => new Client(`${url}doc`, [], { origin })
    for (const origin of ['http://evil.example', 'null', `http://${host}.evil.example`]) {
      expect((await from(origin).closed).code).toBe(4403)
    }
    for (const origin of [`http://${host}`, 'https://friend.example']) {
      const client = from(origin)
      await client.until(() => client.messages.length > 0)
      expect(client.messages[0]!.type).toBe('step1')
    }
  })

  test('a browser that offers other subprotocols gets one of them', async () => {
    const { url } = await serve()
    const ada = await Client.open(`${url}doc`, ['other', 'more'])
    expect(ada.socket.protocol).toBe('other')
    const bob = await Client.open(`${url}doc`, ['other', 'kolam.1'])
    expect(bob.socket.protocol).toBe('kolam.1')
  })

  test('who may come in is asked', async () => {
    const { url } = await serve({
      authorize: async (request, id) => {
        if (request.url?.includes('token=broken')) throw new Error('no database')
        return { ok: false, code: 4401, reason: `Who wants ${id}?` }
      },
    })
    expect(await new Client(`${url}doc`).closed).toEqual({ code: 4401, reason: 'Who wants doc?' })
    expect((await new Client(`${url}doc?token=broken`).closed).code).toBe(1013)
  })

  test('what is sent before it is known by whom waits', async () => {
    const known = gate()
    const { url } = await serve({
      authorize: async (request) => {
        if (request.url?.includes('token=ada')) await known.passed
        return { ok: true, role: 'viewer', person: 'somebody' }
      },
    })
    const ada = await Client.open(`${url}doc?token=ada`, ['kolam.1'])
    ada.say(editing(1, 0), { type: 'ping', nonce: 3 })
    const bob = await Client.open(`${url}doc?token=bob`, ['kolam.1'])
    for (let nonce = 0; nonce < 5; nonce++) {
      bob.say({ type: 'ping', nonce })
      await bob.until(() => bob.of('pong').length === nonce + 1)
    }
    expect(ada.messages).toEqual([])
    known.open()
    await ada.until(() => ada.of('pong').length === 1 && ada.of('auth').length === 1)
    expect(ada.of('update')).toEqual([])
  })

  test('[S1] text is closed with 4400', async () => {
    const { url } = await serve()
    const ada = await Client.open(`${url}doc`)
    ada.socket.send('hello')
    expect((await ada.closed).code).toBe(4400)
  })

  test('[L1] a frame over the limit is closed with 1009', async () => {
    const { url } = await serve({ frameBytesMax: 1000 })
    const [ada, bob] = [await Client.open(`${url}doc`), await Client.open(`${url}doc`)]
    ada.socket.send(Buffer.alloc(1001))
    expect((await ada.closed).code).toBe(1009)
    bob.say(editing(1, 0))
    await bob.until(() => bob.of('update').length === 1)
  })

  test('a reason that is too long is cut', async () => {
    const reason = 'ä'.repeat(100)
    const { url } = await serve({ authorize: () => ({ ok: false, code: 4403, reason }) })
    expect(await new Client(`${url}doc`).closed).toEqual({ code: 4403, reason: 'ä'.repeat(61) })
  })

  test('a session ends with its socket', async () => {
    const { url, relay } = await serve()
    const [ada, bob] = [await Client.open(`${url}doc`), await Client.open(`${url}doc`)]
    bob.say(presence([7, 1, 'bob']))
    await ada.until(() => ada.of('awareness').length === 1)
    bob.socket.terminate()
    await ada.until(() => ada.of('awareness').length === 2)
    expect(relay.stats.sessions).toBe(1)
  })

  test('[R10] closing the relay closes the sockets with 1012', async () => {
    const { url, relay } = await serve()
    const ada = await Client.open(`${url}doc`, ['kolam.1'])
    await ada.until(() => ada.messages.length > 0)
    await relay.close()
    expect((await ada.closed).code).toBe(1012)
    expect(ada.of('goodbye')).toHaveLength(1)
  })

  test('other paths are refused where nobody serves them, and left alone where somebody does', async () => {
    const { host, server } = await serve()
    const [, response] = (await once(
      new WebSocket(`ws://${host}/elsewhere`).on('error', () => {}),
      'unexpected-response',
    )) as [unknown, { statusCode: number }]
    expect(response.statusCode).toBe(404)
    server.on('upgrade', (request, socket) => {
      if (request.url === '/elsewhere') socket.end('HTTP/1.1 418 Teapot\r\n\r\n')
    })
    const [, other] = (await once(
      new WebSocket(`ws://${host}/elsewhere`).on('error', () => {}),
      'unexpected-response',
    )) as [unknown, { statusCode: number }]
    expect(other.statusCode).toBe(418)
  })

  test('frames written by the relay and by ws do not mix', async () => {
    const { url } = await serve()
    const ada = await Client.open(`${url}doc`)
    let pongs = 0
    ada.socket.on('pong', () => (pongs += 1))
    for (let i = 0; i < 200; i++) {
      ada.say(editing(1, i))
      if (i % 20 === 0) ada.socket.ping(Buffer.alloc(i % 126))
      if (i % 10 === 0) await ada.until(() => ada.of('update').length > i / 2)
    }
    await ada.until(() => ada.of('update').length === 200)
    expect(pongs).toBe(10)
    expect(toyContent(...ada.of('update').map(({ update }) => update))).toHaveLength(200)
  })
})
