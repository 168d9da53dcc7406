/**
 * Checks everything that is stored: SQLite's own structure, the checksum and number of each row, that what was stored
 * can be decoded, documents and their histories, and that each asset is what its name says. Reads only; what updates mean is handed in.
 */
import { createHash } from 'node:crypto'
import type { AssetSource } from './asset-source.ts'
import { type ExaminedHistory, examineHistory } from './check-history.ts'
import { type Examined, examineDocument, miscountOf } from './check-document.ts'
import { stateChecksum } from './checksum.ts'
import { unknownAssets } from './known-assets.ts'
import { breathe, type LongWork } from './long-work.ts'
import type { DatabaseReader, RawDocument } from './reader.ts'

/** Something that is not as it was written. */
export interface Problem {
  readonly in: 'database' | 'document' | 'asset'
  /** Of the document or asset; empty for the database. */
  readonly id: string
  readonly what: string
}

/** What a check came to. */
export interface CheckReport {
  readonly documents: number
  readonly updates: number
  /** Points of all histories. */
  readonly points: number
  readonly assets: number
  /** Rows that a repair has put aside: no problem by themselves. */
  readonly quarantined: number
  readonly problems: readonly Problem[]
  /** Problems beyond those that are listed. */
  readonly unlisted: number
  /**
   * Assets that documents show and that are not there. Nothing was damaged: whoever may edit can name any asset, and a
   * document that was loaded from elsewhere came without its own.
   */
  readonly missing: readonly MissingAsset[]
}

/** An asset that is not there, and a document that shows it. */
export interface MissingAsset {
  readonly asset: string
  readonly document: string
}

/** Decodes what is stored; both throw where it cannot be decoded. */
export interface Decoder {
  update(bytes: Uint8Array): void
  /** The ids of the assets the document shows. */
  document(parts: readonly Uint8Array[]): readonly string[]
}

/** What a check is given. */
export interface CheckOptions extends LongWork {
  readonly reader: DatabaseReader
  readonly assets: AssetSource
  readonly decoder: Decoder
}

/** Problems that are kept, and missing assets: who has more needs no list of them. */
const PROBLEMS_MAX = 1_000

/** Checks all of it. Rejects only when told to stop; whatever cannot be read is a problem of its own. */
export async function checkEverything(options: CheckOptions): Promise<CheckReport> {
  const problems = new Problems()
  await checkStructure(options, problems)
  const whole = { in: 'database', id: '' } as const
  const quarantined = problems.attempt(whole, () => options.reader.quarantined()) ?? 0
  const { shown, ...counts } = await checkDocuments(options, problems)
  const assets = await checkAssets(options, problems)
  for (const id of assets) shown.delete(id)
  const missing = Array.from(shown, ([asset, document]) => ({ asset, document }))
  return {
    ...counts,
    assets: assets.length,
    quarantined,
    problems: problems.listed,
    unlisted: problems.unlisted,
    missing: missing.slice(0, PROBLEMS_MAX),
  }
}

/** Gathers problems up to a bound and counts the others. */
class Problems {
  readonly listed: Problem[] = []
  unlisted = 0

  add(problem: Problem): void {
    if (this.listed.length < PROBLEMS_MAX) this.listed.push(problem)
    else this.unlisted += 1
  }

  /** What `read` gives; where it throws that is a problem, and the answer is undefined. */
  attempt<T>(where: Pick<Problem, 'in' | 'id'>, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      this.add({ ...where, what: `cannot be read: ${wordsOf(error)}` })
      return undefined
    }
  }
}

async function checkStructure(options: CheckOptions, problems: Problems): Promise<void> {
  const whole = { in: 'database', id: '' } as const
  await breathe(options, { step: 'check structure', done: 0, total: 1 })
  const faults = problems.attempt(whole, () => options.reader.faults()) ?? []
  for (const what of faults) problems.add({ ...whole, what })
  const states = problems.attempt(whole, () => options.reader.states()) ?? []
  for (const { id, crc, ...state } of states) {
    if (stateChecksum(id, state) === crc) continue
    const what = 'whether it is in the trash does not match its checksum'
    problems.add({ in: 'document', id, what })
  }
  const orphans = problems.attempt(whole, () => options.reader.orphans()) ?? []
  for (const id of orphans) {
    problems.add({
      in: 'document',
      id,
      what: 'has rows, and the list of documents does not have it',
    })
  }
  for (const id of problems.attempt(whole, () => options.reader.implausible()) ?? []) {
    problems.add({ in: 'document', id, what: 'its line in the list has a number that cannot be' })
  }
  await breathe(options, { step: 'check structure', done: 1, total: 1 })
}

/** How much of everything was looked at, and a document for each asset that is shown. */
interface Checked {
  readonly documents: number
  readonly updates: number
  readonly points: number
  readonly shown: Map<string, string>
}

async function checkDocuments(options: CheckOptions, problems: Problems): Promise<Checked> {
  const { reader, decoder } = options
  const shown = new Map<string, string>()
  const ids = problems.attempt({ in: 'database', id: '' }, () => reader.ids()) ?? []
  const counts = { documents: ids.length, updates: 0, points: 0 }
  for (const [index, id] of ids.entries()) {
    await breathe(options, { step: 'check documents', done: index, total: ids.length })
    const where = { in: 'document', id } as const
    const checked = problems.attempt(where, () => checkDocument(reader, { id, decoder }))
    // Null: it was removed for good since the list was read.
    if (!checked) continue
    counts.updates += checked.updates
    counts.points += checked.points
    for (const what of checked.problems) problems.add({ ...where, what })
    for (const asset of checked.shows) shown.set(asset, id)
  }
  await breathe(options, { step: 'check documents', done: ids.length, total: ids.length })
  return { ...counts, shown }
}

/** One document and its history, as they are at one moment. */
function checkDocument(
  reader: DatabaseReader,
  { id, decoder }: { id: string; decoder: Decoder },
): (Examined & { readonly updates: number; readonly points: number }) | null {
  return reader.atOneMoment(() => {
    const document = reader.read(id)
    if (!document) return null
    const { problems, shows } = examineDocument(document, decoder)
    const history = examineHistory(id, { rows: reader.points(id), decoder })
    const unknown = unknownAssets(shows, reader.references(id)).map((asset) => {
      return `shows picture ${asset}, which is not among those it is known to show`
    })
    // Where rows are missing, that the list counts others says nothing new.
    const miscounted = problems.length === 0 ? miscountOf(document) : []
    return {
      problems: [...problems, ...miscounted, ...historyProblems(document, history), ...unknown],
      shows,
      updates: document.updates.length,
      points: history.points,
    }
  })
}

function historyProblems({ counted }: RawDocument, history: ExaminedHistory): string[] {
  const { points, bytes, faults } = history
  const problems = faults.map(({ number, what }) => `point ${number} of its history ${what}`)
  if (points === counted.points && bytes === counted.historyBytes) return problems
  const said = `the list of documents says ${counted.points} of ${counted.historyBytes}`
  return [...problems, `its history has ${points} points of ${bytes} bytes, ${said}`]
}

/** The ids of all assets there are. */
async function checkAssets(options: CheckOptions, problems: Problems): Promise<string[]> {
  const entries = await listAssets(options.assets, problems)
  for (const [index, { id }] of entries.entries()) {
    await breathe(options, { step: 'check assets', done: index, total: entries.length })
    const what = await assetProblem(options.assets, id)
    if (what) problems.add({ in: 'asset', id, what })
  }
  await breathe(options, { step: 'check assets', done: entries.length, total: entries.length })
  return entries.map(({ id }) => id)
}

async function listAssets(
  assets: AssetSource,
  problems: Problems,
): ReturnType<AssetSource['list']> {
  try {
    return await assets.list()
  } catch (error) {
    problems.add({ in: 'database', id: '', what: `has no list of assets: ${wordsOf(error)}` })
    return []
  }
}

async function assetProblem(assets: AssetSource, id: string): Promise<string | null> {
  try {
    const bytes = await assets.read(id)
    if (!bytes) return null
    return isNamedByContent(id, bytes) ? null : 'its bytes are not those it is named by'
  } catch (error) {
    return `cannot be read: ${wordsOf(error)}`
  }
}

/** Whether an asset's id is the SHA-256 of these bytes. */
export function isNamedByContent(id: string, bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest('hex') === id
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
