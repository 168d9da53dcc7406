/** A TCP connection that says anything, in any pieces, and reads only when it likes to. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { closeCodeIn } from './frame.ts'
import type { Guest } from './scene.ts'

/** The headers of a sound upgrade; a test replaces some, takes some away with null, or repeats one with a list. */
export type Headers = Readonly<Record<string, string | readonly string[] | null>>

const SOUND: Headers = {
  Host: '127.0.0.1',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
}

/** The bytes of an upgrade request. */
export function upgradeRequest(path: string, headers: Headers = {}): string {
  const lines = Object.entries({ ...SOUND, ...headers }).flatMap(([name, value]) => {
    if (value === null) return []
    return (typeof value === 'string' ? [value] : value).map((one) => `${name}: ${one}\r\n`)
  })
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}

export class RawSocket implements Guest {
  readonly socket: Socket
  #heard = Buffer.alloc(0)
  readonly #ended = Promise.withResolvers<void>()
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, chunk])
      this.#wake()
    })
    socket.on('error', () => {}) // `close` follows
    socket.on('close', () => {
      this.#ended.resolve()
      this.#wake()
    })
  }

  /** A connection that has said nothing yet. */
  static async connect(port: number): Promise<RawSocket> {
    const socket = connect(port, '127.0.0.1')
    const raw = new RawSocket(socket)
    await once(socket, 'connect')
    return raw
  }

  /** A connection that was upgraded; rejects when it was not. */
  static async upgraded(port: number, path: string, headers?: Headers): Promise<RawSocket> {
    const raw = await RawSocket.connect(port)
    raw.write(upgradeRequest(path, headers))
    const status = await raw.status()
    if (status !== 101) throw new Error(`The upgrade was answered with ${status}`)
    return raw
  }

  /** Resolves when the connection is gone. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  write(bytes: Uint8Array | string): void {
    if (this.socket.writable) this.socket.write(bytes)
  }

  /** Resolves when the network has taken everything, or the connection is gone. */
  async drained(): Promise<void> {
    while (this.socket.writableLength > 0 && !this.socket.destroyed) {
      await Promise.race([new Promise((resolve) => this.socket.once('drain', resolve)), this.ended])
    }
  }

  /** Status line and headers of the answer; null where the connection ended without one. */
  async head(): Promise<string | null> {
    const head = await this.#until((heard) =>
      /^HTTP\/1\.1 [\s\S]*?\r\n\r\n/.exec(heard.toString('latin1')),
    )
    return head?.[0] ?? null
  }

  /** The HTTP status of the answer; null where the connection ended without one. */
  async status(): Promise<number | null> {
    const head = await this.head()
    return head === null ? null : Number(head.split(' ')[1])
  }

  /** The code the server closed with; null where the connection ended without one. */
  closeCode(): Promise<number | null> {
    return this.#until((heard) => {
      const head = heard.indexOf('\r\n\r\n')
      return head < 0 ? null : closeCodeIn(heard.subarray(head + 4))
    })
  }

  /** Ends without a word, and without waiting for what is on its way. */
  reset(): void {
    this.socket.resetAndDestroy()
  }

  leave(): void {
    this.socket.destroy()
  }

  /** Looks at all that was heard each time there is more; null when no more can come. */
  async #until<Found>(find: (heard: Buffer) => Found | null): Promise<Found | null> {
    for (;;) {
      const found = find(this.#heard)
      if (found !== null || this.socket.destroyed) return found
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
