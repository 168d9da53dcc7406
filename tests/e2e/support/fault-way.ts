/** One direction of a line in some weather: when what is sent now arrives, and where the line breaks. Pure but for time. */
import type { Random } from '../../../packages/base/src/random.ts'

/** What a network does to a line, alike in both directions. */
export interface Weather {
  /** How long each piece takes at least. */
  readonly latencyMs: number
  /** And how much longer at most; each piece draws its own. None overtakes another. */
  readonly jitterMs: number
  readonly bytesPerSecond: number
  /** A line is reset when so many more bytes went one way, as likely within a frame as frames are long. */
  readonly breaks: { readonly minBytes: number; readonly maxBytes: number } | null
}

/** What becomes of a piece. */
export interface Fate {
  readonly delayMs: number
  /** The line breaks in this piece: after so long, when so much of it has arrived. */
  readonly end?: { readonly afterMs: number; readonly headBytes: number }
}

/** Longer than any test. */
const NEVER_MS = 1e9

export class FaultWay {
  readonly #random: Random
  /** When the last piece is through the narrow place, and when it arrives. */
  #freeMs = 0
  #dueMs = 0
  #isBroken = false
  /** Bytes until the line breaks; null until the weather wants it to. */
  #leftBytes: number | null = null

  constructor(random: Random) {
    this.#random = random
  }

  /** A piece of so many bytes is sent now. */
  take(bytes: number, weather: Weather): Fate {
    if (this.#isBroken) return { delayMs: NEVER_MS }
    const delayMs = this.#delayOf(bytes, weather)
    const headBytes = this.#headOf(bytes, weather)
    if (headBytes === null) return { delayMs }
    this.#isBroken = true
    // One moment after what was sent before.
    return { delayMs: NEVER_MS, end: { afterMs: delayMs + 1, headBytes } }
  }

  #delayOf(bytes: number, { latencyMs, jitterMs, bytesPerSecond }: Weather): number {
    const nowMs = Date.now()
    this.#freeMs = Math.max(this.#freeMs, nowMs) + (1000 * bytes) / bytesPerSecond
    this.#dueMs = Math.max(this.#dueMs, this.#freeMs + latencyMs + this.#random() * jitterMs)
    return this.#dueMs - nowMs
  }

  /** How much of a piece arrives before the line breaks in it; null where it does not. */
  #headOf(bytes: number, { breaks }: Weather): number | null {
    if (!breaks) {
      this.#leftBytes = null
      return null
    }
    const { minBytes, maxBytes } = breaks
    const leftBytes =
      this.#leftBytes ?? minBytes + Math.floor(this.#random() * (maxBytes - minBytes))
    this.#leftBytes = leftBytes - bytes
    return leftBytes < bytes ? leftBytes : null
  }
}
