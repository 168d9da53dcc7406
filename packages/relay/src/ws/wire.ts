/**
 * WebSocket frames of a server: binary, final, not masked, not compressed (RFC 6455, section 5.2). Many messages become
 * one piece of memory, so that a flush is one write.
 */
import type { Wire } from '../peer.ts'

/** The first byte of a frame that is final and binary. */
const FINAL_BINARY = 0x82

/** Lengths up to here stand in the second byte; up to `UINT16_MAX` in two bytes after it; beyond in eight. */
const SHORT_MAX = 125
const UINT16_MAX = 0xffff
const IN_TWO_BYTES = 126
const IN_EIGHT_BYTES = 127

/** The one wire of all WebSocket peers. */
export const webSocketWire: Wire = {
  frame(messages) {
    let size = 0
    for (const { length } of messages) size += headSize(length) + length
    const frames = Buffer.allocUnsafe(size)
    let at = 0
    for (const message of messages) {
      at = writeHead(frames, at, message.length)
      frames.set(message, at)
      at += message.length
    }
    return frames
  },
}

function headSize(length: number): number {
  if (length <= SHORT_MAX) return 2
  return length <= UINT16_MAX ? 4 : 10
}

function writeHead(frames: Buffer, at: number, length: number): number {
  frames[at] = FINAL_BINARY
  if (length <= SHORT_MAX) return frames.writeUInt8(length, at + 1)
  if (length <= UINT16_MAX) {
    frames[at + 1] = IN_TWO_BYTES
    return frames.writeUInt16BE(length, at + 2)
  }
  frames[at + 1] = IN_EIGHT_BYTES
  return frames.writeBigUInt64BE(BigInt(length), at + 2)
}
