/** The store on disk. */

export { type AssetSource, assetFiles } from './asset-source.ts'
export { type BackupInfo, verifyBackup, writeBackup } from './backup.ts'
export {
  checkEverything,
  type CheckReport,
  type Decoder,
  examineDocument,
  type Problem,
} from './check.ts'
export { writeThroughDraft } from './draft-file.ts'
export { breathe, type LongWork, type Progress } from './long-work.ts'
export { DatabaseReader, openForReading } from './reader.ts'
export { asideName, restoreBackup } from './restore.ts'
export { openSqliteStore, type SqliteStoreOptions } from './sqlite-store.ts'
