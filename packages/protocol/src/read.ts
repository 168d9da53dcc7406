/**
 * Bounded readers over lib0's: every length is checked against a limit and against the frame before it is used,
 * and every number is a safe integer. A reader throws `WireError`; only the decoders of this package catch it.
 */
import * as decoding from 'lib0/decoding'
import { decodeUtf8 } from 'lib0/string'

/** What is wrong with bytes from the wire. */
export type DecodeErrorCode =
  'empty' | 'truncated' | 'trailing' | 'unknown-type' | 'too-large' | 'malformed'

/** Thrown inside a decoder, never out of one; `what` is what cannot be read, and why. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code: DecodeErrorCode

  constructor(code: DecodeErrorCode, what: string) {
    super(`Cannot read ${what}`)
    this.code = code
  }
}

export type Decoder = decoding.Decoder

/** Bytes the decoder has not read yet. */
export function remaining(decoder: Decoder): number {
  return decoder.arr.length - decoder.pos
}

/** A whole number below 2^53. */
export function readUint(decoder: Decoder): number {
  const value = tryReadUint(decoder)
  if (value === null) {
    throw new WireError('truncated', 'a number: the frame ends')
  }
  if (!Number.isSafeInteger(value)) {
    throw new WireError('malformed', 'a number: it is 2^53 or more')
  }
  return value
}

/** Throws where that is more than may come. */
export function checkLength(length: number, bytesMax: number): void {
  if (length <= bytesMax) return
  throw new WireError('too-large', `${length} bytes: limit is ${bytesMax}`)
}

/** A view of the bytes that follow their own length. */
export function readBytes(decoder: Decoder, bytesMax: number): Uint8Array {
  const length = readUint(decoder)
  checkLength(length, bytesMax)
  if (length > remaining(decoder)) {
    throw new WireError('truncated', `${length} bytes: the frame holds ${remaining(decoder)}`)
  }
  return decoding.readUint8Array(decoder, length)
}

/** Text that follows its length in bytes. */
export function readText(decoder: Decoder, bytesMax: number): string {
  const bytes = readBytes(decoder, bytesMax)
  try {
    return decodeUtf8(bytes)
  } catch {
    throw new WireError('malformed', 'text: it is not UTF-8')
  }
}

/** The number as lib0 reads it, infinite where lib0 refuses its size, null where the bytes end. */
function tryReadUint(decoder: Decoder): number | null {
  try {
    return decoding.readVarUint(decoder)
  } catch {
    return remaining(decoder) > 0 ? Number.POSITIVE_INFINITY : null
  }
}
