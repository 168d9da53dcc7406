/** A relay behind a real port, for one test. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ManualClock, systemClock, systemRandom } from '@kolam/base'
import { MemoryStore } from '@kolam/persistence'
import { onTestFinished } from 'vitest'
import type { Limits } from '../../limits.ts'
import { Relay } from '../../relay.ts'
import { toyDocuments } from '../../testing/index.ts'
import { handshakeServerOptions } from '../server-options.ts'
import { serveWebSocket, type WebSocketOptions, type WebSocketService } from '../serve.ts'

/** What a test may want to have otherwise. */
export interface ServedOptions extends Partial<Omit<WebSocketOptions, 'server' | 'relay'>> {
  readonly limits?: Partial<Limits>
}

/** What is served. */
export interface Served {
  readonly server: Server
  readonly relay: Relay
  readonly store: MemoryStore
  readonly service: WebSocketService
  readonly port: number
  /** As in `127.0.0.1:1234`. */
  readonly host: string
  /** Where documents are, with a slash at its end. */
  readonly url: string
  /** The door's time: it stands still until a test says so. The relay's goes on. */
  readonly clock: ManualClock
}

/** Serves until the test that is running ends. */
export async function serve({ limits = {}, ...options }: ServedOptions = {}): Promise<Served> {
  const store = new MemoryStore()
  const ports = { clock: systemClock, random: systemRandom, documents: toyDocuments }
  // The refused hear it at once, unless a test is about that.
  const relay = new Relay({ ...ports, store, limits: { refusalsWaitingMax: 0, ...limits } })
  const server = createServer(handshakeServerOptions(relay.limits))
  const clock = new ManualClock(1_000_000)
  const service = serveWebSocket({ server, relay, clock, ...options })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  onTestFinished(async () => {
    await relay.close({ graceMs: 100 })
    service()
    server.closeAllConnections()
    server.close()
  })
  return { server, relay, store, service, port, host, url: `ws://${host}/sync/`, clock }
}
