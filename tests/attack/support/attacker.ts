/** A WebSocket connection whose frames are sound and whose messages need not be. */
import { once } from 'node:events'
import { decodeMessage, encodeMessage, type Message } from '@kolam/protocol'
import { type ClientOptions, WebSocket } from 'ws'
import { DOCUMENT, type Guest } from './scene.ts'
import type { Target } from './target.ts'

/** How to come in. */
export interface Entrance {
  readonly id?: string
  readonly protocols?: readonly string[]
  readonly options?: ClientOptions
}

export class Attacker implements Guest {
  readonly socket: WebSocket
  /** Every frame that came. */
  readonly frames: Uint8Array[] = []
  /** The code it was closed with. */
  readonly closed: Promise<number>
  #closedWith: number | null = null
  #nonce = 0
  #wake: () => void = () => {}

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('error', () => {}) // `close` follows
    socket.on('message', (data: Buffer) => {
      this.frames.push(new Uint8Array(data))
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      socket.on('close', (code) => {
        this.#closedWith = code
        this.#wake()
        resolve(code)
      })
    })
  }

  /** Comes in, to the honest document unless it is said otherwise. */
  static async open(target: Target, entrance: Entrance = {}): Promise<Attacker> {
    const { id = DOCUMENT, protocols = [], options = {} } = entrance
    const socket = new WebSocket(`${target.url}/${id}`, [...protocols], options)
    const attacker = new Attacker(socket)
    await once(socket, 'open')
    return attacker
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN
  }

  /** The messages that came, of some kinds. */
  of<Type extends Message['type']>(...types: Type[]): Extract<Message, { type: Type }>[] {
    return this.frames.flatMap((frame) => {
      const decoded = decodeMessage(frame)
      if (!decoded.ok) throw new Error(`The relay sent what is no message: ${decoded.reason}`)
      return types.some((type) => type === decoded.message.type)
        ? [decoded.message as Extract<Message, { type: Type }>]
        : []
    })
  }

  /** Sends frames as they are, as long as the line lives. */
  send(...frames: readonly Uint8Array[]): void {
    for (const frame of frames) {
      if (this.isOpen) this.socket.send(frame)
    }
  }

  say(...messages: readonly Message[]): void {
    this.send(...messages.map(encodeMessage))
  }

  /** Resolves when what came is enough, or nothing more can come. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough() && this.#closedWith === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** What came of everything sent so far: the code it was closed with, or null where the line lives. */
  async outcome(): Promise<number | null> {
    const nonce = ++this.#nonce
    this.say({ type: 'ping', nonce })
    await this.until(() => this.of('pong').some((pong) => pong.nonce === nonce))
    return this.#closedWith
  }

  leave(): void {
    this.socket.terminate()
  }
}
