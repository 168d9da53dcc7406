/** Why something could not be kept in this browser. */

/**
 * `full`: the browser gives no more room. `wiped`: the copy was removed. `closed`: there is no such storage, or it is
 * not allowed. `failed`: it broke.
 */
export type OfflineFault = 'full' | 'wiped' | 'closed' | 'failed'

/** What a store rejects with. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError'
  readonly fault: OfflineFault

  constructor(fault: OfflineFault, cause?: unknown) {
    super(`Cannot keep the document in this browser: ${fault}`, { cause })
    this.fault = fault
  }
}

/** The fault of any rejection. */
export function faultOf(error: unknown): OfflineFault {
  return error instanceof OfflineError ? error.fault : 'failed'
}
