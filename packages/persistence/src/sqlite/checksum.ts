/** The checksum every row carries. It covers the place of the row too, so that swapped rows are noticed. */
import { crc32 } from 'node:zlib'

/**
 * CRC-32 over the document, the number of the row and its bytes. No number where there are no bytes: one flipped bit
 * makes text of them, and of much text the checksum would be the same.
 */
export function rowChecksum(document: string, seq: number, bytes: Uint8Array): number {
  if (!ArrayBuffer.isView(bytes)) return Number.NaN
  return crc32(bytes, crc32(`${document}\n${seq}\n`))
}

/** Whether a document is there, in the trash (and since when) or removed. */
export interface DocumentState {
  readonly trashedAt: number | null
  readonly deleted: boolean
}

/** Neither in the trash nor removed. */
export const PRESENT: DocumentState = { trashedAt: null, deleted: false }

/** The checksum of a document's state; without it one flipped bit could hide a document. */
export function stateChecksum(id: string, { trashedAt, deleted }: DocumentState): number {
  return crc32(`${id} ${trashedAt ?? '-'} ${deleted ? 1 : 0}`)
}
