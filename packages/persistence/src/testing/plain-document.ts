/** Documents of small numbers, so that a difference is readable. */
import type { Append, StoredDocument } from '../store.ts'

/** These bytes. */
export function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values)
}

/** An update of these bytes, by Ada. */
export function entry(document: string, values: number[], at = 1): Append {
  return { document, update: bytes(...values), at, author: 'ada' }
}

/** A stored document whose bytes are plain numbers. */
export interface PlainDocument {
  readonly snapshot: number[] | null
  readonly updates: number[][]
  readonly seq: number
}

/** The same document with plain numbers in it. */
export function plain({ snapshot, updates, seq }: StoredDocument): PlainDocument {
  return {
    snapshot: snapshot && [...snapshot],
    updates: updates.map((update) => [...update]),
    seq,
  }
}
