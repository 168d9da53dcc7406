/**
 * An HTTP proxy before a server, as companies and mobile networks have them: it may let no upgrade through, gather each
 * answer until it has ended, or lose answers. Knows nothing of what goes through it.
 */
import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  request as forward,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** What it does to what goes through it. */
export interface ProxyWays {
  /** Whether upgrades get through; refused with 400 or cut otherwise. */
  upgrades?: 'pass' | 'refuse' | 'cut'
  /** Whether an answer is passed on only when it has ended. */
  gathers?: boolean
  /** Asked for each request whether its answer gets lost on the way. */
  loses?: (request: IncomingMessage) => boolean
}

export class HttpProxy {
  /** May be changed at any time; counts for what comes then. */
  readonly ways: ProxyWays
  /** Every request that came, as in `GET stream`, in order. */
  readonly requests: string[] = []
  readonly #targetPort: number
  readonly #listener: Server
  readonly #tunnels = new Set<Duplex>()

  private constructor(targetPort: number, ways: ProxyWays) {
    this.#targetPort = targetPort
    this.ways = ways
    this.#listener = createServer((request, response) => this.#pass(request, response))
    this.#listener.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  static async before(targetPort: number, ways: ProxyWays = {}): Promise<HttpProxy> {
    const proxy = new HttpProxy(targetPort, ways)
    proxy.#listener.listen(0, '127.0.0.1')
    await once(proxy.#listener, 'listening')
    return proxy
  }

  get syncUrl(): string {
    return `ws://127.0.0.1:${(this.#listener.address() as AddressInfo).port}/sync`
  }

  /** How many requests of that kind came. */
  count(kind: string): number {
    return this.requests.filter((request) => request === kind).length
  }

  async close(): Promise<void> {
    for (const socket of this.#tunnels) socket.destroy()
    this.#listener.close()
    this.#listener.closeAllConnections()
    await once(this.#listener, 'close')
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(kindOf(request))
    const isLost = this.ways.loses?.(request) === true
    const { method, url: path, headers } = request
    const onward = forward({ port: this.#targetPort, host: '127.0.0.1', method, path, headers })
    onward.on('response', (answer) => {
      if (isLost) this.#lose(answer, response)
      else if (this.ways.gathers) gather(answer, response)
      else stream(answer, response)
    })
    onward.on('error', () => response.destroy())
    response.on('error', ignore)
    response.on('close', () => onward.destroy())
    request.on('error', ignore)
    request.pipe(onward)
  }

  /** The server has said all it had to say, and nobody hears it. */
  #lose(answer: IncomingMessage, response: ServerResponse): void {
    answer.resume()
    answer.on('end', () => response.destroy())
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.requests.push('upgrade')
    socket.on('error', ignore)
    this.#tunnels.add(socket)
    const { upgrades = 'pass' } = this.ways
    if (upgrades === 'cut') return void socket.destroy()
    if (upgrades === 'refuse') {
      return void socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    }
    const onward = connect({ port: this.#targetPort, host: '127.0.0.1' })
    this.#tunnels.add(onward)
    const headers = request.rawHeaders
    const lines = headers.flatMap((name, i) => (i % 2 ? [] : [`${name}: ${headers[i + 1]}`]))
    onward.write([`GET ${request.url} HTTP/1.1`, ...lines, '\r\n'].join('\r\n'))
    onward.write(head)
    onward.on('error', ignore)
    onward.on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward).pipe(socket)
  }
}

function stream(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers)
  response.flushHeaders()
  answer.on('error', () => response.destroy())
  answer.pipe(response)
}

function gather(answer: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('error', () => response.destroy())
  answer.on('end', () => {
    const body = Buffer.concat(chunks)
    const { 'transfer-encoding': _, ...headers } = answer.headers
    response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length })
    response.end(body)
  })
}

/** What a request is for, as far as a proxy could tell. */
function kindOf({ method, url = '' }: IncomingMessage): string {
  const query = new URLSearchParams(url.split('?')[1])
  if (method !== 'GET') return query.has('leave') ? 'leave' : 'post'
  if (query.has('line') || query.has('poll')) return 'poll'
  return query.has('transport') ? 'stream' : 'page'
}

function ignore(): void {}
