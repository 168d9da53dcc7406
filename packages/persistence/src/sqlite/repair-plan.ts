/** Decides what a document needs to be sound again. Reads only; a document that is sound needs nothing. */
import type { Decoder } from './check.ts'
import { countsOf, gapsOf } from './check-document.ts'
import { type DocumentState, PRESENT } from './checksum.ts'
import type { DocumentKey, Suspect } from './quarantine.ts'
import { unknownAssets } from './known-assets.ts'
import { type Facts, type ListRow, readFacts } from './repair-facts.ts'
import { numberOf, type SortedLog, sortLog, withoutRepeats } from './sound-log.ts'
import type { Sql } from './sql.ts'

/** Puts updates together into one that holds what all of them hold, and drops nothing. */
export type Merge = (parts: readonly Uint8Array[]) => Uint8Array

/** What a repair of documents needs. */
export interface RepairTools {
  readonly decoder: Decoder
  readonly merge: Merge
  /** The time. */
  readonly at: number
}

/** What is to be written into the list of documents; what it counts is counted afterwards. */
export interface NewRow {
  readonly title: string
  readonly shapes: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly seq: number
  readonly state: DocumentState
}

/** What is to be done; nothing where `done` is empty. */
export interface DocumentPlan {
  readonly suspects: readonly Suspect[]
  readonly row: NewRow | null
  readonly snapshot: { readonly upto: number; readonly bytes: Uint8Array } | null
  /** Points whose words are written anew. */
  readonly reworded: readonly number[]
  /** Assets it shows and was not known to. */
  readonly assets: readonly string[]
  /** What was done, once it is. */
  readonly done: readonly string[]
}

const NOTHING: DocumentPlan = {
  suspects: [],
  row: null,
  snapshot: null,
  reworded: [],
  assets: [],
  done: [],
}

/** Plans for one document; what cannot be mended is left exactly as it is. */
export function planDocument(sql: Sql, document: DocumentKey, tools: RepairTools): DocumentPlan {
  const facts = readFacts(sql, document, tools.decoder)
  if (!document.isText) return planAside(facts, 'no document has such an id')
  if (!facts.holdsRows) return planWithoutRows(facts)
  if (facts.row?.isSound && facts.row.state.deleted) {
    return planAside(facts, 'its document was removed for good')
  }
  const log = sortLog(facts, { id: document.id, decoder: tools.decoder })
  const isAnythingSound = log.parts.length + facts.history.lastDeltas.length > 0
  // Of a document of the list nothing must go that says it was there; what is in no list is none.
  if (!isAnythingSound) return facts.row ? NOTHING : planAside(facts, 'belongs to no document')
  return planSound(facts, log, tools)
}

/** A row that stands for a removed document looks like this, and only like this. */
function planWithoutRows({ row }: Facts): DocumentPlan {
  if (!row || (row.isSound && (row.isWhole || !row.state.deleted))) return NOTHING
  const suspect = { source: 'documents', reason: rowReason(row) } as const
  const wasRemoved = row.state.deleted || (row.updates === 0 && row.bytes === 0)
  if (!wasRemoved) {
    const done = ['its line in the list was moved to quarantine: no row of it is left']
    return { ...NOTHING, suspects: [suspect], done }
  }
  const state = { trashedAt: null, deleted: true }
  const seq = row.seq ?? 1
  const times = { createdAt: row.createdAt ?? 0, updatedAt: row.updatedAt ?? 0 }
  return {
    ...NOTHING,
    suspects: [{ ...suspect, stays: true }],
    row: { title: '', shapes: 0, ...times, seq, state },
    done: ['it was removed for good, which is written again'],
  }
}

const STATE_REASON = 'whether it is in the trash does not match its checksum'

/** All rows go, but not a sound line in the list. */
function planAside({ row, snapshot, updates, points }: Facts, reason: string): DocumentPlan {
  const suspects: Suspect[] = withoutRepeats([
    ...(row && !row.isSound ? [{ source: 'documents', reason } as const] : []),
    ...(snapshot ? [{ source: 'snapshots', reason } as const] : []),
    ...updates.map(({ seq }) => ({ source: 'updates', number: numberOf(seq), reason }) as const),
    ...points.map((seq) => ({ source: 'points', number: numberOf(seq), reason }) as const),
  ])
  return { ...NOTHING, suspects, done: [movedWords(suspects.length)] }
}

function planSound(facts: Facts, log: SortedLog, tools: RepairTools): DocumentPlan {
  const { row, history } = facts
  const seq = lastSeq(facts, log)
  const lost = gapsOf({ seq, snapshot: log.snapshot, updates: log.updates })
  // What was in a row that is gone may be in a point.
  const parts = lost.length > 0 ? [...history.lastDeltas, ...log.parts] : []
  const snapshot = parts.length > 0 ? { upto: seq, bytes: merged(parts, tools) } : null
  const isRowWrong = !row?.isWhole || row.seq !== seq || !row.isSound
  const plan = {
    suspects: withoutRepeats([
      ...log.suspects,
      ...pointSuspects(facts),
      ...rowSuspects(row, isRowWrong),
    ]),
    row: isRowWrong ? rowOf(facts, { seq, state: stateOf(row, tools.at), at: tools.at }) : null,
    snapshot,
    reworded: history.faults.filter(({ isReadable }) => isReadable).map(({ number }) => number),
    assets: unknownAssets(log.shows, facts.references),
  }
  return { ...plan, done: doneWords(plan, { lost, facts, isMiscounted: isMiscounted(facts, log) }) }
}

function doneWords(
  plan: Omit<DocumentPlan, 'done'>,
  about: { lost: readonly string[]; facts: Facts; isMiscounted: boolean },
): string[] {
  const { lost, facts, isMiscounted } = about
  const moved = plan.suspects.filter(({ stays }) => !stays).length
  const { length: points } = plan.reworded
  const { length: pictures } = plan.assets
  const found = lost.join(', ')
  return [
    ...(moved > 0 ? [movedWords(moved)] : []),
    ...(plan.snapshot ? [`${found}: a new snapshot holds all that is sound of it`] : []),
    ...(plan.row ? [`its line in the list was ${facts.row ? 'mended' : 'made again'}`] : []),
    ...(points > 0 ? [`the words of ${countWords(points, 'point')} were mended`] : []),
    ...(pictures > 0 ? [`${countWords(pictures, 'picture')} it shows was written down`] : []),
    ...(facts.row && isMiscounted && moved === 0
      ? ['what the list says of it was counted again']
      : []),
  ]
}

/** The line in the list is mended in its place. */
function rowSuspects(row: ListRow | null, isWrong: boolean): Suspect[] {
  return row && isWrong ? [{ source: 'documents', reason: rowReason(row), stays: true }] : []
}

/** Nothing may be numbered again that anything sound has had, nor what the list says there was. */
function lastSeq({ row, history }: Facts, log: SortedLog): number {
  const { snapshot, updates } = log
  const found = Math.max(snapshot?.seq ?? 0, updates.at(-1)?.seq ?? 0, history.seq, 1)
  return isCountedWhole(row, log) ? found : Math.max(row?.seq ?? 0, found)
}

/** All the list counted is there: a last number that is another one is what is wrong. */
function isCountedWhole(row: ListRow | null, log: SortedLog): boolean {
  const { updates, bytes } = countsOf(log)
  return row?.updates === updates && row.bytes === bytes && log.suspects.length === 0
}

/** Throws where the result could not be read: better no repair than this one. */
function merged(parts: readonly Uint8Array[], { merge, decoder }: RepairTools): Uint8Array {
  const bytes = merge(parts)
  decoder.update(bytes)
  decoder.document([bytes])
  return bytes
}

/** No board is older than this program. */
const FIRST_YEAR = Date.UTC(2020)
const DAY_MS = 86_400_000

/** A document that has rows was not removed; it is in the trash only where that can be believed. */
function stateOf(row: ListRow | null, now: number): DocumentState {
  if (!row) return PRESENT
  const { trashedAt, deleted } = row.state
  if (row.isSound) return row.state
  const isTrashed = trashedAt !== null && trashedAt > FIRST_YEAR && trashedAt < now + DAY_MS
  return isTrashed && !deleted ? { trashedAt, deleted: false } : PRESENT
}

function rowOf(
  { row, moments }: Facts,
  { seq, state, at }: { seq: number; state: DocumentState; at: number },
): NewRow {
  const earliest = moments.reduce((a, b) => Math.min(a, b), moments[0] ?? at)
  const latest = moments.reduce((a, b) => Math.max(a, b), moments[0] ?? at)
  return {
    title: row?.title ?? '',
    shapes: row?.shapes ?? 0,
    createdAt: row?.createdAt ?? earliest,
    updatedAt: row?.updatedAt ?? latest,
    seq,
    state,
  }
}

function rowReason(row: ListRow): string {
  return row.isSound ? 'has numbers that its rows do not have' : STATE_REASON
}

function pointSuspects({ history }: Facts): Suspect[] {
  return history.faults.map(({ number, what, isReadable }) => {
    const suspect = { source: 'points', number: numberOf(number), reason: what } as const
    return isReadable ? { ...suspect, stays: true } : suspect
  })
}

function isMiscounted({ row, history }: Facts, log: SortedLog): boolean {
  const { updates, bytes } = countsOf(log)
  const said = [row?.updates, row?.bytes, row?.points, row?.historyBytes]
  return [updates, bytes, history.points, history.bytes].some((count, i) => count !== said[i])
}

function movedWords(rows: number): string {
  return `${countWords(rows, 'row')} moved to quarantine`
}

function countWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
