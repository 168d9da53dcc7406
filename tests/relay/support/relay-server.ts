/** A relay behind a real port, with a store in memory, that can be stopped and started again. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock, systemRandom } from '@kolam/base'
import { type Limits, Relay, type Role } from '@kolam/relay'
import { ScriptedStore } from '@kolam/relay/testing'
import { serveHttp } from '@kolam/relay/http'
import { type Admission, serveWebSocket } from '@kolam/relay/ws'
import { yjsDocuments } from './yjs-documents.ts'

/** What a test sets otherwise than the defaults. */
export interface RelayServerOptions {
  readonly limits?: Partial<Limits>
  /** As what somebody comes to a document, or the close code of who may not; everybody is an editor unless given. */
  readonly admit?: (id: string) => Role | number
}

export class RelayServer {
  /** One disk for all lives of the server; a test may hold it back. */
  readonly disk = new ScriptedStore()
  readonly store = this.disk.memory
  readonly #options: RelayServerOptions
  #server: Server | null = null
  #relay: Relay | null = null
  #unserve: () => void = () => {}
  #port = 0

  constructor(options: RelayServerOptions = {}) {
    this.#options = options
  }

  get port(): number {
    return this.#port
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/sync`
  }

  get relay(): Relay {
    if (!this.#relay) throw new Error('The relay is not running')
    return this.#relay
  }

  /** Starts on a free port, later again on the same. */
  async start(): Promise<void> {
    const { limits = {}, admit = () => 'editor' } = this.#options
    const server = createServer()
    const relay = new Relay({
      store: this.disk,
      documents: yjsDocuments,
      clock: systemClock,
      random: systemRandom,
      limits,
    })
    const stopSockets = serveWebSocket({
      server,
      relay,
      authorize: (_, id) => admissionOf(admit(id)),
    })
    const lines = serveHttp({ door: stopSockets.door })
    server.on('request', (request, response) => {
      if (!lines.answer(request, response)) response.writeHead(404).end()
    })
    this.#unserve = () => {
      stopSockets()
      lines()
    }
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    this.#relay = relay
  }

  async stop(): Promise<void> {
    await this.#relay?.close({ graceMs: 500 })
    this.#unserve()
    this.#server?.closeAllConnections()
    if (this.#server) await new Promise((resolve) => this.#server?.close(resolve))
    this.#server = null
  }
}

function admissionOf(verdict: Role | number): Admission {
  return typeof verdict === 'number'
    ? { ok: false, code: verdict, reason: 'Not you' }
    : { ok: true, role: verdict, person: '' }
}
