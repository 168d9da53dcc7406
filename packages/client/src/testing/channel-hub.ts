/** The channel of one browser in tests: every tab hears all others, in order, a moment later. */

import type { Channel } from '../tabs/channel.ts'

/** Delivers when it is told to, so that a test owns the order of things. */
export class ChannelHub {
  readonly #open = new Set<Channel>()
  #waiting: (() => void)[] = []
  /** How many messages were posted. */
  posted = 0

  /** One tab's end. */
  join(): Channel {
    const channel: Channel = {
      listener: null,
      post: (bytes) => {
        this.posted += 1
        const copy = bytes.slice()
        for (const other of this.#open) {
          if (other === channel) continue
          this.#waiting.push(() => this.#open.has(other) && other.listener?.(copy))
        }
      },
      close: () => this.#open.delete(channel),
    }
    this.#open.add(channel)
    return channel
  }

  /** Delivers what waits, and what that brings about. */
  deliver(): void {
    for (let rounds = 0; this.#waiting.length > 0; rounds++) {
      if (rounds > 100) throw new Error('The tabs never stop talking')
      const waiting = this.#waiting
      this.#waiting = []
      for (const run of waiting) run()
    }
  }
}
