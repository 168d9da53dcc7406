/** Where documents are kept: the port, its errors, and the store in memory. */

export { MemoryStore } from './memory-store.ts'
export type {
  Append,
  DocumentDescription,
  DocumentInfo,
  Store,
  StoredDocument,
  StoreStats,
  TrashedDocument,
} from './store.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
