/**
 * The same large message for many: the first to get so far keeps it, the others compare with what is kept. So a
 * hundred copies of a board need the memory of one, and every byte is looked at.
 */
import type { LargeMessage } from './frame-reader.ts'

export class SharedBytes {
  #kept = Buffer.alloc(0)
  #filled = 0

  /** A reader of the message; `done` hears all of it. */
  take(length: number, done: (whole: Buffer) => void): LargeMessage {
    if (this.#kept.length === 0) this.#kept = Buffer.allocUnsafeSlow(length)
    let own: Buffer | null = this.#kept.length === length ? null : Buffer.allocUnsafeSlow(length)
    let at = 0
    return {
      piece: (bytes, start, end) => {
        if (!own && !this.#agrees(at, bytes, { start, end })) {
          own = Buffer.allocUnsafeSlow(length)
          this.#kept.copy(own, 0, 0, at)
        }
        if (own) bytes.copy(own, at, start, end)
        at += end - start
      },
      done: () => done(own ?? this.#kept),
    }
  }

  /** Whether these bytes are those kept at this place; keeps what is new. */
  #agrees(at: number, bytes: Buffer, { start, end }: { start: number; end: number }): boolean {
    const after = at + end - start
    const known = Math.min(after, this.#filled)
    if (known > at && bytes.compare(this.#kept, at, known, start, start + known - at) !== 0)
      return false
    if (after > this.#filled) {
      bytes.copy(this.#kept, this.#filled, start + known - at, end)
      this.#filled = after
    }
    return true
  }
}
