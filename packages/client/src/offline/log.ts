/** Which updates in the store the document is known to hold, and whether one should stand for all of them. */

import type { CopyLimits } from './limits.ts'
import type { KeptUpdate } from './store.ts'

/** The sound updates a page has read, and those it wrote. */
export class Log {
  readonly #keys = new Set<number>()
  /** Bytes of the one update that stands for many. */
  #wholeBytes: number
  #tailBytes: number

  constructor(updates: readonly KeptUpdate[]) {
    for (const { key } of updates) this.#keys.add(key)
    const sizes = updates.map(({ update }) => update.length)
    this.#wholeBytes = Math.max(0, ...sizes)
    this.#tailBytes = sizes.reduce((sum, size) => sum + size, 0) - this.#wholeBytes
  }

  /** What a whole document may replace; never what somebody else wrote meanwhile. */
  get keys(): readonly number[] {
    return [...this.#keys]
  }

  /** Whether it is time for one update to stand for all. */
  isLong({ updatesMax, tailBytesMin }: CopyLimits): boolean {
    return (
      this.#keys.size >= updatesMax || this.#tailBytes > Math.max(tailBytesMin, this.#wholeBytes)
    )
  }

  /** An update was written. */
  add(key: number, bytes: number, isWhole: boolean): void {
    this.#keys.add(key)
    if (isWhole) {
      this.#wholeBytes = bytes
      this.#tailBytes = 0
    } else this.#tailBytes += bytes
  }

  /** Those are gone from the store. */
  replaced(keys: readonly number[]): void {
    for (const key of keys) this.#keys.delete(key)
  }
}
