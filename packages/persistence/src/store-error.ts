/** Why a store refuses. The catalogue of codes; never a message format. */

/**
 * `corrupt`: what is on disk is not what was written. `full`: no room left. `read-only`: the disk takes no writes.
 * `closed`: the store was closed. `unavailable`: the store cannot be reached, a later try may succeed.
 * `locked`: another process holds the folder. `newer-schema`: a newer Kolam wrote it. `invalid`: the call makes no sense.
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

/** A refusal of the store, told apart by its code. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}
