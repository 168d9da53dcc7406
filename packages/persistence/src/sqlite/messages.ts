/**
 * What the store and its worker say to each other. A batch is one message with one buffer, moved, not copied.
 * Never holds a class: errors travel as code and words.
 */
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  StoredDocument,
  StoreStats,
} from '../store.ts'
import type { StoreErrorCode } from '../store-error.ts'

/** A batch with the bytes of all its updates in one buffer. */
export interface PackedBatch {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly entries: readonly { document: string; length: number; at: number; author: string }[]
}

/** A stored document with all its bytes in one buffer; the snapshot comes first if there is one. */
export interface PackedDocument {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly lengths: readonly number[]
  readonly hasSnapshot: boolean
  readonly seq: number
}

/** What the worker is asked, by name. */
export type Call =
  | { readonly name: 'open'; readonly document: string }
  | { readonly name: 'append'; readonly batch: PackedBatch }
  | {
      readonly name: 'compact'
      readonly document: string
      readonly snapshot: Uint8Array
      readonly upto: number
    }
  | { readonly name: 'describe'; readonly document: string; readonly info: DocumentDescription }
  | { readonly name: 'list' }
  | { readonly name: 'stats' }
  | { readonly name: 'close' }

/** What each call is answered with. */
export interface Answers {
  open: PackedDocument
  append: undefined
  compact: undefined
  describe: undefined
  list: DocumentInfo[]
  stats: StoreStats
  close: undefined
}

/** The answer to any call. */
export type Answer = Answers[Call['name']]

/** A call with the number its reply repeats. Number 0 is the worker's own word that it has opened. */
export interface Request {
  readonly number: number
  readonly call: Call
}

/** The reply to the request of the same number. */
export type Reply =
  | { readonly number: number; readonly ok: true; readonly answer: Answer }
  | {
      readonly number: number
      readonly ok: false
      readonly code: StoreErrorCode
      readonly message: string
    }

/** Puts a batch into one buffer of its own; the caller's bytes stay the caller's. */
export function packBatch(batch: readonly Append[]): PackedBatch {
  return {
    bytes: concat(batch.map(({ update }) => update)),
    entries: batch.map(({ document, update, at, author }) => {
      return { document, length: update.length, at, author }
    }),
  }
}

/** The batch again, its updates views on the one buffer. */
export function unpackBatch({ bytes, entries }: PackedBatch): Append[] {
  const parts = split(
    bytes,
    entries.map(({ length }) => length),
  )
  return entries.map(({ document, at, author }, index) => {
    return { document, update: parts[index]!, at, author }
  })
}

/** Puts a document into one buffer. */
export function packDocument({ snapshot, updates, seq }: StoredDocument): PackedDocument {
  const parts = snapshot ? [snapshot, ...updates] : updates
  return {
    bytes: concat(parts),
    lengths: parts.map(({ length }) => length),
    hasSnapshot: snapshot !== null,
    seq,
  }
}

/** The document again, its parts views on the one buffer. */
export function unpackDocument({
  bytes,
  lengths,
  hasSnapshot,
  seq,
}: PackedDocument): StoredDocument {
  const parts = split(bytes, lengths)
  return {
    snapshot: hasSnapshot ? parts[0]! : null,
    updates: hasSnapshot ? parts.slice(1) : parts,
    seq,
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

function split(whole: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  let offset = 0
  return lengths.map((length) => whole.subarray(offset, (offset += length)))
}
