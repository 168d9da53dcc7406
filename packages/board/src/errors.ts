/** What this package throws when its caller handed it something that cannot be. */

/**
 * `ink`: bytes that are no stroke. `id`: an id that is taken or not allowed. `format`: a document of a
 * newer format.
 */
export type BoardErrorCode = 'ink' | 'id' | 'format'

/** A fault of the caller, told apart by `code`. */
export class BoardError extends Error {
  readonly code: BoardErrorCode

  constructor(code: BoardErrorCode, message: string) {
    super(message)
    this.name = 'BoardError'
    this.code = code
  }
}
