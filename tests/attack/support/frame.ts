/** WebSocket frames of any shape, the forbidden ones included; and what a server says in its own. */

/** What may be wrong with a frame. Without any of it, it is a client's sound binary frame. */
export interface FrameShape {
  readonly fin?: boolean
  /** 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong; the others are reserved. */
  readonly opcode?: number
  /** The three reserved bits, as a number from 0 to 7; 4 says that the payload is compressed. */
  readonly reserved?: number
  readonly masked?: boolean
  /** What the header claims, instead of the payload's length. */
  readonly claimedLength?: bigint
}

/** One frame. The mask is all zeros, so that the payload reads as it is. */
export function frameOf(payload: Uint8Array, shape: FrameShape = {}): Buffer {
  const { fin = true, opcode = 2, reserved = 0, masked = true, claimedLength } = shape
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode
  const [length, ...more] = lengthBytes(
    claimedLength ?? BigInt(payload.length),
    claimedLength !== undefined,
  )
  const head = [first, (masked ? 0x80 : 0) | (length ?? 0), ...more]
  return Buffer.concat([Buffer.from(masked ? [...head, 0, 0, 0, 0] : head), payload])
}

/** How a connection ended from the server's side. */
export interface Ending {
  /** The code of its close frame; null where it said none. */
  readonly code: number | null
}

/** Reads the close code out of what a server sent after the upgrade; null while there is none. */
export function closeCodeIn(bytes: Buffer): number | null {
  let at = 0
  while (at + 2 <= bytes.length) {
    const short = bytes[at + 1]! & 0x7f
    const extra = short === 127 ? 8 : short === 126 ? 2 : 0
    if (at + 2 + extra > bytes.length) return null
    const length =
      extra === 8
        ? Number(bytes.readBigUInt64BE(at + 2))
        : extra === 2
          ? bytes.readUInt16BE(at + 2)
          : short
    const body = at + 2 + extra
    if (body + length > bytes.length) return null
    if ((bytes[at]! & 0x0f) === 8 && length >= 2) return bytes.readUInt16BE(body)
    at = body + length
  }
  return null
}

function lengthBytes(length: bigint, isClaimed: boolean): number[] {
  if (isClaimed || length > 0xffffn) {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64BE(length)
    return [127, ...bytes]
  }
  if (length > 125n) return [126, Number(length >> 8n), Number(length & 0xffn)]
  return [Number(length)]
}
