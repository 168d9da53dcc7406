/** A socket whose other end is in the test: what the client sent can be read, what the server says is said by hand. */

import { decodeMessage, encodeMessage, type Message } from '@kolam/protocol'
import type { Socket, SocketHandlers } from '../socket.ts'

/** The client's socket and the test's hold on it. Everything arrives at once. */
export class TestSocket implements Socket {
  handlers: SocketHandlers | null = null
  bufferedAmount = 0
  readonly sent: Message[] = []
  readonly protocols: readonly string[]
  closed: { code: number; reason: string } | null = null

  constructor(protocols: readonly string[]) {
    this.protocols = protocols
  }

  send(bytes: Uint8Array): void {
    const decoded = decodeMessage(bytes)
    if (!decoded.ok) throw new Error(`The client sent a bad frame: ${decoded.reason}`)
    this.sent.push(decoded.message)
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason }
  }

  /** The server accepts, with the subprotocol it chose. */
  accept(protocol = 'kolam.1'): void {
    this.handlers?.onopen(protocol)
  }

  /** The server says something. */
  say(message: Message): void {
    this.handlers?.onmessage(encodeMessage(message))
  }

  /** The server sends any bytes. */
  raw(...bytes: number[]): void {
    this.handlers?.onmessage(new Uint8Array(bytes))
  }

  /** The socket is gone. */
  drop(code = 1006, reason = ''): void {
    this.handlers?.onclose(code, reason)
  }

  /** What was sent since the last call, by type. */
  take<Type extends Message['type']>(type: Type): Extract<Message, { type: Type }>[] {
    const found = this.sent.filter(
      (message): message is Extract<Message, { type: Type }> => message.type === type,
    )
    this.sent.splice(0, this.sent.length, ...this.sent.filter((message) => message.type !== type))
    return found
  }
}
