/** Requests a test answers by hand, in time that stands still. */

import { ManualClock } from '@kolam/base'
import { encodeHttpMessages, encodeHttpRecord } from '@kolam/protocol'
import type { SocketHandlers } from '../../../socket.ts'
import { httpSockets } from '../http-socket.ts'
import type { HttpCall, HttpRequest } from '../port.ts'
import type { HttpTiming } from '../../timing.ts'

/** One request that was made, and the test's hold on its answer. */
export class FakeCall implements HttpCall {
  readonly request: HttpRequest
  isAborted = false
  readonly #head = Promise.withResolvers<{ status: number }>()
  readonly #waiting: ((piece: Uint8Array | null | Error) => void)[] = []
  readonly #pieces: (Uint8Array | null | Error)[] = []

  constructor(request: HttpRequest) {
    this.request = request
    this.#head.promise.catch(() => {})
  }

  get answer() {
    return this.#head.promise.then(({ status }) => ({ status, next: () => this.#next() }))
  }

  abort(): void {
    this.isAborted = true
    this.lose()
  }

  /** Method and what is asked for, without the address. */
  get what(): string {
    return `${this.request.method} ${this.request.url.split('?')[1]}`
  }

  /** Begins the answer. */
  begin(status = 200): this {
    this.#head.resolve({ status })
    return this
  }

  /** More of the answer. */
  say(...bytes: Uint8Array[]): this {
    for (const piece of bytes) this.#give(piece)
    return this
  }

  /** The whole answer. */
  reply(status: number, ...bytes: Uint8Array[]): void {
    this.begin(status)
      .say(...bytes)
      .#give(null)
  }

  /** No answer, or not all of it. */
  lose(): void {
    this.#head.reject(new Error('lost'))
    this.#give(new Error('lost'))
  }

  async #next(): Promise<Uint8Array | null> {
    const piece =
      this.#pieces.length > 0
        ? this.#pieces.shift()!
        : await new Promise<Uint8Array | null | Error>((resolve) => this.#waiting.push(resolve))
    if (piece instanceof Error) throw piece
    return piece
  }

  #give(piece: Uint8Array | null | Error): void {
    const waiting = this.#waiting.shift()
    if (waiting) waiting(piece)
    else this.#pieces.push(piece)
  }
}

export const OPENED = encodeHttpRecord({ type: 'opened', line: 'L', protocol: 'kolam.1' })
export const HEARD = encodeHttpRecord({ type: 'heard' })
export const ASK = encodeHttpRecord({ type: 'ask' })

/** A message of one byte. */
export function message(byte: number): Uint8Array {
  return encodeHttpMessages([new Uint8Array([byte])])
}

export function closed(code: number, reason: string): Uint8Array {
  return encodeHttpRecord({ type: 'closed', code, reason })
}

/** A socket over HTTP with everything around it. */
export function makeHttpBench(timing: Partial<HttpTiming> = {}, memory = { gathers: false }) {
  const clock = new ManualClock(1_000_000)
  const calls: FakeCall[] = []
  const told: unknown[] = []
  const open = httpSockets({
    clock,
    memory,
    timing,
    send: (request) => {
      const call = new FakeCall(request)
      calls.push(call)
      return call
    },
  })
  const handlers: SocketHandlers = {
    onopen: (protocol) => told.push(['open', protocol]),
    onmessage: (bytes) => told.push([...bytes]),
    onclose: (code, reason) => told.push(['close', code, reason]),
  }
  const begin = () => {
    const socket = open('wss://kolam.test/sync/board', ['kolam.1'])
    socket.handlers = handlers
    return socket
  }
  return { clock, calls, told, memory, begin, last: () => calls.at(-1)! }
}

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve()
}
