/** The checksum every row carries. It covers the place of the row too, so that swapped rows are noticed. */
import { crc32 } from 'node:zlib'

/** CRC-32 over the document, the number of the row and its bytes. */
export function rowChecksum(document: string, seq: number, bytes: Uint8Array): number {
  return crc32(bytes, crc32(`${document}\n${seq}\n`))
}
