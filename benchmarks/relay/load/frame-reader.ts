/**
 * Finds the messages in the bytes of a server: walks headers, copies only what is cut in two by a read. Large
 * messages are handed on piece by piece, so that nobody has to hold them. Knows nothing of what messages mean.
 */

/** Takes a message too large to be put together for everybody. */
export interface LargeMessage {
  piece(bytes: Buffer, start: number, end: number): void
  done(): void
}

/** Hears what was found. The bytes belong to the reader and change after the call. */
export interface FrameHandler {
  message(bytes: Buffer, start: number, end: number): void
  control(opcode: number, bytes: Buffer, start: number, end: number): void
  large(length: number): LargeMessage
}

export const LARGE_BYTES = 64 * 1024
const BINARY = 2
const FIRST_CONTROL = 8

/** The frames of one connection. */
export class FrameReader {
  readonly #handler: FrameHandler
  /** The beginning of a frame whose end has not come yet. */
  #cut: Buffer = Buffer.alloc(0)
  #cutBytes = 0
  #large: LargeMessage | null = null
  #largeLeft = 0

  constructor(handler: FrameHandler) {
    this.#handler = handler
  }

  read(bytes: Buffer, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (this.#large) at = this.#readLarge(this.#large, bytes, { at, end })
      else if (this.#cutBytes > 0) at = this.#mend(bytes, at, end)
      else at = this.#walk(bytes, at, end)
    }
  }

  #walk(bytes: Buffer, start: number, end: number): number {
    let at = start
    while (at < end) {
      const header = headerBytes(bytes, at, end)
      if (at + header > end) return this.#keep(bytes, at, end)
      const length = payloadBytes(bytes, at)
      if (length > LARGE_BYTES) {
        this.#startLarge(length)
        return at + header
      }
      const after = at + header + length
      if (after > end) return this.#keep(bytes, at, end)
      this.#hand(bytes[at]!, bytes, { at: at + header, end: after })
      at = after
    }
    return at
  }

  #keep(bytes: Buffer, at: number, end: number): number {
    this.#grow(end - at)
    bytes.copy(this.#cut, 0, at, end)
    this.#cutBytes = end - at
    return end
  }

  /** Takes what is missing: first to the end of the header, then to the end of the frame. */
  #mend(bytes: Buffer, at: number, end: number): number {
    const header = headerBytes(this.#cut, 0, this.#cutBytes)
    if (this.#cutBytes < header)
      return this.#append(bytes, at, Math.min(end, at + header - this.#cutBytes))
    const length = payloadBytes(this.#cut, 0)
    if (length > LARGE_BYTES) {
      this.#cutBytes = 0
      this.#startLarge(length)
      return at
    }
    const missing = header + length - this.#cutBytes
    const next = this.#append(bytes, at, Math.min(end, at + missing))
    if (next - at < missing) return next
    this.#cutBytes = 0
    this.#hand(this.#cut[0]!, this.#cut, { at: header, end: header + length })
    return next
  }

  #append(bytes: Buffer, at: number, end: number): number {
    this.#grow(this.#cutBytes + end - at)
    bytes.copy(this.#cut, this.#cutBytes, at, end)
    this.#cutBytes += end - at
    return end
  }

  #grow(size: number): void {
    if (this.#cut.length >= size) return
    const larger = Buffer.allocUnsafeSlow(Math.max(256, size * 2))
    this.#cut.copy(larger, 0, 0, this.#cutBytes)
    this.#cut = larger
  }

  #startLarge(length: number): void {
    this.#large = this.#handler.large(length)
    this.#largeLeft = length
  }

  #readLarge(large: LargeMessage, bytes: Buffer, { at, end }: { at: number; end: number }): number {
    const next = Math.min(end, at + this.#largeLeft)
    large.piece(bytes, at, next)
    this.#largeLeft -= next - at
    if (this.#largeLeft > 0) return next
    this.#large = null
    large.done()
    return next
  }

  #hand(first: number, bytes: Buffer, { at, end }: { at: number; end: number }): void {
    const opcode = first & 0x0f
    if (opcode >= FIRST_CONTROL) return this.#handler.control(opcode, bytes, at, end)
    if (opcode !== BINARY || (first & 0x80) === 0) throw new Error(`Cannot read frame ${first}`)
    this.#handler.message(bytes, at, end)
  }
}

/** How long the header is, as far as one can see: never more than what is needed to see more. */
function headerBytes(bytes: Buffer, at: number, end: number): number {
  if (end - at < 2) return 2
  const length = bytes[at + 1]! & 0x7f
  if (length < 126) return 2
  return length === 126 ? 4 : 10
}

function payloadBytes(bytes: Buffer, at: number): number {
  const length = bytes[at + 1]! & 0x7f
  if (length < 126) return length
  return length === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
}
