/** Rows of the tables as values of the port; shared by whoever writes and whoever only reads. */
import type { DocumentInfo, StoreStats, TrashedDocument } from '../store.ts'
import type { SqlRow } from './sql.ts'

/** A line of the list. */
export function infoOf(row: SqlRow): DocumentInfo {
  return {
    id: String(row['id']),
    title: String(row['title']),
    shapes: Number(row['shapes']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    bytes: Number(row['bytes']),
  }
}

/** A line of the list of the trash. */
export function trashedOf(row: SqlRow): TrashedDocument {
  return { ...infoOf(row), trashedAt: Number(row['trashed_at']) }
}

/** Totals. */
export function statsOf(row: SqlRow): StoreStats {
  return {
    documents: Number(row['documents']),
    trashed: Number(row['trashed']),
    updates: Number(row['updates']),
    bytes: Number(row['bytes']),
    points: Number(row['points']),
    historyBytes: Number(row['history_bytes']),
  }
}
