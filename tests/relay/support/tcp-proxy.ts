/**
 * A line that can break: a TCP proxy before a server, whose connections can be held in one direction or both without
 * being closed (a half-open line), slowed down, or cut. Knows nothing of what goes through it.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { ProxyWay } from './proxy-way.ts'

/** `up` is from client to server. */
export type Direction = 'up' | 'down'

const BOTH: readonly Direction[] = ['up', 'down']

/** One connection through the proxy. */
export class ProxyLine {
  /** The port it comes from, by which a client knows its own line. */
  readonly clientPort: number
  /** Resolves when both ends are gone. */
  readonly closed: Promise<unknown>
  readonly #client: Socket
  readonly #server: Socket
  readonly #ways: Readonly<Record<Direction, ProxyWay>>

  constructor(client: Socket, server: Socket) {
    this.clientPort = client.remotePort ?? 0
    this.#client = client
    this.#server = server
    this.#ways = { up: new ProxyWay(client, server), down: new ProxyWay(server, client) }
    this.closed = Promise.all([client, server].map(untilClosed))
  }

  /** Nothing gets through and nobody is told. */
  hold(directions = BOTH): void {
    for (const direction of directions) this.#ways[direction].hold()
  }

  /** The line is back: what was held comes through now. */
  release(): void {
    for (const direction of BOTH) this.#ways[direction].release()
  }

  /** Everything in these directions takes so long. */
  delay(ms: number, directions = BOTH): void {
    for (const direction of directions) this.#ways[direction].delay(ms)
  }

  /** Both ends are told that the line is gone; what was on its way is lost. */
  cut(): void {
    for (const direction of BOTH) this.#ways[direction].stop()
    this.#client.resetAndDestroy()
    this.#server.resetAndDestroy()
  }
}

/** A port that leads to another port of this machine. */
export class TcpProxy {
  readonly #targetPort: number
  readonly #listener: Server
  readonly #lines = new Set<ProxyLine>()
  #open = true

  private constructor(targetPort: number) {
    this.#targetPort = targetPort
    // An end in one direction is passed on as just that.
    this.#listener = createServer({ allowHalfOpen: true }, (client) => this.#accept(client))
  }

  /** A proxy on a free port, already listening. */
  static async before(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort)
    proxy.#listener.listen(0, '127.0.0.1')
    await once(proxy.#listener, 'listening')
    return proxy
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port
  }

  /** Where y-websocket finds documents behind it. */
  get syncUrl(): string {
    return `ws://127.0.0.1:${this.port}/sync`
  }

  /** The lines that are open, oldest first. */
  get lines(): ProxyLine[] {
    return [...this.#lines]
  }

  /** The line that comes from that port of the client's machine. */
  lineFrom(clientPort: number): ProxyLine | undefined {
    return this.lines.find((line) => line.clientPort === clientPort)
  }

  /** Whether new connections get through; they are reset otherwise. */
  admit(open: boolean): void {
    this.#open = open
  }

  async close(): Promise<void> {
    this.#listener.close()
    for (const line of this.#lines) line.cut()
    await once(this.#listener, 'close')
  }

  #accept(client: Socket): void {
    client.on('error', ignore)
    if (!this.#open) return void client.resetAndDestroy()
    const server = connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true })
    server.on('error', ignore)
    for (const socket of [client, server]) socket.setNoDelay()
    const line = new ProxyLine(client, server)
    this.#lines.add(line)
    void line.closed.then(() => this.#lines.delete(line))
  }
}

/** Also when it breaks. */
function untilClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
  })
}

/** `close` follows and is passed on. */
function ignore(): void {}
