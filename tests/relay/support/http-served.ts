/** A relay behind a port that serves lines over HTTP, with the door's clock in the test's hand. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualClock, systemClock, systemRandom } from '@kolam/base'
import { type Limits, Relay } from '@kolam/relay'
import { serveHttp, type HttpService } from '@kolam/relay/http'
import { ScriptedStore } from '@kolam/relay/testing'
import { serveWebSocket, type WebSocketOptions, type WebSocketService } from '@kolam/relay/ws'
import { onTestFinished } from 'vitest'
import { yjsDocuments } from './yjs-documents.ts'

/** What a test may want to have otherwise. */
export interface HttpServedOptions extends Partial<Omit<WebSocketOptions, 'server' | 'relay'>> {
  readonly limits?: Partial<Limits>
}

/** What is served. */
export interface HttpServed {
  readonly relay: Relay
  readonly store: ScriptedStore
  readonly service: WebSocketService
  readonly lines: HttpService
  readonly port: number
  /** Where the document is. */
  readonly url: string
  /** The door's time and that of the lines: it stands still until a test says so. The relay's goes on. */
  readonly clock: ManualClock
}

/** Serves until the test that is running ends. */
export async function serveLines({ limits, ...door }: HttpServedOptions = {}): Promise<HttpServed> {
  const store = new ScriptedStore()
  const ports = { clock: systemClock, random: systemRandom, documents: yjsDocuments }
  const relay = new Relay({ ...ports, store, ...(limits ? { limits } : {}) })
  const server = createServer()
  const clock = new ManualClock(1_000_000)
  const service = serveWebSocket({ server, relay, clock, ...door })
  const lines = serveHttp({ door: service.door })
  server.on('request', (request, response) => {
    if (!lines.answer(request, response)) response.writeHead(404, 'Not a line').end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  onTestFinished(async () => {
    await relay.close({ graceMs: 100 })
    service()
    lines()
    server.closeAllConnections()
    server.close()
  })
  return { relay, store, service, lines, port, url: `http://127.0.0.1:${port}/sync/doc`, clock }
}
