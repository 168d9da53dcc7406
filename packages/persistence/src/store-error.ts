/** Why a store refuses. The catalogue of codes; never a message format. */

/**
 * `corrupt`: what is on disk is not what was written. `full`: no room left. `read-only`: the disk takes no writes.
 * `closed`: the store was closed. `unavailable`: the store cannot be reached, a later try may succeed.
 * `locked`: another process holds the folder. `newer-schema`: a newer Kolam wrote it. `invalid`: the call makes no sense.
 * `trashed`: the document is in the trash. `deleted`: it was removed for good.
 */
export type StoreErrorCode =
  | 'corrupt'
  | 'full'
  | 'read-only'
  | 'closed'
  | 'unavailable'
  | 'locked'
  | 'newer-schema'
  | 'invalid'
  | 'trashed'
  | 'deleted'

/** A refusal of the store, told apart by its code. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** The document is in the trash. */
export function trashed(id: string): StoreError {
  return new StoreError('trashed', `Cannot use document "${id}": it is in the trash`)
}

/** The document was removed for good. */
export function deleted(id: string): StoreError {
  return new StoreError('deleted', `Cannot use document "${id}": it was deleted`)
}

/** Nothing was ever written to the document. */
export function unknown(id: string): StoreError {
  return new StoreError('invalid', `Cannot find document "${id}"`)
}

/** The document is not in the trash. */
export function notTrashed(id: string): StoreError {
  return new StoreError('invalid', `Cannot do that to document "${id}": it is not in the trash`)
}
