/**
 * Mends one document: what is not what was written goes into the quarantine, and what is sound is made a document that
 * opens and can be written again. One transaction: whenever it ends early, the next one begins anew.
 */
import { type DocumentState, rowChecksum, stateChecksum } from './checksum.ts'
import { type DocumentKey, quarantine } from './quarantine.ts'
import { damaged } from './document-rows.ts'
import { type DocumentPlan, planDocument, type RepairTools } from './repair-plan.ts'
import { placeOf, wordsChecksum, wordsOf, wordsText } from './point-row.ts'
import { inTransaction, type Sql } from './sql.ts'
import { prepareStatements, type Statements } from './statements.ts'

/** What became of one document. */
export interface MendedDocument {
  readonly id: string
  /** What was done, each a sentence. */
  readonly done: readonly string[]
  /** Rows put aside. */
  readonly rows: number
}

/** Carries out what was planned; nothing may have been written since. */
export function repairDocument(
  sql: Sql,
  document: DocumentKey,
  tools: RepairTools,
): MendedDocument | null {
  return inTransaction(sql, () => {
    const plan = planDocument(sql, document, tools)
    if (plan.done.length === 0) return null
    quarantine(sql, document, { suspects: plan.suspects, at: tools.at })
    const statements = prepareStatements(sql)
    if (plan.row) writeRow(sql, { ...plan.row, id: document.id })
    if (plan.snapshot) writeSnapshot(statements, { id: document.id, ...plan.snapshot })
    for (const number of plan.reworded) reword(statements, { id: document.id, number })
    for (const asset of plan.assets) statements.insertReference.run(document.id, asset)
    recount(statements, document.id)
    return { id: document.id, done: plan.done, rows: plan.suspects.length }
  })
}

function writeRow(sql: Sql, row: NonNullable<DocumentPlan['row']> & { readonly id: string }): void {
  const { id, title, shapes, createdAt, updatedAt, seq, state } = row
  const { trashedAt, deleted }: DocumentState = state
  const columns = 'id, title, shapes, created_at, updated_at, seq, trashed_at, deleted, state_crc'
  // What is counted follows; a row that is there has the same id and goes.
  sql
    .prepare(
      `INSERT OR REPLACE INTO documents (${columns}, updates, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
    )
    .run(
      id,
      title,
      shapes,
      createdAt,
      updatedAt,
      seq,
      trashedAt,
      deleted ? 1 : 0,
      stateChecksum(id, state),
    )
}

/** Read back before it stands for anything, as in a compaction. */
function writeSnapshot(
  statements: Statements,
  { id, upto, bytes }: { id: string; upto: number; bytes: Uint8Array },
): void {
  statements.writeSnapshot.run(id, upto, bytes, rowChecksum(id, upto, bytes))
  const row = statements.readSnapshot.get(id)
  const isThere = row && rowChecksum(id, upto, row['bytes'] as Uint8Array) === row['crc']
  if (!isThere) throw damaged(id, 'its new snapshot does not match its checksum')
}

/** The bytes of the point are sound, and with them its place; its words are what can be read of them. */
function reword(statements: Statements, { id, number }: { id: string; number: number }): void {
  const row = statements.readPoint.get(id, number)
  if (!row) throw damaged(id, `point ${number} of its history is missing`)
  const text = wordsText(wordsOf(row))
  statements.renamePoint.run(text, wordsChecksum(id, placeOf(row), text), id, number)
}

function recount({ readUpto, readSnapshot, ...rest }: Statements, id: string): void {
  const upto = Number(readUpto.get(id)?.['upto'] ?? 0)
  const bytes = readSnapshot.get(id)?.['bytes'] as Uint8Array | undefined
  rest.recount.run(id, upto, bytes?.length ?? 0)
  rest.recountPoints.run(id)
}
