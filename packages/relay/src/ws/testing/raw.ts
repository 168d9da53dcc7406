/** A TCP connection that says what a test wants and keeps the bytes that come back. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Request headers; null takes away one of the usual ones. */
export type Headers = Readonly<Record<string, string | null>>

/** The text of an upgrade request. */
export function upgradeText(path: string, headers: Headers = {}, method = 'GET'): string {
  const usual: Headers = {
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
  }
  const lines = Object.entries({ ...usual, ...headers })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, ...lines, '\r\n'].join('\r\n')
}

export class RawClient {
  readonly socket: Socket
  readonly closed: Promise<unknown>
  heard = Buffer.alloc(0)
  #wake: () => void = () => {}

  /** One that is `stubborn` does not close its side when the other side has closed. */
  constructor(port: number, { stubborn = false } = {}) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: stubborn })
    this.socket.on('error', () => {})
    this.socket.on('data', (chunk: Buffer) => {
      this.heard = Buffer.concat([this.heard, chunk])
      this.#wake()
    })
    this.closed = new Promise((resolve) => this.socket.on('close', resolve))
    void this.closed.then(() => this.#wake())
    onTestFinished(() => void this.socket.destroy())
  }

  /** Asks for a WebSocket; resolves with the head of the answer, and keeps what follows it. */
  static async upgrade(port: number, path: string, headers: Headers = {}): Promise<RawClient> {
    const client = new RawClient(port)
    client.socket.write(upgradeText(path, headers))
    await client.until(() => client.heard.includes('\r\n\r\n'))
    return client
  }

  /** The status of the answer. */
  get status(): number {
    return Number(this.heard.toString('latin1').split(' ')[1])
  }

  /** The value of a header of the answer. */
  header(name: string): string | undefined {
    return new RegExp(`^${name}: (.*)$`, 'im').exec(this.#head)?.[1]?.trim()
  }

  /** What came after the head of the answer. */
  get body(): Buffer {
    return this.heard.subarray(this.heard.indexOf('\r\n\r\n') + 4)
  }

  get #head(): string {
    return this.heard.toString('latin1').split('\r\n\r\n', 1)[0]!
  }

  /** Resolves when what was heard is enough, or nothing more can come. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough() && !this.socket.destroyed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Breaks off without a word. */
  async reset(): Promise<void> {
    this.socket.resetAndDestroy()
    await this.closed
  }
}

/** Resolves when the other side's program has begun to serve this connection. */
export async function connected({ socket }: RawClient): Promise<void> {
  if (socket.connecting) await once(socket, 'connect')
}
