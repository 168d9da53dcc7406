/** The assets a document is known to name, held against those it shows. */
import { ANY_ASSET } from '../asset-names.ts'
import { hasTable } from './schema-check.ts'
import type { Sql } from './sql.ts'

/** The assets a document is known to name; null where no schema with such a list wrote it. */
export function referencesOf(sql: Sql, id: string): Set<string> | null {
  if (!hasTable(sql, 'asset_references')) return null
  const rows = sql.prepare('SELECT asset FROM asset_references WHERE document = ?').all(id)
  return new Set(rows.map(({ asset }) => String(asset)))
}

/** Which of the assets a document shows are not known: whoever tidies up would take them away. */
export function unknownAssets(
  shows: readonly string[],
  known: ReadonlySet<string> | null,
): string[] {
  if (!known || known.has(ANY_ASSET)) return []
  return [...new Set(shows)].filter((asset) => !known.has(asset))
}
