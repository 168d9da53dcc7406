/** A relay on a real port, with the server's own document functions and a store in memory. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemRandom } from '@kolam/base'
import { MemoryStore } from '@kolam/persistence'
import { type Limits, type Log, Relay } from '@kolam/relay'
import { handshakeServerOptions, serveWebSocket, type WebSocketOptions } from '@kolam/relay/ws'
import { createDocuments } from '@kolam/server/src/documents/functions.ts'
import { JobPool } from '@kolam/server/src/documents/job-pool.ts'
import { CountingClock } from './counting-clock.ts'
import { type Fullness, partsOf, type Target } from './target.ts'

/** What a test sets otherwise than the defaults. */
export interface RelayTargetOptions extends Pick<WebSocketOptions, 'authorize'> {
  readonly limits?: Partial<Limits>
}

/** How the ids of documents begin that only attackers edit: what they make of those is theirs. */
export const ABANDONED = 'abandoned-'

/** Rooms that nobody uses go soon, so that a test can see them go. */
const UNLOAD_MS = 20

const THREADS = 2

export class RelayTarget implements Target {
  readonly relay: Relay
  readonly store = new MemoryStore()
  /** Every update that was stored, in order, by document. */
  readonly committed = new Map<string, Uint8Array[]>()
  readonly faults: string[] = []
  readonly unloadsSoon = true
  readonly #server: Server
  readonly #clock = new CountingClock()
  readonly #pool = new JobPool({ clock: this.#clock, threads: THREADS })
  readonly #unserve: () => void
  #stopping: Promise<void> | null = null

  private constructor({ limits, ...admission }: RelayTargetOptions) {
    const log = faultLog(this.faults)
    this.relay = new Relay({
      store: this.store,
      documents: createDocuments(this.#pool),
      clock: this.#clock,
      random: systemRandom,
      limits: { unloadMs: UNLOAD_MS, ...limits },
      log,
      hooks: { committed: (id, updates) => this.#committed(id, updates) },
    })
    this.#server = createServer(handshakeServerOptions(this.relay.limits))
    this.#unserve = serveWebSocket({
      server: this.#server,
      relay: this.relay,
      clock: this.#clock,
      log,
      ...admission,
    })
  }

  /** Starts on any free port. */
  static async start(options: RelayTargetOptions = {}): Promise<RelayTarget> {
    const target = new RelayTarget(options)
    target.#server.listen(0, '127.0.0.1')
    await once(target.#server, 'listening')
    return target
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/sync`
  }

  get timers(): number {
    return this.#clock.pending
  }

  async fullness(): Promise<Fullness> {
    return this.relay.stats
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async stored(id: string): Promise<Uint8Array[]> {
    return partsOf(await this.store.open(id))
  }

  async forget(): Promise<void> {}

  async #stop(): Promise<void> {
    await this.relay.close({ graceMs: 500 })
    this.#unserve()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await this.#pool.close()
  }

  #committed(id: string, updates: readonly Uint8Array[]): void {
    const all = this.committed.get(id)
    if (all) all.push(...updates)
    else this.committed.set(id, [...updates])
  }
}

/** Only what the relay calls an error is a fault, and not what it says of a document that attackers have to themselves. */
function faultLog(faults: string[]): Log {
  return {
    debug() {},
    info() {},
    warn() {},
    error: (event, details) => {
      const text = `${event} ${JSON.stringify(details)}`
      if (!text.includes(`"document":"${ABANDONED}`)) faults.push(text)
    },
  }
}
