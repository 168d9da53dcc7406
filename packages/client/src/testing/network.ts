/** A network between clients and a relay on one manual clock: seeded delays, order kept, lines that are cut. */

import type { ManualClock, Random } from '@kolam/base'
import type { OpenSocket, Socket, SocketHandlers } from '../socket.ts'

/** The relay's end of a line. */
export interface Peer {
  send(frame: Uint8Array): void
  close(code: number): void
}

/** What a relay does with a line. */
export interface Host {
  /** Returns null to refuse the line. */
  connect(
    peer: Peer,
    protocols: string[],
  ): { protocol: string; receive(frame: Uint8Array): void; closed(): void } | null
}

const DELAY_MS_MAX = 40

/** Opens sockets to a host. */
export class Network {
  readonly #clock: ManualClock
  readonly #random: Random
  readonly #cuts = new Set<() => void>()

  constructor(clock: ManualClock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  /** Cuts a line picked at random: what is under way is lost on both sides. */
  cutOne(): void {
    const cuts = [...this.#cuts]
    cuts[Math.floor(this.#random() * cuts.length)]?.()
  }

  /** Cuts every line. */
  cutAll(): void {
    for (const cut of this.#cuts) cut()
  }

  /** Opens sockets to that host. */
  socketsTo(host: Host): OpenSocket {
    return (_, protocols) => this.#open(host, protocols)
  }

  #open(host: Host, protocols: string[]): Socket {
    let alive = true
    let lastUpMs = 0
    let lastDownMs = 0
    let session: ReturnType<Host['connect']> = null
    const up = (run: () => void) => {
      lastUpMs = this.#later(lastUpMs, () => alive && run())
    }
    const down = (run: (handlers: SocketHandlers) => void) => {
      lastDownMs = this.#later(lastDownMs, () => alive && socket.handlers && run(socket.handlers))
    }
    const end = (code: number) => {
      if (!alive) return
      alive = false
      this.#cuts.delete(cut)
      session?.closed()
      this.#later(0, () => socket.handlers?.onclose(code, ''))
    }
    const cut = () => end(1006)
    const socket: Socket = {
      handlers: null,
      bufferedAmount: 0,
      send: (bytes) => {
        const copy = bytes.slice()
        up(() => session?.receive(copy))
      },
      close: (code) => up(() => end(code)),
    }
    this.#cuts.add(cut)
    up(() => {
      const peer: Peer = {
        send: (frame) => down((handlers) => handlers.onmessage(frame.slice())),
        close: (code) => down(() => end(code)),
      }
      let accepted = false
      down((handlers) => accepted && session && handlers.onopen(session.protocol))
      session = host.connect(peer, protocols)
      accepted = session !== null
      if (!session) end(1006)
    })
    return socket
  }

  /** Runs after a random delay, but not before what was sent before. */
  #later(afterMs: number, run: () => void): number {
    const atMs = Math.max(afterMs, this.#clock.now() + this.#random() * DELAY_MS_MAX)
    this.#clock.after(atMs - this.#clock.now(), run)
    return atMs
  }
}
