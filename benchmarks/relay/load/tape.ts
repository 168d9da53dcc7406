/**
 * What was decoded once for a room. Everybody in a room gets the same messages in the same order, so each reader only
 * compares bytes with the next entry; what is not there is decoded. So every message of every receiver is read in
 * full, and the load stays cheap.
 */

interface Entry<T> {
  readonly bytes: Buffer
  readonly value: T
}

/** How far ahead an entry is looked for: other readers' private messages may lie in between. */
const LOOK_AHEAD = 32

/** The messages of a room in order. */
export class Tape<T> {
  readonly #decode: (message: Uint8Array) => T
  #entries: Entry<T>[] = []

  constructor(decode: (message: Uint8Array) => T) {
    this.#decode = decode
  }

  /** Somebody who reads from here on. */
  reader(): TapeReader<T> {
    return new TapeReader(this, this.#entries.length)
  }

  /** Forgets what was; readers go back to the beginning. */
  clear(): void {
    this.#entries = []
  }

  /** Where the message is at or after `from`, or -1. */
  find(from: number, bytes: Buffer, start: number, end: number): number {
    const last = Math.min(this.#entries.length, from + LOOK_AHEAD)
    for (let index = from; index < last; index++) {
      const entry = this.#entries[index]!.bytes
      if (entry.length === end - start && bytes.compare(entry, 0, entry.length, start, end) === 0)
        return index
    }
    return -1
  }

  value(index: number): T {
    return this.#entries[index]!.value
  }

  get length(): number {
    return this.#entries.length
  }

  decode(bytes: Buffer, start: number, end: number): T {
    return this.#decode(bytes.subarray(start, end))
  }

  append(bytes: Buffer, start: number, end: number): T {
    const copy = Buffer.from(bytes.subarray(start, end))
    const value = this.#decode(copy)
    this.#entries.push({ bytes: copy, value })
    return value
  }
}

/** One receiver's place on the tape. */
export class TapeReader<T> {
  readonly #tape: Tape<T>
  #next: number

  constructor(tape: Tape<T>, next: number) {
    this.#tape = tape
    this.#next = next
  }

  rewind(): void {
    this.#next = 0
  }

  read(bytes: Buffer, start: number, end: number): T {
    const found = this.#tape.find(this.#next, bytes, start, end)
    if (found >= 0) {
      this.#next = found + 1
      return this.#tape.value(found)
    }
    if (this.#next < this.#tape.length) return this.#tape.decode(bytes, start, end)
    this.#next += 1
    return this.#tape.append(bytes, start, end)
  }
}
