/**
 * What a line sends: frames that wait go out together, one request at a time, each of which says how many bytes were
 * sent before it, so that one whose answer got lost can be made again. Never reads what comes back but its status.
 */

import type { Clock } from '@kolam/base'
import { encodeHttpMessages } from '@kolam/protocol'
import { joined } from './bytes.ts'
import type { HttpCall, SendHttp } from './port.ts'
import { isPassing, pause, wholeAnswer } from './request.ts'
import type { HttpTiming } from '../timing.ts'

/** What it stands on. */
export interface WayUpPort {
  readonly clock: Clock
  readonly timing: HttpTiming
  readonly send: SendHttp
  /** The address of the line. */
  readonly url: string
  /** A request is lost for good, or the server knows no such line. */
  failed(): void
}

export class WayUp {
  readonly #port: WayUpPort
  #pieces: Uint8Array[] = []
  #waitingBytes = 0
  #sentBytes = 0
  #requestBytes: number
  #call: HttpCall | null = null
  #isBusy = false
  #isOver = false
  #isSign = false
  #left: (() => void) | null = null

  constructor(port: WayUpPort) {
    this.#port = port
    this.#requestBytes = port.timing.postBytesFirst
  }

  /** Bytes no answer has acknowledged. */
  get bufferedBytes(): number {
    return this.#waitingBytes
  }

  push(frame: Uint8Array): void {
    if (this.#isOver) return
    const bytes = encodeHttpMessages([frame])
    this.#pieces.push(bytes)
    this.#waitingBytes += bytes.length
    void this.#run()
  }

  /** Says that somebody is here; any request says that. */
  signOfLife(): void {
    this.#isSign ||= !this.#isBusy
    void this.#run()
  }

  /** Sends what waits and leaves; calls back when that was heard, or failed. */
  leave(left: () => void): void {
    this.#left = left
    void this.#run()
  }

  /** Nothing more is sent. */
  stop(): void {
    this.#isOver = true
    this.#call?.abort()
  }

  get #hasWork(): boolean {
    return !this.#isOver && (this.#waitingBytes > 0 || this.#isSign || this.#left !== null)
  }

  async #run(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    while (this.#hasWork) {
      await Promise.resolve() // all of a turn goes in one request
      if (!(await this.#next())) break
    }
    this.#isBusy = false
  }

  /** Makes the next request; false after the last one. */
  async #next(): Promise<boolean> {
    const body = this.#first(this.#requestBytes)
    const isLast = this.#left !== null && body.length === this.#waitingBytes
    this.#isSign = false
    const isHeard = await this.#post(this.#query(body, isLast), body)
    if (this.#isOver) return false
    if (isHeard) this.#acknowledge(body.length)
    else this.#port.failed()
    if (!isLast && isHeard) return true
    this.#isOver = true
    this.#left?.()
    return false
  }

  #query(body: Uint8Array, isLast: boolean): string {
    return `${body.length > 0 ? `&at=${this.#sentBytes}` : ''}${isLast ? '&leave' : ''}`
  }

  /** The same request until it is answered, a few times. */
  async #post(query: string, body: Uint8Array): Promise<boolean> {
    const { clock, timing, send, url } = this.#port
    for (let tries = 0; !this.#isOver; tries++) {
      const startMs = clock.now()
      this.#call = send({ method: 'POST', url: url + query, body })
      const answer = await wholeAnswer(this.#call)
      if (answer.status === 204) {
        this.#learn(clock.now() - startMs)
        return true
      }
      if (this.#isOver || !isPassing(answer) || tries === timing.retriesMax) return false
      await pause(clock, timing.retryMs)
    }
    return false
  }

  /** A request is to take a moment: what takes long is not seen to move, and is lost whole where the line breaks. */
  #learn(tookMs: number): void {
    const { postQuickMs, postSlowMs, postBytesMin, postBytesMax } = this.#port.timing
    if (tookMs < postQuickMs) this.#requestBytes = Math.min(postBytesMax, this.#requestBytes * 2)
    if (tookMs > postSlowMs) this.#requestBytes = Math.max(postBytesMin, this.#requestBytes / 2)
  }

  #first(bytesMax: number): Uint8Array {
    const parts: Uint8Array[] = []
    let left = bytesMax
    for (const piece of this.#pieces) {
      if (left === 0) break
      const part = piece.subarray(0, left)
      parts.push(part)
      left -= part.length
    }
    return joined(parts)
  }

  #acknowledge(bytes: number): void {
    this.#sentBytes += bytes
    this.#waitingBytes -= bytes
    let left = bytes
    let gone = 0
    for (const { length } of this.#pieces) {
      if (length > left) break
      left -= length
      gone += 1
    }
    this.#pieces.splice(0, gone)
    const [first] = this.#pieces
    if (first && left > 0) this.#pieces[0] = first.subarray(left)
  }
}
