/** Every statement the log runs, in one place. Who only reads a database has its own (`reader.ts`); nobody else writes one. */
import type { Sql, SqlStatement } from './sql.ts'

/** A number of the list that can be shown: a damaged one must not hide all the others. */
function shown(name: string): string {
  return `max(0, min(${name}, ${Number.MAX_SAFE_INTEGER})) AS ${name}`
}

const INFO = ['shapes', 'created_at', 'updated_at', 'bytes'].map(shown).join(', ')

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
  firstUpdate: 'SELECT min(seq) AS seq FROM updates WHERE document = ?',
  trimUpdates: 'DELETE FROM updates WHERE document = ? AND seq <= ?',
  recount: `
    UPDATE documents SET
      updates = (SELECT count(*) FROM updates WHERE document = ?1 AND seq > ?2),
      bytes = ?3 + (
        SELECT coalesce(sum(length(bytes)), 0) FROM updates WHERE document = ?1 AND seq > ?2)
    WHERE id = ?1`,
  describe: `
    UPDATE documents SET title = ?, shapes = ?
    WHERE id = ? AND trashed_at IS NULL AND NOT deleted`,
  list: `
    SELECT id, title, ${INFO}
    FROM documents WHERE trashed_at IS NULL AND NOT deleted ORDER BY updated_at DESC, id`,
  setState: 'UPDATE documents SET trashed_at = ?, deleted = ?, state_crc = ? WHERE id = ?',
  empty: `
    UPDATE documents
    SET title = '', shapes = 0, updates = 0, bytes = 0, points = 0, history_bytes = 0
    WHERE id = ?`,
  holdsRows: `
    SELECT EXISTS (SELECT 1 FROM updates WHERE document = ?1)
      OR EXISTS (SELECT 1 FROM snapshots WHERE document = ?1)
      OR EXISTS (SELECT 1 FROM points WHERE document = ?1)
      OR EXISTS (SELECT 1 FROM quarantine WHERE document = ?1) AS found`,
  removeUpdates: 'DELETE FROM updates WHERE document = ?',
  removeSnapshot: 'DELETE FROM snapshots WHERE document = ?',
  removePoints: 'DELETE FROM points WHERE document = ?',
  removeQuarantined: 'DELETE FROM quarantine WHERE document = ?',
  listTrash: `
    SELECT id, title, ${INFO}, ${shown('trashed_at')}
    FROM documents WHERE trashed_at IS NOT NULL ORDER BY trashed_at DESC, id`,
  stats: `
    SELECT
      count(*) FILTER (WHERE trashed_at IS NULL) AS documents, count(trashed_at) AS trashed,
      total(updates) AS updates, total(bytes) AS bytes,
      total(points) AS points, total(history_bytes) AS history_bytes
    FROM documents WHERE NOT deleted`,
  insertReference: 'INSERT OR IGNORE INTO asset_references (document, asset) VALUES (?, ?)',
  countReferences: 'SELECT asset, count(*) AS documents FROM asset_references GROUP BY asset',
  listReferring: 'SELECT DISTINCT document FROM asset_references',
  readReferences: 'SELECT asset FROM asset_references WHERE document = ?',
  removeReference: 'DELETE FROM asset_references WHERE document = ? AND asset = ?',
  removeReferences: 'DELETE FROM asset_references WHERE document = ?',
  readSeq: 'SELECT seq FROM documents WHERE id = ?',
  readLogged: `
    SELECT seq, bytes, crc, at, author FROM updates
    WHERE document = ? AND seq > ? AND seq <= ? ORDER BY seq`,
  lastPoint: 'SELECT * FROM points WHERE document = ? ORDER BY number DESC LIMIT 1',
  lastPointSeq: 'SELECT seq FROM points WHERE document = ? ORDER BY number DESC LIMIT 1',
  listPoints: `
    SELECT number, seq, at, words, words_crc,
      length(delta) + length(journal) + length(mark) AS bytes
    FROM points WHERE document = ? ORDER BY number`,
  pointBefore: 'SELECT max(number) AS number FROM points WHERE document = ? AND number < ?',
  readPoint: 'SELECT * FROM points WHERE document = ? AND number = ?',
  insertPoint: `
    INSERT INTO points
      (document, number, seq, at, words, words_crc, stands_on, crc, delta, journal, mark)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  replacePoint: `
    UPDATE points
    SET words = ?, words_crc = ?, stands_on = ?, crc = ?, delta = ?, journal = ?
    WHERE document = ? AND number = ?`,
  renamePoint: 'UPDATE points SET words = ?, words_crc = ? WHERE document = ? AND number = ?',
  removePoint: 'DELETE FROM points WHERE document = ? AND number = ?',
  countedPoints: 'SELECT points FROM documents WHERE id = ?',
  recountPoints: `
    UPDATE documents SET
      points = (SELECT count(*) FROM points WHERE document = ?1),
      history_bytes = (
        SELECT coalesce(sum(length(delta) + length(journal) + length(mark)), 0)
        FROM points WHERE document = ?1)
    WHERE id = ?1`,
  historySizes: `
    SELECT id, ${shown('points')}, ${shown('history_bytes')} FROM documents WHERE points > 0 AND NOT deleted`,
} as const

/** The statements of the log by name. */
export type Statements = { readonly [Name in keyof typeof TEXT]: SqlStatement }

/** Prepares them all, once per connection. */
export function prepareStatements(sql: Sql): Statements {
  const entries = Object.entries(TEXT).map(([name, text]) => [name, sql.prepare(text)] as const)
  return Object.fromEntries(entries) as Statements
}
