/**
 * One socket from its opening to its end: frames become messages, silence and nonsense end it. After the end nothing
 * of it is heard any more, whatever its socket still says. Never reconnects and knows nothing of the document.
 */

import type { Clock, Disposer } from '@kolam/base'
import {
  type ClientMessage,
  CloseCode,
  decodeMessage,
  encodeClientMessage,
  type Message,
  SUBPROTOCOL,
} from '@kolam/protocol'
import { Heartbeat } from './heartbeat.ts'
import type { Socket } from './socket.ts'
import { BUFFERED_BYTES_MAX, type Timing } from './timing.ts'

/** Why a line ended that its server did not close. */
export type Fault = 'unreachable' | 'slow' | 'silent' | 'malformed' | 'overdue'

/** How a line ended. */
export type LineEnd =
  | { readonly by: 'server'; readonly code: number; readonly reason: string }
  | { readonly by: 'client'; readonly fault: Fault }

/**
 * Whether the server speaks kolam.1. Choosing the subprotocol is no proof, since servers on common libraries choose
 * whatever is offered; an answer to a ping is.
 */
export type Dialect = 'unknown' | 'kolam' | 'stock'

/** What the line itself does not answer. */
export type Said = Exclude<Message, { type: 'ping' | 'pong' }>

/** What a line tells its owner; nothing after ended(). */
export interface LineEvents {
  opened(): void
  message(message: Said): void
  /** The server turned out to speak one of the two. */
  dialect(dialect: 'kolam' | 'stock'): void
  /** A stock server must be made to answer something, although it answers no ping. */
  askStock(): void
  ended(end: LineEnd): void
}

/** One connection; open() once, then it lives until it ends or is closed. */
export class Line {
  readonly #clock: Clock
  readonly #timing: Timing
  readonly #events: LineEvents
  readonly #heartbeat: Heartbeat
  #phase: 'new' | 'opening' | 'open' | 'ended' = 'new'
  #socket: Socket | null = null
  #dialect: Dialect = 'unknown'
  #nonce = 0
  /** Of the one wait there is: first for the opening, then for the proof. */
  #cancel: Disposer | null = null

  constructor({ clock, timing }: { clock: Clock; timing: Timing }, events: LineEvents) {
    this.#clock = clock
    this.#timing = timing
    this.#events = events
    this.#heartbeat = new Heartbeat({
      clock,
      timing,
      ask: () => this.#ask(),
      dead: () => this.fail('silent'),
      bufferedBytes: () => this.bufferedBytes,
    })
  }

  /** What the server is known to speak. */
  get dialect(): Dialect {
    return this.#dialect
  }

  /** Bytes the network has not taken yet. */
  get bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0
  }

  /** Whether what is sent now would queue up. */
  get isFull(): boolean {
    return this.bufferedBytes > BUFFERED_BYTES_MAX
  }

  /** Opens a socket and takes it over. */
  open(openSocket: () => Socket): void {
    this.#phase = 'opening'
    try {
      this.#socket = openSocket()
    } catch {
      return this.fail('unreachable')
    }
    this.#listen(this.#socket)
    this.#in(this.#timing.connectMs, () => {
      if (this.#phase === 'opening') this.fail('slow')
    })
  }

  /** Sends a message; after the end it does nothing. */
  send(message: ClientMessage): void {
    if (this.#phase === 'open') this.#socket?.send(encodeClientMessage(message))
  }

  /** Checks that the server still answers. */
  probe(): void {
    if (this.#phase === 'open') this.#heartbeat.probe()
  }

  /** The document has arrived. */
  synced(): void {
    this.#heartbeat.synced()
  }

  /** Ends the line because of what went wrong on it, and says so. */
  fail(fault: Fault): void {
    if (this.#phase === 'ended') return
    this.#end(fault === 'malformed' ? CloseCode.BadMessage : CloseCode.Silent, fault)
    this.#events.ended({ by: 'client', fault })
  }

  /** Ends the line because its owner wants it; says nothing. */
  close(): void {
    if (this.#phase !== 'ended') this.#end(CloseCode.Normal, '')
  }

  #listen(socket: Socket): void {
    socket.handlers = {
      onopen: (protocol) => {
        if (this.#phase === 'opening') this.#opened(protocol)
      },
      onmessage: (bytes) => {
        if (this.#phase === 'open') this.#receive(bytes)
      },
      onclose: (code, reason) => {
        if (this.#phase === 'ended') return
        this.#end(null, '')
        this.#events.ended({ by: 'server', code, reason })
      },
    }
  }

  #opened(protocol: string): void {
    this.#phase = 'open'
    this.#heartbeat.heard()
    this.#heartbeat.start()
    if (protocol === SUBPROTOCOL) this.#askForProof()
    else this.#dialect = 'stock'
    this.#events.opened()
  }

  #askForProof(): void {
    this.#ping()
    this.#in(this.#timing.pongMs, () => {
      if (this.#dialect === 'unknown') this.#become('stock')
    })
  }

  #receive(bytes: Uint8Array): void {
    this.#heartbeat.heard()
    const decoded = decodeMessage(bytes)
    if (!decoded.ok) {
      // A message of a later version is not for us; anything else unreadable means the line cannot be trusted.
      if (decoded.code !== 'unknown-type') this.fail('malformed')
      return
    }
    const { message } = decoded
    if (isKolams(message)) this.#become('kolam')
    if (message.type === 'ping') return this.send({ type: 'pong', nonce: message.nonce })
    if (message.type !== 'pong') this.#events.message(message)
  }

  #become(dialect: 'kolam' | 'stock'): void {
    if (this.#dialect === dialect) return
    this.#dialect = dialect
    if (dialect === 'kolam') this.#heartbeat.answersPings()
    this.#events.dialect(dialect)
  }

  #ask(): void {
    if (this.#dialect === 'stock') this.#events.askStock()
    else this.#ping()
  }

  #ping(): void {
    this.#nonce += 1
    this.send({ type: 'ping', nonce: this.#nonce })
  }

  #in(ms: number, run: () => void): void {
    this.#cancel?.()
    this.#cancel = this.#clock.after(ms, run)
  }

  /** `code` is null when the socket is gone already. */
  #end(code: number | null, reason: string): void {
    this.#phase = 'ended'
    this.#heartbeat.stop()
    this.#cancel?.()
    const socket = this.#socket
    this.#socket = null
    if (!socket) return
    socket.handlers = null
    if (code !== null) socket.close(code, reason)
  }
}

/** Only a Kolam relay says these. */
function isKolams({ type }: Message): boolean {
  return ['ping', 'pong', 'known', 'health', 'goodbye', 'part'].includes(type)
}
