import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualClock } from '@kolam/base'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { limitsOf } from '../limits.ts'
import type { Session } from '../peer.ts'
import { attach } from './attach.ts'
import { WebSocketPeer } from './peer.ts'
import { Refusals } from './refusals.ts'

/** A session that writes down what it hears. */
class RecordingSession implements Session {
  readonly heard: string[] = []
  #wake: () => void = () => {}

  receive(frame: Uint8Array): void {
    this.#note(`frame ${frame.join()}`)
  }
  pong(): void {
    this.#note('pong')
  }
  drained(): void {
    this.#note('drained')
  }
  closed(): void {
    this.#note('closed')
  }
  end({ code }: { code: number }): void {
    this.#note(`end ${code}`)
  }
  setRole(): void {}
  suspend(): void {}
  release(): void {}

  async until(event: string): Promise<void> {
    while (!this.heard.includes(event)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #note(event: string): void {
    this.heard.push(event)
    this.#wake()
  }
}

/** Both ends of one connection. */
async function connection() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  onTestFinished(() => server.close())
  await once(server, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => client.terminate())
  const [webSocket, { socket }] = (await once(server, 'connection')) as [WebSocket, IncomingMessage]
  const clock = new ManualClock()
  const refusals = new Refusals({ clock, limits: limitsOf() })
  const peer = new WebSocketPeer({ webSocket, socket, refusals })
  const session = new RecordingSession()
  attach({ webSocket, socket }, session)
  if (client.readyState !== client.OPEN) await once(client, 'open')
  return { client, peer, session, clock, webSocket }
}

/** Resolves when the other side has read what was sent before, and so would have handed it on. */
async function roundTrip(client: WebSocket, webSocket: WebSocket): Promise<void> {
  webSocket.ping()
  await once(client, 'ping')
}

test('what is sent while reading is paused comes when it goes on, in order', async () => {
  const { client, peer, session, webSocket } = await connection()
  peer.pause()
  client.send(Buffer.of(1))
  client.send(Buffer.of(2))
  await roundTrip(client, webSocket)
  expect(session.heard).toEqual([])
  peer.resume()
  await session.until('frame 2')
  expect(session.heard.filter((event) => event.startsWith('frame'))).toEqual(['frame 1', 'frame 2'])
})

test('a session hears when what was written is taken, until its end', async () => {
  const { client, peer, session } = await connection()
  peer.letIn()
  client.pause()
  // More than the network between the two takes by itself.
  for (let i = 0; i < 64; i++) peer.write(peer.wire.frame([new Uint8Array(1024 * 1024)]))
  expect([peer.bufferedBytes > 0, session.heard]).toEqual([true, []])
  client.resume()
  await session.until('drained')
  expect(peer.bufferedBytes).toBe(0)
  client.close()
  await session.until('closed')
})

test('text and signs of life are heard', async () => {
  const { client, peer, session } = await connection()
  client.send('hello')
  await session.until('end 4400')
  client.ping()
  await session.until('pong')
  peer.ping()
  await once(client, 'ping')
  expect(session.heard).toEqual(['end 4400', 'pong'])
})

test('[H16] one that is closed while it is not read hears it, and its answer is read', async () => {
  const { client, peer, session } = await connection()
  peer.letIn()
  peer.pause()
  client.send(Buffer.of(1))
  peer.close(1013, 'Not now')
  const [code, reason] = (await once(client, 'close')) as [number, Buffer]
  expect([code, reason.toString()]).toEqual([1013, 'Not now'])
  await session.until('closed')
})

test('[H3] what is asked of it between the refusal and the close is ignored', async () => {
  const { client, peer, session, clock, webSocket } = await connection()
  const heard: string[] = []
  client.on('message', () => heard.push('message'))
  client.on('pong', () => heard.push('pong'))
  peer.close(4401, 'Who?')
  client.ping()
  client.send(Buffer.of(1))
  for (let i = 0; i < 3; i++) await roundTrip(client, webSocket)
  expect(session.heard).toEqual([])
  client.on('ping', () => heard.push('ping'))
  peer.close(4403, 'No!')
  peer.write(peer.wire.frame([Uint8Array.of(1)]))
  peer.ping()
  peer.resume()
  expect(clock.pending).toBe(1)
  clock.advance(1000)
  const [code] = (await once(client, 'close')) as [number]
  expect([code, heard]).toEqual([4401, []])
})

test('after its end it ignores everything', async () => {
  const { client, peer, session, clock } = await connection()
  client.terminate()
  await session.until('closed')
  peer.write(peer.wire.frame([Uint8Array.of(1)]))
  peer.ping()
  peer.pause()
  peer.resume()
  peer.close(1013, 'Gone')
  peer.closed()
  expect([peer.bufferedBytes, clock.pending]).toEqual([0, 0])
})
