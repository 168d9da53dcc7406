/**
 * How fast one connection may send. Who sends faster is not refused but read more slowly: its network makes it wait,
 * nothing is lost, and our memory holds nothing of what is not read.
 */
import { type Clock, type Disposer, TokenBucket } from '@kolam/base'
import type { Limits } from './limits.ts'
import type { Peer } from './peer.ts'

/** What a rate limit stands on. */
export interface RateLimitPorts {
  readonly clock: Clock
  readonly limits: Limits
}

/** Whose reading is limited. */
export interface Reader {
  /** Reading was stopped for a while. */
  paused(): void
  /** Reading goes on. */
  resumed(): void
}

/** Shorter pauses cost more timers than they are worth. */
const PAUSE_MS_MIN = 20

/** The rate limit of one connection, and other reasons not to read from it. */
export class RateLimit {
  readonly #peer: Peer
  readonly #reader: Reader
  readonly #ports: RateLimitPorts
  readonly #messages: TokenBucket
  readonly #bytes: TokenBucket
  #isHeld = false
  #cancelPause: Disposer | null = null

  constructor(peer: Peer, reader: Reader, ports: RateLimitPorts) {
    this.#peer = peer
    this.#reader = reader
    this.#ports = ports
    const { limits, clock } = ports
    const now = clock.now()
    this.#messages = new TokenBucket(
      { perSecond: limits.messagesPerSecond, burst: limits.messagesBurst },
      now,
    )
    this.#bytes = new TokenBucket(
      { perSecond: limits.bytesPerSecond, burst: limits.bytesBurst },
      now,
    )
  }

  /** Whether reading has stopped, so that silence says nothing. */
  get isPaused(): boolean {
    return this.#isHeld || this.#cancelPause !== null
  }

  /** A frame came in. */
  count(bytes: number): void {
    const waitMs = this.#take(1, bytes)
    if (waitMs <= 0 || this.#cancelPause) return
    this.#reader.paused()
    this.#peer.pause()
    this.#pause(waitMs)
  }

  /** Reads nothing until `letGo()`. */
  hold(): void {
    this.#isHeld = true
    this.#peer.pause()
  }

  letGo(): void {
    this.#isHeld = false
    this.#resume()
  }

  dispose(): void {
    this.#cancelPause?.()
    this.#cancelPause = null
  }

  #pause(waitMs: number): void {
    this.#cancelPause = this.#ports.clock.after(Math.max(waitMs, PAUSE_MS_MIN), () => {
      this.#cancelPause = null
      const leftMs = this.#take(0, 0)
      if (leftMs > 0) this.#pause(leftMs)
      else this.#resume()
    })
  }

  /** Returns how long more is owed than may be. */
  #take(messages: number, bytes: number): number {
    const now = this.#ports.clock.now()
    return Math.max(this.#messages.take(messages, now), this.#bytes.take(bytes, now))
  }

  #resume(): void {
    if (this.isPaused) return
    this.#reader.resumed()
    this.#peer.resume()
  }
}
