/** Keeps what was used last, within a number of things and a weight. Pure but for what it keeps. */

export interface RecentLimits {
  readonly count: number
  readonly weight: number
}

export class Recent<Key, Value> {
  readonly #limits: RecentLimits
  /** In the order of use, the last one at the end. */
  readonly #kept = new Map<Key, { readonly value: Value; readonly weight: number }>()
  #weight = 0

  constructor(limits: RecentLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#kept.size
  }

  get(key: Key): Value | undefined {
    const entry = this.#kept.get(key)
    if (!entry) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, entry)
    return entry.value
  }

  /** What was used longest ago goes; the newest stays however heavy it is. */
  set(key: Key, value: Value, weight: number): void {
    this.#drop(key)
    this.#kept.set(key, { value, weight })
    this.#weight += weight
    for (const oldest of this.#kept.keys()) {
      if (this.#fits() || oldest === key) return
      this.#drop(oldest)
    }
  }

  clear(): void {
    this.#kept.clear()
    this.#weight = 0
  }

  #fits(): boolean {
    return this.#kept.size <= this.#limits.count && this.#weight <= this.#limits.weight
  }

  #drop(key: Key): void {
    this.#weight -= this.#kept.get(key)?.weight ?? 0
    this.#kept.delete(key)
  }
}
