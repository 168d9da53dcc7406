/**
 * What a line over HTTP is made of: records in a stream of bytes each way, however the requests and answers that carry
 * them are cut. PROTOCOL.md has the equations. Never looks inside a message.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as LIMITS from './limits.ts'
import { readText, readUint } from './read.ts'

/** One record. A client sends messages only. */
export type HttpRecord =
  | { readonly type: 'message'; readonly frame: Uint8Array }
  /** The first: the name of the line, which is its key too, and the subprotocol that was chosen, or ''. */
  | { readonly type: 'opened'; readonly line: string; readonly protocol: string }
  /** The last: as WebSocket's close frame. */
  | { readonly type: 'closed'; readonly code: number; readonly reason: string }
  /** The request without bytes was heard: so what is sent gets through at once, in both directions. */
  | { readonly type: 'heard' }
  /** A request without bytes is asked for. */
  | { readonly type: 'ask' }

const NONE = -1
const MESSAGE = 0
const OPENED = 1
const CLOSED = 2
const HEARD = 3
const ASK = 4

/** Four bytes of length, highest first, and one of type. */
const LENGTH_BYTES = 4
const HEAD_BYTES = LENGTH_BYTES + 1

/** A name is 22 characters, and nobody needs a longer one. */
const NAME_BYTES_MAX = 64

/** Frames as records, in one piece of memory. */
export function encodeHttpMessages(frames: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(frames.reduce((sum, { length }) => sum + HEAD_BYTES + length, 0))
  let at = 0
  for (const frame of frames) {
    writeHead(bytes, at, MESSAGE, frame.length)
    bytes.set(frame, at + HEAD_BYTES)
    at += HEAD_BYTES + frame.length
  }
  return bytes
}

/** Any other record. */
export function encodeHttpRecord(record: Exclude<HttpRecord, { type: 'message' }>): Uint8Array {
  const body = encoding.encode((encoder) => {
    if (record.type === 'opened') {
      encoding.writeVarString(encoder, record.line)
      encoding.writeVarString(encoder, record.protocol)
    } else if (record.type === 'closed') {
      encoding.writeVarUint(encoder, record.code)
      encoding.writeVarString(encoder, record.reason)
    }
  })
  const types = { opened: OPENED, closed: CLOSED, heard: HEARD, ask: ASK }
  const bytes = new Uint8Array(HEAD_BYTES + body.length)
  writeHead(bytes, 0, types[record.type], body.length)
  bytes.set(body, HEAD_BYTES)
  return bytes
}

/**
 * Puts records together again, one when it is asked for: many small ones in few bytes would be much in memory. What it
 * gives may be views of what it was given.
 */
export class HttpRecordReader {
  readonly #frameBytesMax: number
  #pieces: Uint8Array[] = []
  #bytes = 0
  /** Length of the record that is being read; null while its head is. */
  #length: number | null = null
  #isMalformed = false

  constructor(frameBytesMax: number = LIMITS.frameBytesMax) {
    this.#frameBytesMax = frameBytesMax
  }

  /** Whether what came is no record. Nothing is read after it. */
  get isMalformed(): boolean {
    return this.#isMalformed
  }

  /** Bytes of the record that has begun and is larger than any may be; 0 otherwise. Nothing is read after it. */
  get oversize(): number {
    const length = (this.#length ?? 1) - 1
    return length > this.#frameBytesMax ? length : 0
  }

  /** More bytes, which are kept as they are. */
  push(bytes: Uint8Array): void {
    this.#pieces.push(bytes)
    this.#bytes += bytes.length
  }

  /** The next record; null where there is none yet, or none any more. */
  next(): HttpRecord | null {
    const bytes = this.#isMalformed ? null : this.#nextBytes()
    const record = bytes && recordOf(bytes)
    if (bytes && !record) this.#isMalformed = true
    return record
  }

  /** A whole record without its length. */
  #nextBytes(): Uint8Array | null {
    if (this.#length === null) {
      if (this.#bytes < LENGTH_BYTES) return null
      this.#length = view(this.#take(LENGTH_BYTES)).getUint32(0)
    }
    if (this.oversize > 0 || this.#bytes < this.#length) return null
    const record = this.#take(this.#length)
    this.#length = null
    return record
  }

  #take(length: number): Uint8Array {
    this.#bytes -= length
    const [first] = this.#pieces
    if (first && first.length > length) {
      this.#pieces[0] = first.subarray(length)
      return first.subarray(0, length)
    }
    return this.#join(length)
  }

  #join(length: number): Uint8Array {
    const whole = new Uint8Array(length)
    let at = 0
    let used = 0
    for (; at < length; used++) {
      const piece = this.#pieces[used]!
      const part = piece.subarray(0, length - at)
      whole.set(part, at)
      at += part.length
      if (part.length === piece.length) continue
      this.#pieces[used] = piece.subarray(part.length)
      break
    }
    this.#pieces.splice(0, used)
    return whole
  }
}

function recordOf(bytes: Uint8Array): HttpRecord | null {
  const body = bytes.subarray(1)
  try {
    const type = bytes[0] ?? NONE
    switch (type) {
      case MESSAGE:
        return { type: 'message', frame: body }
      case OPENED:
        return openedOf(decoding.createDecoder(body))
      case CLOSED:
        return closedOf(decoding.createDecoder(body))
      case HEARD:
        return { type: 'heard' }
      case ASK:
        return { type: 'ask' }
      default:
        return null
    }
  } catch {
    return null
  }
}

function openedOf(decoder: decoding.Decoder): HttpRecord {
  const line = readText(decoder, NAME_BYTES_MAX)
  return { type: 'opened', line, protocol: readText(decoder, NAME_BYTES_MAX) }
}

function closedOf(decoder: decoding.Decoder): HttpRecord {
  const code = readUint(decoder)
  return { type: 'closed', code, reason: readText(decoder, LIMITS.reasonBytesMax) }
}

function writeHead(bytes: Uint8Array, at: number, type: number, bodyBytes: number): void {
  view(bytes).setUint32(at, bodyBytes + 1)
  bytes[at + LENGTH_BYTES] = type
}

function view({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
