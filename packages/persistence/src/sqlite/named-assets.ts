/** Reads which assets a document and its history name, beside a server that writes: on a thread that is not the store's. */
import type { DatabaseSync } from 'node:sqlite'
import { assetNamesIn } from '../asset-names.ts'
import type { DocumentAssets } from '../asset-references.ts'
import { openForReading } from './reader.ts'

/** All that has bytes of a document. */
const QUERIES = [
  'SELECT bytes FROM snapshots WHERE document = ?',
  'SELECT bytes FROM updates WHERE document = ?',
  'SELECT delta AS bytes FROM points WHERE document = ?',
]

/** What the document names at one moment; throws a `StoreError` where the database cannot be read. */
export function namedAssets(file: string, id: string): DocumentAssets {
  const sql = openForReading(file)
  try {
    sql.exec('BEGIN')
    const seq = Number(sql.prepare('SELECT seq FROM documents WHERE id = ?').get(id)?.['seq'] ?? 0)
    return { assets: new Set(QUERIES.flatMap((query) => namesIn(sql, query, id))), seq }
  } finally {
    sql.close()
  }
}

/** Row by row: all of them together may be more than fits into memory. */
function namesIn(sql: DatabaseSync, query: string, id: string): string[] {
  const names = new Set<string>()
  for (const { bytes } of sql.prepare(query).iterate(id)) {
    for (const name of assetNamesIn(bytes as Uint8Array)) names.add(name)
  }
  return [...names]
}
