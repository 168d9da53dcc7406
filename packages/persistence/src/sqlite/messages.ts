/**
 * What the store and its worker say to each other. A batch is one message with one buffer, moved, not copied.
 * Never holds a class: errors travel as code and words.
 */
import type { DocumentAssets } from '../asset-references.ts'
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  StoredDocument,
  StoreStats,
  TrashedDocument,
} from '../store.ts'
import type {
  HistorySize,
  NewPoint,
  PointInfo,
  PointWords,
  Rewrite,
  StoredPoint,
  Unrecorded,
} from '../history.ts'
import type { StoreErrorCode } from '../store-error.ts'

/**
 * A batch in one buffer: for each update four numbers (document, author, length, time), then the bytes of all of them.
 * Documents and authors are numbered, because to clone an object for each update costs more than to store it.
 */
export interface PackedBatch {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly count: number
  readonly documents: readonly string[]
  readonly authors: readonly string[]
}

/** A stored document with all its bytes in one buffer; the snapshot comes first if there is one. */
export interface PackedDocument {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly lengths: readonly number[]
  readonly hasSnapshot: boolean
  readonly seq: number
  readonly damage?: readonly string[]
}

/** The same with all updates in one buffer. */
export type PackedUnrecorded = Omit<Unrecorded, 'updates'> & { readonly updates: PackedBatch }

/** What it is asked about the history. */
export type HistoryCall =
  | { readonly name: 'unrecorded'; readonly document: string; readonly upto: number }
  | { readonly name: 'addPoint'; readonly document: string; readonly point: NewPoint }
  | { readonly name: 'listPoints'; readonly document: string }
  | { readonly name: 'readPoint'; readonly document: string; readonly number: number }
  | {
      readonly name: 'renamePoint'
      readonly document: string
      readonly number: number
      readonly words: PointWords
    }
  | { readonly name: 'rewritePoints'; readonly document: string; readonly change: Rewrite }
  | { readonly name: 'historySizes' }

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
  | { readonly name: 'since'; readonly document: string; readonly seq: number }
  | { readonly name: 'trash'; readonly document: string; readonly at: number }
  | { readonly name: 'takeBack'; readonly document: string }
  | { readonly name: 'remove'; readonly document: string }
  | { readonly name: 'listTrash' }
  | HistoryCall
  | { readonly name: 'countReferences' }
  | { readonly name: 'listReferring' }
  | {
      readonly name: 'keepReferences'
      readonly document: string
      readonly named: DocumentAssets
    }
  | { readonly name: 'list' }
  | { readonly name: 'stats' }
  | { readonly name: 'close' }

/** What each call is answered with. */
export interface Answers {
  open: PackedDocument
  append: undefined
  compact: undefined
  describe: undefined
  /** Null where a snapshot stands for the first of them. */
  since: PackedDocument | null
  trash: undefined
  takeBack: undefined
  remove: undefined
  listTrash: TrashedDocument[]
  unrecorded: PackedUnrecorded
  addPoint: number
  listPoints: PointInfo[]
  readPoint: StoredPoint[]
  renamePoint: undefined
  rewritePoints: undefined
  historySizes: HistorySize[]
  countReferences: Map<string, number>
  listReferring: string[]
  keepReferences: undefined
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
  const [documents, authors] = [new Map<string, number>(), new Map<string, number>()]
  const headBytes = batch.length * HEAD_BYTES
  const bytes = new Uint8Array(batch.reduce((sum, { update }) => sum + update.length, headBytes))
  const heads = new Float64Array(bytes.buffer, 0, batch.length * HEAD_FIELDS)
  let offset = headBytes
  for (const [index, { document, update, at, author }] of batch.entries()) {
    const head = [numberOf(documents, document), numberOf(authors, author), update.length, at]
    heads.set(head, index * HEAD_FIELDS)
    bytes.set(update, offset)
    offset += update.length
  }
  return {
    bytes,
    count: batch.length,
    documents: [...documents.keys()],
    authors: [...authors.keys()],
  }
}

/** The batch again, its updates views on the one buffer. */
export function unpackBatch({ bytes, count, documents, authors }: PackedBatch): Append[] {
  const heads = new Float64Array(bytes.buffer, bytes.byteOffset, count * HEAD_FIELDS)
  let offset = count * HEAD_BYTES
  return Array.from({ length: count }, (_, index) => {
    const at = index * HEAD_FIELDS
    const length = heads[at + 2]!
    const update = bytes.subarray(offset, (offset += length))
    return {
      document: documents[heads[at]!]!,
      update,
      at: heads[at + 3]!,
      author: authors[heads[at + 1]!]!,
    }
  })
}

/** Puts a document into one buffer. */
export function packDocument({ snapshot, updates, ...rest }: StoredDocument): PackedDocument {
  const parts = snapshot ? [snapshot, ...updates] : updates
  return {
    bytes: concat(parts),
    lengths: parts.map(({ length }) => length),
    hasSnapshot: snapshot !== null,
    ...rest,
  }
}

/** The document again, its parts views on the one buffer. */
export function unpackDocument({
  bytes,
  lengths,
  hasSnapshot,
  ...rest
}: PackedDocument): StoredDocument {
  const parts = split(bytes, lengths)
  return {
    snapshot: hasSnapshot ? parts[0]! : null,
    updates: hasSnapshot ? parts.slice(1) : parts,
    ...rest,
  }
}

const HEAD_FIELDS = 4
const HEAD_BYTES = HEAD_FIELDS * Float64Array.BYTES_PER_ELEMENT

/** The number of a name, given when it is first seen. */
function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
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
