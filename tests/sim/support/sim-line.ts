/** One line between a client and a server: delays, order kept, and the ways in which lines end or seem not to. */
import type { Disposer, Random } from '@kolam/base'
import type { Socket, SocketHandlers } from '@kolam/client'
import type { SimClock } from './sim-clock.ts'

/** What a server does with a line; null refuses it. */
export interface LineHost {
  accept(line: ServerEnd, protocols: readonly string[]): Accepted | null
}

/** A line that was taken. */
export interface Accepted {
  readonly protocol: string
  receive(frame: Uint8Array): void
  /** The client answered a ping of the socket itself, below all messages. */
  pong(): void
  closed(): void
}

/** The server's end. */
export interface ServerEnd {
  send(frame: Uint8Array): void
  ping(): void
  close(code: number, reason: string): void
}

const DELAY_MS_MAX = 40

/** A line from its opening to its end. */
export class SimLine {
  readonly socket: Socket
  readonly #clock: SimClock
  readonly #random: Random
  readonly #gone: (line: SimLine) => void
  #session: Accepted | null = null
  #isAlive = true
  /** Nothing gets through, and nobody is told. */
  #isHole = false
  #lastUp = 0
  #lastDown = 0
  #cancelNotice: Disposer = () => {}

  constructor(
    host: LineHost,
    protocols: readonly string[],
    ports: { clock: SimClock; random: Random; gone: (line: SimLine) => void },
  ) {
    this.#clock = ports.clock
    this.#random = ports.random
    this.#gone = ports.gone
    this.socket = {
      handlers: null,
      bufferedAmount: 0,
      send: (bytes) => {
        const copy = bytes.slice()
        this.#up(() => this.#session?.receive(copy))
      },
      close: (code, reason) => {
        this.#up(() => this.#end(code, reason))
        // A client that hangs up is not kept waiting by a network that is gone.
        this.#cancelNotice = this.#clock.after(3_000, () => this.#end(1006, ''))
      },
    }
    this.#up(() => this.#open(host, protocols))
  }

  /** Both sides find out at once. */
  cut(): void {
    this.#end(1006, '')
  }

  /** Neither side finds out but by waiting. */
  swallow(): void {
    this.#isHole = true
  }

  #open(host: LineHost, protocols: readonly string[]): void {
    const end: ServerEnd = {
      send: (frame) => {
        const copy = frame.slice()
        this.#down((handlers) => handlers.onmessage(copy))
      },
      ping: () => this.#down(() => this.#up(() => this.#session?.pong())),
      close: (code, reason) => {
        this.#down(() => this.#end(code, reason))
        this.#cancelNotice = this.#clock.after(3_000, () => this.#end(1006, ''))
      },
    }
    let accepted: Accepted | null = null
    this.#down((handlers) => {
      if (accepted) handlers.onopen(accepted.protocol)
    })
    accepted = host.accept(end, protocols)
    this.#session = accepted
    if (!accepted) this.#end(1006, '')
  }

  #up(run: () => void): void {
    this.#lastUp = this.#later(this.#lastUp, run)
  }

  #down(run: (handlers: SocketHandlers) => void): void {
    this.#lastDown = this.#later(this.#lastDown, () => {
      if (this.socket.handlers) run(this.socket.handlers)
    })
  }

  /** After a random delay, but not before what was sent before. */
  #later(after: number, run: () => void): number {
    const at = Math.max(after, this.#clock.now() + this.#random() * DELAY_MS_MAX)
    this.#clock.after(at - this.#clock.now(), () => {
      if (this.#isAlive && !this.#isHole) run()
    })
    return at
  }

  #end(code: number, reason: string): void {
    if (!this.#isAlive) return
    this.#isAlive = false
    this.#cancelNotice()
    this.#gone(this)
    this.#session?.closed()
    this.#clock.after(0, () => this.socket.handlers?.onclose(code, reason))
  }
}
