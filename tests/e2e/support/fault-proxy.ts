/**
 * A network between browsers and the server: pages, their files and their WebSockets go through one port, and a test
 * makes its weather while they do. The lines are those of the relay's tests, which can be held, delayed and cut; what
 * is added here is how fast a line is, where it breaks, and that what holds for the lines holds for those to come.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { type Random, seededRandom } from '../../../packages/base/src/random.ts'
import { type Direction, ProxyLine } from '../../relay/support/tcp-proxy.ts'
import { FaultWay, type Weather } from './fault-way.ts'

const CALM: Weather = { latencyMs: 0, jitterMs: 0, bytesPerSecond: Infinity, breaks: null }
const BOTH: readonly Direction[] = ['up', 'down']

export class FaultProxy {
  readonly #targetPort: number
  readonly #random: Random
  readonly #listener: Server
  readonly #lines = new Set<ProxyLine>()
  /** Those of which nothing is to be heard any more. */
  readonly #lost = new Set<ProxyLine>()
  #weather = CALM
  #held: readonly Direction[] = []
  #broken = 0

  private constructor(targetPort: number, seed: number) {
    this.#targetPort = targetPort
    this.#random = seededRandom(seed)
    this.#listener = createServer({ allowHalfOpen: true }, (client) => this.#accept(client))
  }

  /** On a free port and calm. `seed` decides what is drawn by lot; which bytes come when, nobody decides. */
  static async before(targetPort: number, seed: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort, seed)
    proxy.#listener.listen(0, '127.0.0.1')
    await once(proxy.#listener, 'listening')
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`
  }

  /** How many lines broke where the weather wanted it. */
  get broken(): number {
    return this.#broken
  }

  /** From now on, for all lines; what is not named is calm. */
  set weather(weather: Partial<Weather>) {
    this.#weather = { ...CALM, ...weather }
  }

  /** A black hole: lines stay open and carry nothing; who comes now is taken and hears nothing either. */
  hold(directions = BOTH): void {
    this.#held = directions
    for (const line of this.#lines) line.hold(directions)
  }

  /** The hole is closed: what it holds comes out, late, as TCP would send it again. */
  release(): void {
    this.#held = []
    for (const line of this.#lines) line.release()
  }

  /** Somebody on the way forgot the lines there are: they carry nothing, ever. Those to come are as they should be. */
  forget(): void {
    for (const line of this.#lines) {
      line.hold()
      this.#lost.add(line)
    }
    this.#lines.clear()
    this.#held = []
  }

  /** Both ends of every line are told that it is gone. */
  cut(): void {
    for (const line of this.#lines) line.cut()
  }

  async close(): Promise<void> {
    this.#listener.close()
    for (const line of [...this.#lines, ...this.#lost]) line.cut()
    await once(this.#listener, 'close')
  }

  #accept(client: Socket): void {
    const server = connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true })
    for (const socket of [client, server]) {
      socket.setNoDelay()
      socket.on('error', ignore)
    }
    // They hear of bytes before the line does, and tell it how long those take.
    this.#listen('up', client, server, () => line)
    this.#listen('down', server, client, () => line)
    const line = new ProxyLine(client, server)
    if (this.#held.length > 0) line.hold(this.#held)
    this.#lines.add(line)
    void line.closed.then(() => this.#lines.delete(line))
  }

  #listen(direction: Direction, source: Socket, sink: Socket, lineOf: () => ProxyLine): void {
    const way = new FaultWay(this.#random)
    source.on('data', (bytes: Buffer) => {
      const { delayMs, end } = way.take(bytes.length, this.#weather)
      lineOf().delay(delayMs, [direction])
      if (!end) return
      const head = bytes.subarray(0, end.headBytes)
      setTimeout(() => this.#break(lineOf(), sink, head), end.afterMs)
    })
  }

  #break(line: ProxyLine, sink: Socket, head: Buffer): void {
    if (!this.#lines.delete(line)) return
    this.#lost.add(line)
    this.#broken += 1
    sink.write(head, () => line.cut())
  }
}

/** `close` follows and is passed on. */
function ignore(): void {}
