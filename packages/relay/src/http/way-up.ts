/**
 * What a client sends over a line: one stream of bytes, cut into requests that may come twice. Each says how many bytes
 * were sent before it: what is here already is not taken again, and a gap is refused. A request is answered when the
 * session has taken what it completes, so that who is read slowly has to wait.
 */
import { HttpRecordReader } from '@kolam/protocol'
import { closings } from '../errors.ts'
import type { Session } from '../peer.ts'

export class WayUp {
  readonly #reader: HttpRecordReader
  readonly #frameBytesMax: number
  #session: Session | null = null
  #received = 0
  #isPaused = false
  /** Something that came may not have been taken. */
  #isBehind = false
  #isOver = false
  #waiter: ((isReady: boolean) => void) | null = null

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax
    this.#reader = new HttpRecordReader(frameBytesMax)
  }

  /** From here on it is known who listens. */
  attach(session: Session): void {
    this.#session = session
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#flow()
  }

  /** Nobody listens any more: who waits need not. */
  end(): void {
    this.#isOver = true
    this.#wake(true)
  }

  /** Resolves with true when all that came was taken and more may be read, with false when a newer request waits for it. */
  ready(): Promise<boolean> {
    this.#wake(false)
    if (this.#isReady) return Promise.resolve(true)
    return new Promise((resolve) => {
      this.#waiter = resolve
    })
  }

  /** Takes the bytes of a request, of which so many came before it; false where some are missing between. */
  take(at: number, bytes: Uint8Array): boolean {
    if (at + bytes.length <= this.#received) return true
    if (at !== this.#received) return false
    this.#received += bytes.length
    this.#reader.push(bytes)
    this.#flow()
    return true
  }

  get #isReady(): boolean {
    return this.#isOver || (!this.#isPaused && !this.#isBehind)
  }

  #flow(): void {
    this.#isBehind = true
    while (!this.#isPaused && !this.#isOver) {
      const record = this.#reader.next()
      if (!record) {
        this.#isBehind = false
        this.#judge()
        break
      }
      if (record.type === 'message') this.#session?.receive(record.frame)
      else this.#session?.end(closings.badMessage(`Cannot accept "${record.type}" from a client`))
    }
    if (this.#isReady) this.#wake(true)
  }

  /** What cannot be read is the last that is. */
  #judge(): void {
    const { oversize, isMalformed } = this.#reader
    if (oversize > 0) this.#session?.end(closings.tooLarge(oversize, this.#frameBytesMax))
    if (isMalformed) this.#session?.end(closings.badMessage('Cannot accept: these are no frames'))
  }

  #wake(isReady: boolean): void {
    const waiter = this.#waiter
    this.#waiter = null
    waiter?.(isReady)
  }
}
