/** What opening is measured of: a store that is ready, and a document in it that nobody has read yet. */

/** The document of the history. */
export const DOCUMENT = 'board'

/** Opens the document once. */
export interface Opener {
  /** What can be sent to somebody who has nothing. */
  answer(): Promise<readonly Uint8Array[]>
  /** The shapes in an answer. */
  shapes(answer: readonly Uint8Array[]): unknown
  close(): Promise<void>
}
