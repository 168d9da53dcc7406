/**
 * A `ws` connection as a peer of the relay. Frames are written to the socket itself: `ws` writes there too (pong,
 * close), each time a whole frame in one turn and never later, since nothing is ever sent compressed; so the two never
 * mix.
 */
import type { Duplex } from 'node:stream'
import type { Disposer } from '@kolam/base'
import { LIMITS, SUBPROTOCOL } from '@kolam/protocol'
import { WebSocket } from 'ws'
import type { Peer } from '../peer.ts'
import type { Refusals } from './refusals.ts'
import { webSocketWire } from './wire.ts'

/** What a peer is made of. */
export interface PeerParts {
  readonly webSocket: WebSocket
  readonly socket: Duplex
  readonly refusals: Refusals
}

/** One WebSocket. Everything it is asked after its end is ignored. */
export class WebSocketPeer implements Peer {
  readonly wire = webSocketWire
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  readonly #refusals: Refusals
  #isIn = false
  #isEnding = false
  #cancelClose: Disposer | null = null

  constructor({ webSocket, socket, refusals }: PeerParts) {
    this.#webSocket = webSocket
    this.#socket = socket
    this.#refusals = refusals
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength
  }

  write(frames: Uint8Array): void {
    if (this.#isOpen && this.#socket.writable) this.#socket.write(frames)
  }

  ping(): void {
    if (this.#isOpen) this.#webSocket.ping()
  }

  pause(): void {
    if (this.#isOpen) this.#webSocket.pause()
  }

  resume(): void {
    if (this.#isOpen) this.#webSocket.resume()
  }

  /** From here on a close is no refusal. */
  letIn(): void {
    this.#isIn = true
  }

  /** The refused hear it a little later, unless their client is known to take it to heart. */
  close(code: number, reason: string): void {
    if (!this.#isOpen) return
    this.#isEnding = true
    if (this.#isIn || this.#webSocket.protocol === SUBPROTOCOL) return this.#close(code, reason)
    this.#webSocket.pause()
    this.#cancelClose = this.#refusals.later(() => this.#close(code, reason))
  }

  /** The connection is gone. */
  closed(): void {
    this.#cancelClose?.()
  }

  #close(code: number, reason: string): void {
    this.#webSocket.close(code, cut(reason, LIMITS.closeReasonBytesMax))
    this.#webSocket.resume() // or its answer would not be read
  }

  get #isOpen(): boolean {
    return !this.#isEnding && this.#webSocket.readyState === WebSocket.OPEN
  }
}

/** As much of the text as fits, without half a character at its end. */
function cut(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  return new TextDecoder().decode(bytes.subarray(0, bytesMax), { stream: true })
}
