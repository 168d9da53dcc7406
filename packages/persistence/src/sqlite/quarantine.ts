/** Rows that are not what had been written, put aside as they were found. Nothing takes them out again but a person. */
import { damaged } from './document-rows.ts'
import { isPlausible } from './reader.ts'
import type { Sql, SqlRow } from './sql.ts'

/** The tables whose rows may be damaged, and what tells the rows of one document apart. */
export type Source = 'documents' | 'updates' | 'snapshots' | 'points'

/** A row on its way to the quarantine. */
export interface Suspect {
  readonly source: Source
  /** Of the update or point, null for those whose number cannot be; left out where the document has but one row. */
  readonly number?: number | null
  readonly reason: string
  /** A row is being mended in its place: only a copy of it is put aside. */
  readonly stays?: true
}

/** Where a document's rows are: the bytes of its id, which need not be text any more. */
export interface DocumentKey {
  readonly id: string
  readonly key: Uint8Array
  /** Whether `id` is all there is to say: no document has an id that is no text. */
  readonly isText: boolean
}

/** The documents any row speaks of, sorted. */
export function documentKeys(sql: Sql): DocumentKey[] {
  const rows = sql
    .prepare(
      `SELECT CAST(id AS BLOB) AS key FROM documents
      UNION SELECT CAST(document AS BLOB) FROM updates
      UNION SELECT CAST(document AS BLOB) FROM snapshots
      UNION SELECT CAST(document AS BLOB) FROM points ORDER BY 1`,
    )
    .all()
  return rows.map(({ key }) => keyOf(key as Uint8Array))
}

/** The key of a document with these bytes for an id. */
export function keyOf(key: Uint8Array): DocumentKey {
  const id = Buffer.from(key).toString()
  return { id, key, isText: Buffer.from(id).equals(key) }
}

const NUMBER_OF: Readonly<Record<Source, string | null>> = {
  documents: null,
  updates: 'seq',
  snapshots: null,
  points: 'number',
}

/** The condition for the rows of a document, with its key as the first parameter. */
export function ofDocument(source: Source): string {
  return `${source === 'documents' ? 'id' : 'document'} = CAST(? AS TEXT)`
}

/** Puts rows aside, inside of a transaction. */
export function quarantine(
  sql: Sql,
  document: DocumentKey,
  { suspects, at }: { suspects: readonly Suspect[]; at: number },
): void {
  for (const suspect of suspects) {
    const { source, reason, stays = false } = suspect
    const [where, values] = placeOf(document, suspect)
    const found = readRows(sql, { source, where, values })
    for (const row of found) putAside(sql, { document: document.id, source, row, reason, at })
    if (found.length === 0) throw damaged(document.id, `what is in its ${source} cannot be found`)
    if (!stays) sql.prepare(`DELETE FROM ${source} WHERE ${where}`).run(...values)
  }
}

/** Writes one row into the table. */
export function putAside(
  sql: Sql,
  entry: { document: string; source: string; row: object; reason: string; at: number },
): void {
  const { document, source, row, reason, at } = entry
  sql
    .prepare('INSERT INTO quarantine (document, source, row, reason, at) VALUES (?, ?, ?, ?, ?)')
    .run(document, source, JSON.stringify(row), reason, at)
}

function placeOf(
  { key }: DocumentKey,
  { source, number }: Suspect,
): [where: string, values: (Uint8Array | number)[]] {
  const column = NUMBER_OF[source]
  if (column === null || number === undefined) return [ofDocument(source), [key]]
  if (number === null) return [`${ofDocument(source)} AND NOT ${isPlausible(column)}`, [key]]
  return [`${ofDocument(source)} AND ${column} = ?`, [key, number]]
}

/** All columns of some rows as JSON has them: bytes as `{"base64": "…"}`, numbers beyond what JSON keeps as text. */
function readRows(
  sql: Sql,
  from: { source: Source; where: string; values: readonly (Uint8Array | number)[] },
): object[] {
  const names = columnsOf(sql, from.source)
  const columns = names.flatMap((name) => [
    `CASE WHEN typeof(${name}) = 'integer' AND NOT ${isPlausible(name)}
      THEN CAST(${name} AS TEXT) ELSE ${name} END AS ${name}`,
    `CASE WHEN typeof(${name}) = 'text' THEN CAST(${name} AS BLOB) END AS raw_${name}`,
  ])
  const text = `SELECT ${columns.join(', ')} FROM ${from.source} WHERE ${from.where}`
  const rows = sql.prepare(text).all(...from.values)
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, plainValue(row, name)])))
}

/** The names of a table's columns. */
export function columnsOf(sql: Sql, table: string): string[] {
  return sql
    .prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .all(table)
    .map(({ name }) => String(name))
}

/** A text that is no UTF-8 any more is kept as the bytes it is. */
function plainValue(row: SqlRow, name: string): unknown {
  const value = row[name]
  const raw = row[`raw_${name}`]
  if (value instanceof Uint8Array) return base64(value)
  const isText = typeof value === 'string' && raw instanceof Uint8Array
  return isText && !Buffer.from(value).equals(raw) ? base64(raw) : value
}

/** Bytes as JSON has them. */
export function base64(bytes: Uint8Array): { base64: string } {
  return { base64: Buffer.from(bytes).toString('base64') }
}
