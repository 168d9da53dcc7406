/** All that lies there of one document, read in a way that no damaged value can break. Judges nothing but checksums. */
import { type ExaminedHistory, examineHistory } from './check-history.ts'
import type { Decoder } from './check.ts'
import { type DocumentState, rowChecksum, stateChecksum } from './checksum.ts'
import { type DocumentKey, ofDocument } from './quarantine.ts'
import { referencesOf } from './known-assets.ts'
import { isPlausible, type RawRow } from './reader.ts'
import type { Sql, SqlRow } from './sql.ts'

/** A document's line in the list; null for each number that cannot be. */
export interface ListRow {
  readonly title: string
  readonly shapes: number | null
  readonly createdAt: number | null
  readonly updatedAt: number | null
  readonly seq: number | null
  readonly updates: number | null
  readonly bytes: number | null
  readonly points: number | null
  readonly historyBytes: number | null
  readonly state: DocumentState
  /** Its state is what was written. */
  readonly isSound: boolean
  /** Every number may be counted with. */
  readonly isWhole: boolean
}

/** A document as it is found. */
export interface Facts {
  readonly row: ListRow | null
  readonly snapshot: RawRow | null
  readonly updates: readonly RawRow[]
  readonly history: ExaminedHistory
  /** The numbers of all points. */
  readonly points: readonly number[]
  /** When updates and points that are sound came. */
  readonly moments: readonly number[]
  /** The assets it is known to name. */
  readonly references: ReadonlySet<string> | null
  /** Whether there is anything but the line in the list. */
  readonly holdsRows: boolean
}

/** Reads it all. */
export function readFacts(sql: Sql, document: DocumentKey, decoder: Decoder): Facts {
  const { id, key } = document
  const snapshot = sql
    .prepare(
      `SELECT ${safe('upto')}, bytes, ${safe('crc')} FROM snapshots WHERE ${ofDocument('snapshots')}`,
    )
    .get(key)
  const updates = sql
    .prepare(
      `SELECT ${safe('seq')}, bytes, ${safe('crc')}, ${safe('at')} FROM updates
      WHERE ${ofDocument('updates')} ORDER BY updates.seq`,
    )
    .all(key)
  const points: number[] = []
  const history = examineHistory(id, { rows: readPoints(sql, key, points), decoder })
  const sound = updates.filter((row) => {
    return rowChecksum(id, Number(row['seq']), row['bytes'] as Uint8Array) === row['crc']
  })
  const moments = sound.flatMap(({ at }) => (typeof at === 'number' ? [at] : []))
  return {
    row: readRow(sql, document),
    snapshot: snapshot ? rawRow(snapshot, 'upto') : null,
    updates: updates.map((row) => rawRow(row, 'seq')),
    history,
    points,
    references: referencesOf(sql, id),
    moments: [...moments, ...history.moments],
    holdsRows: snapshot !== undefined || updates.length + points.length > 0,
  }
}

/** A number, or null where it cannot be one that was written. */
function safe(column: string): string {
  return `CASE WHEN ${isPlausible(column)} THEN ${column} END AS ${column}`
}

function rawRow(row: SqlRow, number: string): RawRow {
  const crc = row['crc']
  return {
    // No row has such a number, nor a checksum that covers it.
    seq: Number(row[number] ?? -1),
    bytes: row['bytes'] as Uint8Array,
    crc: typeof crc === 'number' ? crc : Number.NaN,
  }
}

const POINT = `document, number, ${['seq', 'at', 'words_crc', 'stands_on', 'crc'].map(safe).join()}`

function* readPoints(sql: Sql, key: Uint8Array, numbers: number[]): Generator<SqlRow> {
  const where = ofDocument('points')
  const found = sql
    .prepare(`SELECT ${safe('number')} FROM points WHERE ${where} ORDER BY points.number`)
    .all(key)
  const read = sql.prepare(
    `SELECT ${POINT}, words, delta, journal, mark FROM points WHERE ${where} AND number = ?`,
  )
  for (const { number } of found) {
    numbers.push(Number(number ?? -1))
    const row = typeof number === 'number' ? read.get(key, number) : undefined
    yield row ?? { number: -1 }
  }
}

const LIST_NUMBERS = [
  'shapes',
  'created_at',
  'updated_at',
  'seq',
  'updates',
  'bytes',
  'points',
  'history_bytes',
]

function readRow(sql: Sql, { id, key }: DocumentKey): ListRow | null {
  const columns = [...LIST_NUMBERS, 'trashed_at', 'deleted', 'state_crc'].map(safe)
  const row = sql
    .prepare(
      `SELECT title, trashed_at IS NULL AS untrashed, ${columns.join()} FROM documents
      WHERE ${ofDocument('documents')}`,
    )
    .get(key)
  if (!row) return null
  const read = (name: string): number | null => (row[name] ?? null) as number | null
  const state = { trashedAt: read('trashed_at'), deleted: read('deleted') !== 0 }
  const isTimeRead = row['untrashed'] === 1 || state.trashedAt !== null
  return {
    title: String(row['title'] ?? ''),
    shapes: read('shapes'),
    createdAt: read('created_at'),
    updatedAt: read('updated_at'),
    seq: read('seq'),
    updates: read('updates'),
    bytes: read('bytes'),
    points: read('points'),
    historyBytes: read('history_bytes'),
    state,
    isSound: isTimeRead && stateChecksum(id, state) === row['state_crc'],
    isWhole: LIST_NUMBERS.every((name) => row[name] !== null),
  }
}
