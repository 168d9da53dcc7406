/**
 * A connection that writes only while its file still has its name. A file that was removed or moved away takes every
 * write as before, and whoever starts next does not find it: nothing in it may be called stored.
 */
import { statSync } from 'node:fs'
import { StoreError } from '../store-error.ts'
import type { Sql } from './sql.ts'

/** The same connection; its commits are refused with `unavailable` while another file, or none, is at the path. */
export function boundToFile(sql: Sql, path: string): Sql {
  const opened = identityOf(path)
  const check = (): void => {
    if (identityOf(path) === opened) return
    throw new StoreError(
      'unavailable',
      `Cannot write: "${path}" is no longer the file that was opened`,
    )
  }
  return {
    get isTransaction() {
      return sql.isTransaction
    },
    exec(text) {
      if (text === 'COMMIT') check()
      sql.exec(text)
    },
    prepare(text) {
      const statement = sql.prepare(text)
      return {
        run(...values) {
          // In a transaction the commit is what counts.
          if (!sql.isTransaction) check()
          return statement.run(...values)
        },
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
      }
    },
    close: () => sql.close(),
  }
}

/** Which file is at a path; null where there is none. */
function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}
