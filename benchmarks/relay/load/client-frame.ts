/** WebSocket frames of a client. The mask is zero: servers unmask all the same, and the load need not mask. */

const MASKED = 0x80
const FINAL = 0x80
const MASK = 4

/** One message in a frame; binary unless another opcode is given. */
export function clientFrame(message: Uint8Array, opcode = 2): Buffer {
  const header = headerOf(message.length)
  header[0] = FINAL | opcode
  return Buffer.concat([header, message])
}

function headerOf(length: number): Buffer {
  if (length < 126) return filled(2, (header) => (header[1] = MASKED | length))
  if (length < 0x10000) {
    return filled(4, (header) => {
      header[1] = MASKED | 126
      header.writeUInt16BE(length, 2)
    })
  }
  return filled(10, (header) => {
    header[1] = MASKED | 127
    header.writeBigUInt64BE(BigInt(length), 2)
  })
}

function filled(bytes: number, fill: (header: Buffer) => void): Buffer {
  const header = Buffer.alloc(bytes + MASK)
  fill(header)
  return header
}
