/** The BroadcastChannel of one browser: each tab hears the others a moment later, in the order each of them spoke. */
import type { Random } from '@kolam/base'
import type { Channel } from './client-parts.ts'
import type { SimClock } from './sim-clock.ts'

const DELAY_MS_MAX = 15

/** One tab's end. */
export interface ChannelEnd extends Channel {
  /** The tab is gone without a word; what it had said is heard, or not. */
  kill(isHeard: boolean): void
}

export class SimChannel {
  readonly #clock: SimClock
  readonly #random: Random
  readonly #ends = new Set<Channel>()

  constructor(clock: SimClock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  join(): ChannelEnd {
    const lastAt = new Map<Channel, number>()
    let isHeard = true
    const end: ChannelEnd = {
      listener: null,
      post: (bytes) => {
        if (!this.#ends.has(end)) return
        const copy = bytes.slice()
        for (const other of this.#ends) {
          if (other === end) continue
          const at = this.#later(lastAt.get(other) ?? 0, () => {
            if (isHeard && this.#ends.has(other)) other.listener?.(copy)
          })
          lastAt.set(other, at)
        }
      },
      close: () => void this.#ends.delete(end),
      kill: (isStillHeard) => {
        isHeard = isStillHeard
        this.#ends.delete(end)
      },
    }
    this.#ends.add(end)
    return end
  }

  #later(after: number, run: () => void): number {
    const now = this.#clock.now()
    const at = Math.max(after, now + this.#random() * DELAY_MS_MAX)
    this.#clock.after(at - now, run)
    return at
  }
}
