/**
 * Reads over the bytes of an update without making anything of them: numbers are returned, text and memory are only
 * measured. Throws where the bytes are not what they should be.
 */

import { MALFORMED } from '../documents.ts'

/** Why bytes are no update. */
export class MalformedUpdate extends Error {
  override readonly name = MALFORMED

  constructor(what: string) {
    super(`Cannot read the update: ${what}`)
  }
}

/** Reads from the front to the end. */
export class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new MalformedUpdate('it ends too early')
    return byte
  }

  /** A whole number below 2^53, as lib0 writes it. */
  uint(): number {
    let byte = this.byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    let unit = 0x80
    do {
      byte = this.byte()
      value += (byte & 0x7f) * unit
      unit *= 0x80
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedUpdate('a number is too large')
    } while (byte >= 0x80)
    return value
  }

  /** A whole number with a sign: the first byte holds it and six bits. */
  skipInt(): void {
    let byte = this.byte()
    let value = byte & 0x3f
    let unit = 0x40
    while (byte >= 0x80) {
      byte = this.byte()
      value += (byte & 0x7f) * unit
      unit *= 0x80
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedUpdate('a number is too large')
    }
  }

  skip(count: number): void {
    if (count > this.#bytes.length - this.#at) throw new MalformedUpdate('it ends too early')
    this.#at += count
  }

  /** Memory after its length. */
  skipMemory(): void {
    this.skip(this.uint())
  }

  /** The bytes of a text, a view. */
  text(): Uint8Array {
    const length = this.uint()
    const start = this.#at
    this.skip(length)
    return this.#bytes.subarray(start, this.#at)
  }

  /** Text after its length in bytes; returns how many units of UTF-16 it has, as strings in JavaScript count. */
  skipText(): number {
    const length = this.uint()
    const end = this.#at + length
    if (end > this.#bytes.length) throw new MalformedUpdate('it ends too early')
    const bytes = this.#bytes
    let at = this.#at
    while (at < end && bytes[at]! < 0x80) at++
    const asciiUnits = at - this.#at
    const start = at
    this.#at = end
    return at === end ? asciiUnits : asciiUnits + unitsOf(bytes, start, end)
  }
}

/** The units of UTF-16 of what is not all ASCII; throws where it is no UTF-8. */
function unitsOf(bytes: Uint8Array, start: number, end: number): number {
  let units = 0
  let at = start
  while (at < end) {
    const lead = bytes[at]!
    const length = lead < 0x80 ? 1 : lengthOf(lead)
    if (at + length > end || (length > 1 && !isSequence(bytes, at, length))) {
      throw new MalformedUpdate('a text is not UTF-8')
    }
    at += length
    units += length === 4 ? 2 : 1
  }
  return units
}

/** How many bytes a letter takes that begins so; more than there can be where none does. */
function lengthOf(lead: number): number {
  if (lead >= 0xc2 && lead < 0xe0) return 2
  if (lead >= 0xe0 && lead < 0xf0) return 3
  if (lead >= 0xf0 && lead < 0xf5) return 4
  return Number.POSITIVE_INFINITY
}

/** Whether the bytes after the lead go on with it: no longer than needed, no half of a pair, nothing beyond Unicode. */
function isSequence(bytes: Uint8Array, at: number, length: number): boolean {
  const lead = bytes[at]!
  const second = bytes[at + 1]!
  if (lead === 0xe0 && second < 0xa0) return false
  if (lead === 0xed && second > 0x9f) return false
  if (lead === 0xf0 && second < 0x90) return false
  if (lead === 0xf4 && second > 0x8f) return false
  for (let i = at + 1; i < at + length; i++) if ((bytes[i]! & 0xc0) !== 0x80) return false
  return true
}
