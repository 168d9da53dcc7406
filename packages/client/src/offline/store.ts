/**
 * The port through which a document is kept in this browser: updates, and what of them no server has acknowledged.
 * Holds bytes and knows no document. Every write is one step: it happens whole, or not at all.
 */

import type { Unsaved } from '../unsaved.ts'

/** An update as it lies in the store. */
export interface KeptUpdate {
  readonly key: number
  readonly update: Uint8Array
}

/** What one writer, a page that lives or lived, has not been told to be saved. */
export interface Mark {
  readonly writer: string
  /** Another one with each write, so that a mark that was read is not taken for a newer one. */
  readonly version: string
  readonly unsaved: Unsaved
}

/** Everything that is kept of a document. */
export interface Opened {
  /** Names the copy; a document that was wiped and kept again has another one. */
  readonly life: string
  /** In the order they were written. */
  readonly updates: readonly KeptUpdate[]
  readonly marks: readonly Mark[]
}

/** One step. */
export interface Write {
  readonly document: string
  readonly life: string
  /** To be kept; null when only marks change. */
  readonly update: Uint8Array | null
  /** Keys that `update` stands for from now on; those that are gone are no mistake. */
  readonly replaces: readonly number[]
  readonly writer: string
  /** Counts the steps of a writer: one that comes late takes no mark from a newer one. */
  readonly turn: number
  /** What of this writer is unsaved after this step; null when nothing is. */
  readonly unsaved: Unsaved | null
  /** Marks of others that were settled; one that has changed since it was read stays. */
  readonly settled: readonly Pick<Mark, 'writer' | 'version'>[]
  /** What the app wants to know of the document without opening it; left as it is when missing. */
  readonly about?: string
  readonly atMs: number
  /**
   * The page may be gone before an answer comes: all of the step is handed over at once. Nothing can be looked up then,
   * so into a copy that was wiped it writes what nobody will see.
   */
  readonly isLast?: boolean
}

/** A document in the list of what is kept. */
export interface KeptDocument {
  readonly document: string
  readonly about: string
  /** When it was last written to. */
  readonly atMs: number
  readonly bytes: number
  /** Changes that are only here. */
  readonly unsaved: number
}

/** Calls may be made in any order and before the last has ended; they reject with an `OfflineError`. */
export interface OfflineStore {
  /** What is kept; from now on the document is one that is kept, also while it is empty. */
  open(document: string): Promise<Opened>
  /** Returns the key of the update. Rejects with `wiped` when the copy of that life is gone. */
  write(step: Write): Promise<number | null>
  /** Removes the copy, whatever is in it. */
  wipe(document: string): Promise<void>
  /** Removes the copy only when everything in it was acknowledged; returns whether it did. */
  wipeIfSaved(document: string): Promise<boolean>
  wipeAll(): Promise<void>
  /** The documents something is kept of, the newest first. */
  list(): Promise<KeptDocument[]>
  /** Nothing is called afterwards. */
  close(): void
}
