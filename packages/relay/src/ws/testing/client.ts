/** A client that keeps what it hears. */
import { once } from 'node:events'
import { decodeMessage, encodeMessage, type Message } from '@kolam/protocol'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'

/** How a connection ended. */
export interface Ending {
  readonly code: number
  readonly reason: string
}

export class Client {
  readonly socket: WebSocket
  readonly messages: Message[] = []
  readonly closed: Promise<Ending>
  #wake: () => void = () => {}

  constructor(url: string, protocols: string[] = [], options: ClientOptions = {}) {
    this.socket = new WebSocket(url, protocols, options)
    this.socket.on('message', (data: Buffer) => {
      const decoded = decodeMessage(new Uint8Array(data))
      if (!decoded.ok) throw new Error(decoded.reason)
      this.messages.push(decoded.message)
      this.#wake()
    })
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    onTestFinished(() => this.socket.terminate())
  }

  static async open(url: string, protocols?: string[], options?: ClientOptions): Promise<Client> {
    const client = new Client(url, protocols, options)
    await once(client.socket, 'open')
    return client
  }

  /** Connects and waits for the relay's greeting, so that it is known to be in. */
  static async join(url: string, protocols?: string[], options?: ClientOptions): Promise<Client> {
    const client = new Client(url, protocols, options)
    await client.until(() => client.of('step1').length > 0)
    return client
  }

  of<Type extends Message['type']>(...types: Type[]): Extract<Message, { type: Type }>[] {
    return this.messages.filter((message): message is Extract<Message, { type: Type }> =>
      types.some((type) => type === message.type),
    )
  }

  say(...messages: Message[]): void {
    for (const message of messages) this.socket.send(encodeMessage(message))
  }

  /** Resolves when the relay has answered a ping: what was sent before has been read. */
  async ping(nonce: number): Promise<void> {
    this.say({ type: 'ping', nonce })
    await this.until(() => this.of('pong').some((pong) => pong.nonce === nonce))
  }

  /** Resolves when what was heard is enough. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
