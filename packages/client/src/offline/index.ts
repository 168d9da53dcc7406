/** A document kept in this browser. Stores are handed in: `@kolam/client/indexed-db` has the one of browsers. */

export { type CopyEvents, type CopyOptions, type CopyState, OfflineCopy } from './copy.ts'
export { OfflineError, type OfflineFault } from './error.ts'
export { LazyStore } from './lazy-store.ts'
export type { KeptDocument, OfflineStore } from './store.ts'
