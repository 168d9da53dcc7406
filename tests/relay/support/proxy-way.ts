/**
 * One direction of a line through the proxy: bytes of one socket, in order, to another. While it is held nothing gets
 * through, not even the end; nobody is told. What was held comes out later, as TCP would send it again.
 */
import type { Socket } from 'node:net'

/** Bytes, or what ends them. */
type Piece = Buffer | 'end' | 'reset'

export class ProxyWay {
  readonly #source: Socket
  readonly #sink: Socket
  readonly #waiting: { readonly piece: Piece; readonly dueMs: number }[] = []
  #held = false
  #delayMs = 0
  #timer: NodeJS.Timeout | null = null

  constructor(source: Socket, sink: Socket) {
    this.#source = source
    this.#sink = sink
    source.on('data', (bytes: Buffer) => this.#take(bytes))
    source.on('end', () => this.#take('end'))
    source.on('error', () => this.#take('reset'))
    source.on('close', (hadError) => this.#take(hadError ? 'reset' : 'end'))
    sink.on('drain', () => this.#flow())
  }

  /** From now on everything takes so long; never overtakes what was sent before. */
  delay(ms: number): void {
    this.#delayMs = ms
  }

  /** Nothing gets through until `release()`. The source's own network fills up, as on a line that is broken. */
  hold(): void {
    this.#held = true
    this.#source.pause()
  }

  release(): void {
    this.#held = false
    this.#flow()
    this.#pump()
  }

  /** Forgets what is under way. */
  stop(): void {
    this.#waiting.length = 0
    if (this.#timer) clearTimeout(this.#timer)
  }

  #take(piece: Piece): void {
    const lastMs = this.#waiting.at(-1)?.dueMs ?? 0
    this.#waiting.push({ piece, dueMs: Math.max(lastMs, Date.now() + this.#delayMs) })
    this.#pump()
  }

  /** Hands over what is due, and comes back for the rest. */
  #pump(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    while (!this.#held) {
      const [first] = this.#waiting
      if (!first) return
      const leftMs = first.dueMs - Date.now()
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), leftMs)
        return
      }
      this.#waiting.shift()
      this.#give(first.piece)
    }
  }

  #give(piece: Piece): void {
    if (this.#sink.destroyed) return
    if (piece === 'reset') this.#sink.resetAndDestroy()
    else if (piece === 'end') this.#sink.end()
    else if (!this.#sink.write(piece)) this.#source.pause()
  }

  #flow(): void {
    if (!this.#held && !this.#sink.writableNeedDrain) this.#source.resume()
  }
}
