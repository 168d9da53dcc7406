/** Where documents are kept: the port, its errors, and the store in memory. */

export { ANY_ASSET, assetNamesIn } from './asset-names.ts'
export type { AssetReferences, DocumentAssets } from './asset-references.ts'
export type {
  History,
  HistorySize,
  NewPoint,
  PointBytes,
  PointGrowth,
  PointInfo,
  PointKind,
  PointWords,
  Rewrite,
  RewrittenPoint,
  StoredPoint,
  Unrecorded,
} from './history.ts'
export { MemoryStore } from './memory-store.ts'
export type {
  Append,
  DocumentDescription,
  DocumentInfo,
  Store,
  StoredDocument,
  StoreOptions,
  StoreStats,
  TrashedDocument,
} from './store.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
