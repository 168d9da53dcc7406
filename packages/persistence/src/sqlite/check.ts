/**
 * Checks everything that is stored: SQLite's own structure, the checksum and number of each row, that what was stored
 * can be decoded, and that each asset is what its name says. Reads only; what updates mean is handed in.
 */
import { createHash } from 'node:crypto'
import type { AssetSource } from './asset-source.ts'
import { rowChecksum, stateChecksum } from './checksum.ts'
import { breathe, type LongWork } from './long-work.ts'
import type { DatabaseReader, RawDocument, RawRow } from './reader.ts'

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
  readonly assets: number
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

/** What one document came to. */
export interface Examined {
  /** What is wrong with it, each a sentence. */
  readonly problems: readonly string[]
  /** The assets it shows, as far as that can be told. */
  readonly shows: readonly string[]
}

/** Problems that are kept, and missing assets: who has more needs no list of them. */
const PROBLEMS_MAX = 1_000

/** Checks all of it. Rejects only when told to stop; whatever cannot be read is a problem of its own. */
export async function checkEverything(options: CheckOptions): Promise<CheckReport> {
  const problems = new Problems()
  await checkStructure(options, problems)
  const { documents, updates, shown } = await checkDocuments(options, problems)
  const assets = await checkAssets(options, problems)
  for (const id of assets) shown.delete(id)
  const missing = Array.from(shown, ([asset, document]) => ({ asset, document }))
  return {
    documents,
    updates,
    assets: assets.length,
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
  await breathe(options, { step: 'check structure', done: 1, total: 1 })
}

async function checkDocuments(
  options: CheckOptions,
  problems: Problems,
): Promise<{ documents: number; updates: number; shown: Map<string, string> }> {
  const { reader } = options
  const shown = new Map<string, string>()
  const ids = problems.attempt({ in: 'database', id: '' }, () => reader.ids()) ?? []
  let updates = 0
  for (const [index, id] of ids.entries()) {
    await breathe(options, { step: 'check documents', done: index, total: ids.length })
    const where = { in: 'document', id } as const
    // Null: it was removed for good since the list was read.
    const document = problems.attempt(where, () => reader.read(id))
    if (!document) continue
    updates += document.updates.length
    const examined = examineDocument(document, options.decoder)
    for (const what of examined.problems) problems.add({ ...where, what })
    for (const asset of examined.shows) shown.set(asset, id)
  }
  await breathe(options, { step: 'check documents', done: ids.length, total: ids.length })
  return { documents: ids.length, updates, shown }
}

/** Looks at every row of one document, and puts it together where all of them are sound. */
export function examineDocument(document: RawDocument, decoder: Decoder): Examined {
  const { snapshot, updates } = document
  const rows = [
    ...(snapshot ? [{ row: snapshot, name: `its snapshot up to ${snapshot.seq}` }] : []),
    ...updates.map((row) => ({ row, name: `update ${row.seq}` })),
  ]
  const unsound = rows.flatMap(({ row, name }) => {
    const fault = faultOf(row, { id: document.id, decoder })
    return fault ? [`${name} ${fault}`] : []
  })
  const problems = [...unsound, ...gapsOf(document)]
  if (problems.length > 0) return { problems, shows: [] }
  try {
    return { problems: [], shows: decoder.document(rows.map(({ row }) => row.bytes)) }
  } catch (error) {
    return { problems: [`it cannot be put together: ${wordsOf(error)}`], shows: [] }
  }
}

function faultOf(row: RawRow, { id, decoder }: { id: string; decoder: Decoder }): string | null {
  if (rowChecksum(id, row.seq, row.bytes) !== row.crc) return 'does not match its checksum'
  const failure = failureOf(() => decoder.update(row.bytes))
  return failure && `cannot be decoded: ${failure}`
}

/** The numbers between the snapshot and the last update that no row has. Rows a snapshot stands for may be kept. */
function gapsOf({ seq, snapshot, updates }: RawDocument): string[] {
  const gaps: string[] = []
  let next = (snapshot?.seq ?? 0) + 1
  for (const row of updates) {
    if (row.seq > next) gaps.push(gapWords(next, row.seq - 1, seq))
    next = Math.max(next, row.seq + 1)
  }
  if (next <= seq) gaps.push(gapWords(next, seq, seq))
  if (next > seq + 1) gaps.push(`it has ${next - 1} updates, the list of documents says ${seq}`)
  return gaps
}

function gapWords(from: number, to: number, of: number): string {
  return from === to
    ? `update ${from} of ${of} is missing`
    : `updates ${from} to ${to} of ${of} are missing`
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

function failureOf(run: () => void): string | null {
  try {
    run()
    return null
  } catch (error) {
    return wordsOf(error)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
