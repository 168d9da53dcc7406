/** A peer that writes down what happens to it, on a wire that can be read back. */
import { decodeMessage, encodeMessage, type Message } from '@kolam/protocol'
import type { Peer, Session, Wire } from '../peer.ts'

/** Each message after its length in four bytes. */
export const memoryWire: Wire = { frame: (messages) => concat(messages.map(withLength)) }

/** The messages of what `memoryWire` framed. */
export function messagesOf(frames: Uint8Array): Message[] {
  const messages: Message[] = []
  const view = new DataView(frames.buffer, frames.byteOffset, frames.length)
  for (let at = 0; at < frames.length;) {
    const length = view.getUint32(at)
    const decoded = decodeMessage(frames.slice(at + 4, at + 4 + length))
    if (!decoded.ok) throw new Error(`The relay sent what is no message: ${decoded.reason}`)
    messages.push(decoded.message)
    at += 4 + length
  }
  return messages
}

/** Records writes, pings and the close; answers nothing by itself. */
export class RecordingPeer implements Peer {
  readonly wire: Wire
  /** What the network pretends not to have taken yet. */
  bufferedBytes = 0
  readonly writes: Uint8Array[] = []
  pings = 0
  /** Whether the relay stopped reading. */
  isPaused = false
  ending: { readonly code: number; readonly reason: string } | null = null
  #session: Session | null = null

  constructor(wire: Wire = memoryWire) {
    this.wire = wire
  }

  /** Whose turn it is to hear `say()`. */
  set session(session: Session) {
    this.#session = session
  }

  get closedWith(): number | null {
    return this.ending?.code ?? null
  }

  /** Every message so far. */
  get messages(): Message[] {
    return this.writes.flatMap(messagesOf)
  }

  /** The messages of some kinds. */
  of<Type extends Message['type']>(...types: Type[]): Extract<Message, { type: Type }>[] {
    return this.messages.filter((message): message is Extract<Message, { type: Type }> =>
      types.some((type) => type === message.type),
    )
  }

  /** Forgets what was written. */
  clear(): void {
    this.writes.length = 0
  }

  /** Sends messages to the relay, one frame each. */
  say(...messages: Message[]): void {
    for (const message of messages) this.#session?.receive(encodeMessage(message))
  }

  write(frames: Uint8Array): void {
    this.writes.push(frames)
  }

  ping(): void {
    this.pings += 1
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  close(code: number, reason: string): void {
    this.ending ??= { code, reason }
  }
}

function withLength(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(4 + message.length)
  new DataView(framed.buffer).setUint32(0, message.length)
  framed.set(message, 4)
  return framed
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
