/** How much somebody may do: so much at once, so much a second. Counts only; what follows is the caller's. */

/** The size and the filling of a bucket, in whatever is counted. */
export interface TokenBucketOptions {
  readonly perSecond: number
  readonly burst: number
}

/** Full at first. May be overdrawn, so that one thing larger than what is left is paid for afterwards. */
export class TokenBucket {
  readonly #perMs: number
  readonly #burst: number
  #tokens: number
  #atMs: number

  constructor({ perSecond, burst }: TokenBucketOptions, nowMs: number) {
    this.#perMs = perSecond / 1000
    this.#burst = burst
    this.#tokens = burst
    this.#atMs = nowMs
  }

  /** Takes `amount` in any case, and returns after how many milliseconds nothing is owed any more; 0 is at once. */
  take(amount: number, nowMs: number): number {
    this.#fill(nowMs)
    this.#tokens -= amount
    return this.#tokens >= 0 ? 0 : -this.#tokens / this.#perMs
  }

  /** Takes `amount` where that much is there; otherwise takes nothing. */
  tryTake(amount: number, nowMs: number): boolean {
    this.#fill(nowMs)
    if (this.#tokens < amount) return false
    this.#tokens -= amount
    return true
  }

  /** Whether it is full: nobody has taken anything for a while. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs)
    return this.#tokens >= this.#burst
  }

  #fill(nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#atMs)
    this.#atMs = nowMs
    this.#tokens = Math.min(this.#burst, this.#tokens + passedMs * this.#perMs)
  }
}
