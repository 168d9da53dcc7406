/** Keeps the newest of what it is given, and forgets the oldest. */
export class Ring<Item> {
  readonly #capacity: number
  readonly #items: Item[] = []
  /** Where the next one goes: behind the newest, onto the oldest. */
  #next = 0

  /** `capacity` is at least 1. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  add(item: Item): void {
    this.#items[this.#next] = item
    this.#next = (this.#next + 1) % this.#capacity
  }

  /** Up to `count` of the newest, at least 1 asked for; the oldest of them first. */
  newest(count: number): Item[] {
    const ordered = [...this.#items.slice(this.#next), ...this.#items.slice(0, this.#next)]
    return ordered.slice(-count)
  }
}
