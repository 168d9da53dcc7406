/** What the relay cannot do itself: everything that looks inside an update. Handed in by the server. */

/** A run of structs of one client, `clock` the first of `length`. */
export interface StructRange {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** What an update brings. */
export interface UpdateInfo {
  /** Runs of structs, without the gaps an update may skip over; neighbours may be joined into one. */
  readonly structs: readonly StructRange[]
  /** How many ranges it deletes. */
  readonly deletes: number
  /** Those of the structs whose content was given up; left out where there are none. */
  readonly emptied?: readonly StructRange[]
}

/** An update held against a document that has some of its structs. */
export interface Sifted {
  /** A struct the document has is another one in the update: then nothing else is said. */
  readonly contradicts: boolean
  /** What the document lacks of it; `EMPTY_UPDATE` where that is nothing. */
  readonly news: Uint8Array
  /** The deletions of what the update still has and the document has not any more; `EMPTY_UPDATE` where that is nothing. */
  readonly gone: Uint8Array
}

/** The same with what is in the news. */
export interface SiftedUpdate extends Sifted {
  readonly info: UpdateInfo
}

/** What is merged: a document from its first update on, or the last part of one. */
export type MergePart = 'document' | 'tail'

/** Functions over encoded updates (Yjs, version 1). The relay never changes the bytes it gives. */
export interface DocumentFunctions {
  /**
   * Reads an update to its end; throws (or rejects) where it is malformed, with an error of the name `MALFORMED`: any other
   * error may pass. May answer at once for a small update and later for a large one that is better read elsewhere.
   */
  inspect(update: Uint8Array): UpdateInfo | Promise<UpdateInfo>
  /**
   * One update that holds what all of these hold, also what still waits for something missing. A whole document, which
   * is meant where nothing is said, may be made smaller by it; a tail stands on a base that is not given, and of it only
   * the bytes are put together.
   */
  merge(updates: readonly Uint8Array[], of?: MergePart): Promise<Uint8Array>
  /**
   * The same document as these updates make, small, to be stored in their place. Rejects where it cannot be proven to be
   * the same.
   */
  compact(updates: readonly Uint8Array[]): Promise<Uint8Array>
  /** What somebody with this state vector lacks; deletions are always in it. */
  diff(bytes: Uint8Array, stateVector: Uint8Array): Promise<Uint8Array>
  /** Holds an update against the document made of these parts. */
  sift(parts: readonly Uint8Array[], update: Uint8Array): Promise<Sifted>
  /** Whether `bytes` already hold all of `update`, deletions included. Without it, deletions count as news. */
  addsNothing?(bytes: Uint8Array, update: Uint8Array): Promise<boolean>
  /** What the list of documents shows. Without it the relay describes nothing. */
  summary?(bytes: Uint8Array): Promise<{ title: string; shapes: number }>
}

/** The name of an error that says: these bytes are no update, and never will be. */
export const MALFORMED = 'MalformedUpdate'

/** The update that holds nothing: no structs, no deletions. */
export const EMPTY_UPDATE: Uint8Array = new Uint8Array([0, 0])

/** Whether an update holds nothing. */
export function isNothing(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}
