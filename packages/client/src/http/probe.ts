/** Tries a WebSocket on the side, again and again, until one brings a message: only that shows that it gets through. */

import type { Backoff, Clock, Disposer } from '@kolam/base'
import type { Socket } from '../socket.ts'

/** What a probe needs. */
export interface ProbePort {
  readonly clock: Clock
  readonly backoff: Backoff
  /** How long one try may take. */
  readonly limitMs: number
  open(): Socket
  /** One works; it has been closed again. */
  works(): void
}

/** Tries until one works or nobody wants to know. */
export class WebSocketProbe {
  readonly #port: ProbePort
  #socket: Socket | null = null
  #cancel: Disposer

  constructor(port: ProbePort) {
    this.#port = port
    this.#cancel = this.#later()
  }

  /** Tries at once, unless it is trying. */
  now(): void {
    if (this.#socket) return
    this.#cancel()
    this.#try()
  }

  stop(): void {
    this.#cancel()
    this.#letGo()
  }

  #later(): Disposer {
    return this.#port.clock.after(this.#port.backoff.nextMs(), () => this.#try())
  }

  #try(): void {
    this.#cancel = this.#port.clock.after(this.#port.limitMs, () => this.#failed())
    try {
      this.#socket = this.#port.open()
    } catch {
      return this.#failed()
    }
    this.#socket.handlers = {
      onopen() {},
      onmessage: () => {
        this.stop()
        this.#port.works()
      },
      onclose: () => this.#failed(),
    }
  }

  #failed(): void {
    this.stop()
    this.#cancel = this.#later()
  }

  #letGo(): void {
    const socket = this.#socket
    this.#socket = null
    if (!socket) return
    socket.handlers = null
    socket.close(1000, '')
  }
}
