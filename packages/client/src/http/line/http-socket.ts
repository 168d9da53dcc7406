/**
 * A line over HTTP behind the client's socket port. It opens as a stream, and where that does not get through in time
 * again as polls; which of the two works is remembered. Frames, their order and the way they end are WebSocket's.
 */

import type { Clock, Disposer } from '@kolam/base'
import { type HttpRecord, HttpRecordReader } from '@kolam/protocol'
import type { OpenSocket, Socket, SocketHandlers } from '../../socket.ts'
import type { SendHttp } from './port.ts'
import { type HttpTiming, httpTimingOf } from '../timing.ts'
import { pollDown, streamDown, type WayDown } from './way-down.ts'
import { WayUp } from './way-up.ts'

/** What was learnt about the way, for as long as its owner lives. */
export interface HttpMemory {
  /** Streams do not get through. */
  gathers: boolean
}

/** What lines over HTTP stand on. */
export interface HttpSocketOptions {
  readonly clock: Clock
  readonly send: SendHttp
  readonly memory?: HttpMemory
  readonly timing?: Partial<HttpTiming>
}

/** Opens lines over HTTP to the addresses WebSockets have. */
export function httpSockets(options: HttpSocketOptions): OpenSocket {
  const { memory = { gathers: false }, timing } = options
  const ports = { ...options, memory, timing: httpTimingOf(timing) }
  return (url, protocols) => new HttpSocket(ports, addressOf(url), protocols)
}

/** The code of a connection that is gone without a word. */
const GONE = 1006

type Ports = Required<Omit<HttpSocketOptions, 'timing'>> & { readonly timing: HttpTiming }

class HttpSocket implements Socket {
  handlers: SocketHandlers | null = null
  readonly #ports: Ports
  readonly #address: string
  readonly #openUrl: string
  #phase: 'opening' | 'open' | 'over' = 'opening'
  #way: 'stream' | 'poll'
  #reader = new HttpRecordReader()
  #down: WayDown | null = null
  #up: WayUp | null = null
  #lineUrl: string | null = null
  #protocol = ''
  /** What came before it was known that the line works. */
  #early: Uint8Array[] = []
  #cancelTimer: Disposer = nothing

  constructor(ports: Ports, address: string, protocols: readonly string[]) {
    this.#ports = ports
    this.#address = address
    const offers = protocols.map((protocol) => `&protocol=${encodeURIComponent(protocol)}`)
    this.#openUrl = `${address}?transport=http${offers.join('')}`
    this.#way = ports.memory.gathers ? 'poll' : 'stream'
    this.#begin()
  }

  get bufferedAmount(): number {
    return this.#up?.bufferedBytes ?? 0
  }

  send(bytes: Uint8Array): void {
    if (this.#phase === 'open') this.#up?.push(bytes)
  }

  /** Hands over what waits. The code goes no further: nobody would look at it. */
  close(): void {
    if (this.#phase === 'over') return
    this.#phase = 'over'
    this.#cancelTimer()
    const up = this.#up
    if (!up) return this.#stop()
    this.#cancelTimer = this.#ports.clock.after(this.#ports.timing.closeMs, () => this.#stop())
    // The end of a stream is the end of its line, so it waits until all was heard.
    up.leave(() => this.#stop())
  }

  #begin(): void {
    const { clock, timing, send } = this.#ports
    const port = {
      clock,
      timing,
      send,
      openUrl: this.#openUrl,
      lineUrl: () => this.#lineUrl,
      bytes: (bytes: Uint8Array) => this.#receive(bytes),
      ended: (reached: boolean) => this.#downEnded(reached),
    }
    this.#down = this.#way === 'poll' ? pollDown(port) : streamDown(port)
    if (this.#way === 'poll') return
    this.#cancelTimer = clock.after(timing.streamMs, () => this.#fallBack())
  }

  /** The stream is gathered somewhere; a line of its own is opened for polls. */
  #fallBack(): void {
    this.#stop()
    this.#up = null
    this.#lineUrl = null
    this.#early = []
    this.#reader = new HttpRecordReader()
    this.#way = 'poll'
    this.#begin()
  }

  #downEnded(reached: boolean): void {
    if (this.#phase === 'opening' && this.#way === 'stream' && reached) this.#fallBack()
    else this.#closed(GONE, '')
  }

  #receive(bytes: Uint8Array): void {
    const reader = this.#reader
    reader.push(bytes)
    for (let record = reader.next(); record; record = reader.next()) this.#take(record)
    if (reader.isMalformed || reader.oversize > 0) this.#closed(GONE, '')
  }

  #take(record: HttpRecord): void {
    if (this.#phase === 'over') return
    switch (record.type) {
      case 'opened':
        return this.#named(record.line, record.protocol)
      case 'message':
        if (this.#phase === 'opening') this.#early.push(record.frame)
        else this.handlers?.onmessage(record.frame)
        return
      case 'heard':
        return this.#works()
      case 'ask':
        return this.#up?.signOfLife()
      case 'closed':
        return this.#closed(record.code, record.reason)
    }
  }

  #named(line: string, protocol: string): void {
    const { clock, timing, send } = this.#ports
    const url = `${this.#address}?line=${encodeURIComponent(line)}`
    this.#lineUrl = url
    this.#protocol = protocol
    this.#up = new WayUp({ clock, timing, send, url, failed: () => this.#upFailed() })
    // What is answered now comes by itself and at once, or it does not come: a stream is known to work by that alone.
    if (this.#way === 'stream') this.#up.signOfLife()
    else this.#works()
  }

  #works(): void {
    if (this.#phase !== 'opening') return
    this.#phase = 'open'
    this.#cancelTimer()
    if (this.#way === 'poll') this.#ports.memory.gathers = true
    this.handlers?.onopen(this.#protocol)
    const early = this.#early
    this.#early = []
    for (const frame of early) if (this.#isOpen) this.handlers?.onmessage(frame)
  }

  /** Its owner may have closed it meanwhile. */
  get #isOpen(): boolean {
    return this.#phase === 'open'
  }

  /** The server may have closed the line, and the reason be on its way. */
  #upFailed(): void {
    const { clock, timing } = this.#ports
    if (this.#phase === 'open') clock.after(timing.retryMs, () => this.#closed(GONE, ''))
  }

  #closed(code: number, reason: string): void {
    if (this.#phase === 'over') return
    this.#phase = 'over'
    this.#stop()
    this.handlers?.onclose(code, reason)
  }

  #stop(): void {
    this.#cancelTimer()
    this.#down?.stop()
    this.#up?.stop()
  }
}

/** Where a WebSocket's address is reached by requests. */
function addressOf(url: string): string {
  return url.replace(/^ws/, 'http')
}

function nothing(): void {}
