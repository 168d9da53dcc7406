/** Many durations in little memory: counted by size, each size within three percent. */

const STEPS_PER_DOUBLING = 32
const SMALLEST_MS = 0.01
const DOUBLINGS = 24

/** Durations in milliseconds. */
export class Histogram {
  readonly #counts = new Uint32Array(STEPS_PER_DOUBLING * DOUBLINGS)
  #total = 0

  get total(): number {
    return this.#total
  }

  add(ms: number): void {
    const step = ms <= SMALLEST_MS ? 0 : Math.log2(ms / SMALLEST_MS) * STEPS_PER_DOUBLING
    const index = Math.min(Math.floor(step), this.#counts.length - 1)
    this.#counts[index] = this.#counts[index]! + 1
    this.#total += 1
  }

  /** The duration that so large a share is not above; NaN where nothing was added. */
  quantile(share: number): number {
    let left = share * this.#total
    if (this.#total === 0) return Number.NaN
    for (const [index, count] of this.#counts.entries()) {
      left -= count
      if (left <= 0) return SMALLEST_MS * 2 ** ((index + 0.5) / STEPS_PER_DOUBLING)
    }
    return Number.NaN
  }
}
