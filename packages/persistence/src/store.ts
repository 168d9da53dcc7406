/** The port every place that keeps documents implements. Knows bytes and order; never what is in an update. */

import type { AssetReferences } from './asset-references.ts'
import type { History } from './history.ts'

/** One update on its way to the log. */
export interface Append {
  readonly document: string
  readonly update: Uint8Array
  /** When it arrived, in milliseconds since the epoch. */
  readonly at: number
  /** Who sent it; any text, may be empty. */
  readonly author: string
}

/** What the store holds of one document: a snapshot and the updates after it, in order. */
export interface StoredDocument {
  readonly snapshot: Uint8Array | null
  readonly updates: readonly Uint8Array[]
  /** The number of the last update stored, counted from 1 and never reused; 0 when there is none. */
  readonly seq: number
  /**
   * What of it is on disk and is not what was written, in words; left out where all is sound. It is not among the bytes
   * above, and stays where it is: whoever opens such a document must not write to it.
   */
  readonly damage?: readonly string[]
}

/** One line of the list of documents. */
export interface DocumentInfo {
  readonly id: string
  readonly title: string
  readonly shapes: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Bytes of the snapshot and of the updates after it. */
  readonly bytes: number
}

/** One line of the list of the trash. */
export interface TrashedDocument extends DocumentInfo {
  readonly trashedAt: number
}

/** What a document says of itself, kept beside it so that a list needs no reading of documents. */
export interface DocumentDescription {
  readonly title: string
  readonly shapes: number
}

/** Totals over all documents. */
export interface StoreStats {
  /** Those in the trash are not among them; in all that follows they are. */
  readonly documents: number
  readonly trashed: number
  /** Updates that no snapshot covers yet. */
  readonly updates: number
  readonly bytes: number
  /** Points of all histories, and what they take. Updates that wait for the next point are not among the bytes. */
  readonly points: number
  readonly historyBytes: number
}

/** How a store is kept, whatever it is made of. */
export interface StoreOptions {
  /** Updates stay until a point of the history holds them: for whoever makes points. Not unless asked. */
  readonly keepsHistory?: boolean
}

/**
 * Updates that stay for a point that does not come. Beyond it the oldest go with their snapshot as if no history was kept:
 * their content is in the next point, who wrote them is not.
 */
export const UNRECORDED_UPDATES_MAX = 200_000

/** Names in one update beyond which it counts as naming every asset. */
export const UPDATE_ASSETS_MAX = 10_000

/** A durable log of updates with one snapshot per document. Failures are `StoreError`s. */
export interface Store {
  readonly history: History
  readonly references: AssetReferences
  /** Reads a document; one never written is empty, and reading writes nothing. */
  open(id: string): Promise<StoredDocument>
  /** The updates after number `seq`, in order; null where a snapshot stands for the first of them. */
  since(id: string, seq: number): Promise<readonly Uint8Array[] | null>
  /** Resolves when every entry would survive a crash; after a rejection none of them is stored. */
  append(batch: readonly Append[]): Promise<void>
  /**
   * Puts `snapshot` in the place of all updates up to `upto`; one older than what is there changes nothing. Where a
   * history is kept, the updates themselves stay until a point holds them.
   */
  compact(id: string, snapshot: Uint8Array, upto: number): Promise<void>
  /** Keeps title and number of shapes for `list`; a document without updates is left alone. */
  describe(id: string, info: DocumentDescription): Promise<void>
  /** The documents with at least one update, the last changed first. */
  list(): Promise<DocumentInfo[]>
  /** Puts a document aside, whole: until it is taken back every call about it is refused with `trashed`. */
  trash(id: string, at: number): Promise<void>
  /** Takes a document back from the trash as it was. */
  takeBack(id: string): Promise<void>
  /** Removes a document that is in the trash for good. From then on every call about it is refused with `deleted`. */
  remove(id: string): Promise<void>
  /** The documents in the trash, the last one first. */
  listTrash(): Promise<TrashedDocument[]>
  stats(): Promise<StoreStats>
  /** Waits for what is under way, then refuses everything with `closed`. Calling it again is harmless. */
  close(): Promise<void>
}
