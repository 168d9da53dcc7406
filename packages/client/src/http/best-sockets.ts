/**
 * Which way to go: WebSocket, and lines over HTTP where no WebSocket opens. On such a line a WebSocket is tried on the
 * side now and then; when one works the line ends, and the client comes back by WebSocket.
 */

import { Backoff, type Clock, type Random } from '@kolam/base'
import type { OpenSocket, Socket } from '../socket.ts'
import { WebSocketProbe } from './probe.ts'
import { type HttpTiming, httpTimingOf } from './timing.ts'
import { watched } from './watched.ts'

/** What was learnt about WebSockets, for as long as its owner lives. */
export interface BestMemory {
  /** WebSockets in a row that never opened. */
  failures: number
}

/** What the choice stands on. */
export interface BestSocketsOptions {
  readonly clock: Clock
  readonly random: Random
  readonly openWebSocket: OpenSocket
  readonly openHttp: OpenSocket
  readonly memory?: BestMemory
  readonly timing?: Partial<HttpTiming>
}

/** Codes that say nothing: nobody was reached. */
const GONE = 1006
/** A line ends because there is a better one. */
const GOING_AWAY = 1001

/** Opens the best socket there is. */
export class BestSockets {
  readonly #options: BestSocketsOptions
  readonly #timing: HttpTiming
  readonly #memory: BestMemory
  readonly #backoff: Backoff
  /** Of the line that is open, where that is one over HTTP. */
  #probe: WebSocketProbe | null = null

  constructor(options: BestSocketsOptions) {
    this.#options = options
    this.#memory = options.memory ?? { failures: 0 }
    const timing = httpTimingOf(options.timing)
    this.#timing = timing
    this.#backoff = new Backoff({
      firstMs: timing.probeFirstMs,
      baseMs: timing.probeBaseMs,
      capMs: timing.probeCapMs,
      random: options.random,
    })
  }

  /** Begins to open a socket. */
  readonly open: OpenSocket = (url, protocols) => {
    const isBlocked = this.#memory.failures >= this.#timing.webSocketTries
    return isBlocked ? this.#overHttp(url, protocols) : this.#overWebSocket(url, protocols)
  }

  /** The network has changed: what did not get through may do so now. */
  wentOnline(): void {
    this.#backoff.reset()
    this.#probe?.now()
  }

  #overWebSocket(url: string, protocols: string[]): Socket {
    const failed = () => {
      this.#memory.failures += 1
    }
    try {
      return watched(this.#options.openWebSocket(url, protocols), {
        opened: () => {
          this.#memory.failures = 0
        },
        ended: (code, hadOpened) => {
          // Its owner may have changed its mind, which says nothing about the way.
          if (!hadOpened && code !== 1000) failed()
        },
      })
    } catch (error) {
      failed()
      throw error
    }
  }

  #overHttp(url: string, protocols: string[]): Socket {
    const socket: Socket = watched(this.#options.openHttp(url, protocols), {
      opened: () => this.#look(url, protocols, socket),
      ended: (code, hadOpened) => {
        this.#probe?.stop()
        this.#probe = null
        // Perhaps nothing is to be reached at all, and the next that is will be a WebSocket.
        if (!hadOpened && code === GONE) this.#memory.failures = this.#timing.webSocketTries - 1
      },
    })
    return socket
  }

  /** Looks out for a WebSocket as long as the line is there. */
  #look(url: string, protocols: string[], socket: Socket): void {
    const { clock, openWebSocket } = this.#options
    this.#probe = new WebSocketProbe({
      clock,
      backoff: this.#backoff,
      limitMs: this.#timing.probeMs,
      open: () => openWebSocket(url, protocols),
      works: () => this.#moveOver(socket),
    })
  }

  /** What was sent and not answered is settled by the handshake of the next line. */
  #moveOver(socket: Socket): void {
    this.#memory.failures = 0
    const { handlers } = socket
    socket.close(GOING_AWAY, '')
    handlers?.onclose(GOING_AWAY, '')
  }
}
