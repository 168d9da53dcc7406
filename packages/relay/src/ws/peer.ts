/**
 * A `ws` connection as a peer of the relay. Frames are written to the socket itself: `ws` writes there too (pong,
 * close), each time a whole frame in one turn and, without compression, never later, so the two never mix.
 */
import type { Duplex } from 'node:stream'
import { LIMITS } from '@kolam/protocol'
import { WebSocket } from 'ws'
import type { Peer } from '../peer.ts'
import { webSocketWire } from './wire.ts'

/** One WebSocket. Everything it is asked after its end is ignored. */
export class WebSocketPeer implements Peer {
  readonly wire = webSocketWire
  readonly #webSocket: WebSocket
  readonly #socket: Duplex

  constructor(webSocket: WebSocket, socket: Duplex) {
    this.#webSocket = webSocket
    this.#socket = socket
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

  close(code: number, reason: string): void {
    if (this.#isOpen) this.#webSocket.close(code, cut(reason, LIMITS.closeReasonBytesMax))
  }

  get #isOpen(): boolean {
    return this.#webSocket.readyState === WebSocket.OPEN
  }
}

/** As much of the text as fits, without half a character at its end. */
function cut(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  return new TextDecoder().decode(bytes.subarray(0, bytesMax), { stream: true })
}
