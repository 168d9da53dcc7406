/** Every statement the log runs, in one place. Who only reads a database has its own (`reader.ts`); nobody else writes one. */
import type { Sql, SqlStatement } from './sql.ts'

const TEXT = {
  readDocument: 'SELECT seq, trashed_at, deleted, state_crc FROM documents WHERE id = ?',
  readUpto: 'SELECT upto FROM snapshots WHERE document = ?',
  readSnapshot: 'SELECT upto, bytes, crc FROM snapshots WHERE document = ?',
  readUpdates: 'SELECT seq, bytes, crc FROM updates WHERE document = ? AND seq > ? ORDER BY seq',
  insertUpdate:
    'INSERT INTO updates (document, seq, bytes, crc, at, author) VALUES (?, ?, ?, ?, ?, ?)',
  growDocument: `
    INSERT INTO documents (id, created_at, updated_at, seq, updates, bytes, state_crc)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      updated_at = max(updated_at, excluded.updated_at),
      seq = excluded.seq,
      updates = updates + excluded.updates,
      bytes = bytes + excluded.bytes`,
  writeSnapshot: `
    INSERT INTO snapshots (document, upto, bytes, crc) VALUES (?, ?, ?, ?)
    ON CONFLICT (document) DO UPDATE SET
      upto = excluded.upto, bytes = excluded.bytes, crc = excluded.crc`,
  trimUpdates: 'DELETE FROM updates WHERE document = ? AND seq <= ?',
  recount: `
    UPDATE documents SET
      updates = (SELECT count(*) FROM updates WHERE document = ?1),
      bytes = ?2 + (SELECT coalesce(sum(length(bytes)), 0) FROM updates WHERE document = ?1)
    WHERE id = ?1`,
  describe: `
    UPDATE documents SET title = ?, shapes = ?
    WHERE id = ? AND trashed_at IS NULL AND NOT deleted`,
  list: `
    SELECT id, title, shapes, created_at, updated_at, bytes
    FROM documents WHERE trashed_at IS NULL AND NOT deleted ORDER BY updated_at DESC, id`,
  setState: 'UPDATE documents SET trashed_at = ?, deleted = ?, state_crc = ? WHERE id = ?',
  empty: "UPDATE documents SET title = '', shapes = 0, updates = 0, bytes = 0 WHERE id = ?",
  holdsRows: `
    SELECT EXISTS (SELECT 1 FROM updates WHERE document = ?1)
      OR EXISTS (SELECT 1 FROM snapshots WHERE document = ?1) AS found`,
  removeUpdates: 'DELETE FROM updates WHERE document = ?',
  removeSnapshot: 'DELETE FROM snapshots WHERE document = ?',
  listTrash: `
    SELECT id, title, shapes, created_at, updated_at, bytes, trashed_at
    FROM documents WHERE trashed_at IS NOT NULL ORDER BY trashed_at DESC, id`,
  stats: `
    SELECT
      count(*) FILTER (WHERE trashed_at IS NULL) AS documents, count(trashed_at) AS trashed,
      coalesce(sum(updates), 0) AS updates, coalesce(sum(bytes), 0) AS bytes
    FROM documents WHERE NOT deleted`,
} as const

/** The statements of the log by name. */
export type Statements = { readonly [Name in keyof typeof TEXT]: SqlStatement }

/** Prepares them all, once per connection. */
export function prepareStatements(sql: Sql): Statements {
  const entries = Object.entries(TEXT).map(([name, text]) => [name, sql.prepare(text)] as const)
  return Object.fromEntries(entries) as Statements
}
