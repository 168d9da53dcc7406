/** Reads the history of documents beside a server that writes. */
import { schemaVersion } from './schema.ts'
import { HISTORY_SCHEMA } from './schema-check.ts'
import { SqliteLog } from './log.ts'
import type { SqlitePoints } from './points.ts'
import { openForReading } from './reader.ts'

/** What can be read of histories, and of a document beside them. */
export interface HistoryReader extends Pick<SqlitePoints, 'list' | 'read' | 'unrecorded'> {
  open: SqliteLog['open']
}

/** What `read` finds in the database in a file; null where an older Kolam wrote it, which kept no history. */
export function readHistory<T>(file: string, read: (history: HistoryReader) => T): T | null {
  const sql = openForReading(file)
  try {
    if (schemaVersion(sql) < HISTORY_SCHEMA) return null
    sql.exec('BEGIN')
    const log = new SqliteLog(sql)
    const { points } = log
    return read({
      open: (id) => log.open(id),
      list: (id) => points.list(id),
      read: (id, number) => points.read(id, number),
      unrecorded: (id, upto) => points.unrecorded(id, upto),
    })
  } finally {
    sql.close()
  }
}
