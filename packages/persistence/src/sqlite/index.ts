/** The store on disk. */

export { openSqliteStore, type SqliteStoreOptions } from './sqlite-store.ts'
