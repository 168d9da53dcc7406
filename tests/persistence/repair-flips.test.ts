/**
 * Each byte of a small database becomes another one, in turn. What a check calls well is well; what it does not is
 * repaired, or said to be beyond it; and no number that was in a sound row is ever lost.
 * `FLIPS=all` tries every byte; otherwise as many as take a few seconds, others each time.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { StoreError } from '../../packages/persistence/src/store-error.ts'
import { checkEverything, type CheckReport } from '../../packages/persistence/src/sqlite/check.ts'
import { assetFiles } from '../../packages/persistence/src/sqlite/asset-source.ts'
import { rowChecksum } from '../../packages/persistence/src/sqlite/checksum.ts'
import { openDatabase } from '../../packages/persistence/src/sqlite/database.ts'
import { toStoreError } from '../../packages/persistence/src/sqlite/errors.ts'
import {
  damagedDatabase,
  IDS,
  NUMBERS,
  numbersIn,
  REPAIRED_AT,
} from '../../packages/persistence/src/sqlite/fixtures/damaged-database.ts'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import {
  mergeNumbers,
  numberDecoder,
  numbersOf,
} from '../../packages/persistence/src/sqlite/fixtures/number-tools.ts'
import { SqliteLog } from '../../packages/persistence/src/sqlite/log.ts'
import { DatabaseReader, openForReading } from '../../packages/persistence/src/sqlite/reader.ts'
import { repairFolder, type RepairReport } from '../../packages/persistence/src/sqlite/repair.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const FLIPS = process.env['FLIPS'] === 'all' ? Number.POSITIVE_INFINITY : 150

const WORK = { signal: new AbortController().signal, onProgress: () => {} }

test(`[K3,K5,K7] a flipped byte is repaired, harmless, or said to be beyond it (SEED=${seed})`, async () => {
  const folder = await temporaryFolder()
  const whole = damagedDatabase(folder)
  const random = seededRandom(seed)
  const step = Math.max(1, Math.floor(whole.length / FLIPS))
  const wrong: string[] = []
  const outcomes = new Map<Outcome, number>()
  for (let at = Math.floor(random() * step); at < whole.length; at += step) {
    const bytes = new Uint8Array(whole)
    bytes[at] = bytes[at]! ^ (1 + Math.floor(random() * 255))
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'kolam.db'), bytes)
    const { outcome, faults } = await tryOut(folder, bytes)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    for (const fault of faults) wrong.push(`byte ${at} as ${bytes[at]}: ${fault}`)
  }
  expect(wrong).toEqual([])
  expect(outcomes.get('repaired')).toBeGreaterThan(0)
}, 3_600_000)

type Outcome = 'harmless' | 'repaired' | 'in part' | 'refused'

/** What came of one flip, and what should not have. */
interface Tried {
  readonly outcome: Outcome
  readonly faults: readonly string[]
}

async function tryOut(folder: string, bytes: Uint8Array): Promise<Tried> {
  const before = await attempt(() => check(folder))
  const sound = soundNumbers(folder)
  const report = await attempt(() => repair(folder))
  if (report instanceof StoreError) return { outcome: 'refused', faults: [] }
  if (before instanceof StoreError) return { outcome: 'repaired', faults: ['mended unchecked'] }
  const faults = [
    ...(isDeepStrictEqual(report.before.problems, before.problems) ? [] : ['found another thing']),
    ...(isCopyOf(report.copy, bytes) ? [] : ['the copy is another one']),
  ]
  if (report.after === null) {
    const isWhole = isDeepStrictEqual(contentOf(folder), NUMBERS_AND_STATES)
    return { outcome: 'harmless', faults: isWhole ? faults : [...faults, 'not noticed'] }
  }
  faults.push(...lossesIn(folder, { sound, report, left: report.after }))
  const again = await repair(folder)
  if (again.copy !== null || again.documents.length > 0) faults.push('mended a second time')
  const isClean = report.after.problems.length === 0
  if ((again.before.problems.length === 0) !== isClean) faults.push('another thing afterwards')
  const isMended = isClean && report.failures.length === 0
  return { outcome: isMended ? 'repaired' : 'in part', faults }
}

function isCopyOf(copy: string | null, bytes: Uint8Array): boolean {
  return copy === null || readFileSync(copy).equals(bytes)
}

function lossesIn(
  folder: string,
  about: { sound: Map<string, Set<number>>; report: RepairReport; left: CheckReport },
): string[] {
  const { sound, report, left } = about
  const found = contentOf(folder)
  const said = [...left.problems, ...report.documents].map(({ id }) => id)
  const faults = Object.entries(NUMBERS).flatMap(([id, numbers]) => {
    const content = found[id]
    const isSaid = said.includes(id) || said.includes('')
    // In the trash, or not mended: nobody takes it for an empty one.
    if (!Array.isArray(content)) return content === 'trashed' || isSaid ? [] : [`${id} is refused`]
    const held = new Set(content as number[])
    const lost = [...(sound.get(id) ?? [])].filter((number) => !held.has(number))
    const invented = [...held].filter((number) => !numbers.includes(number))
    const isSilent = held.size < numbers.length && !isSaid
    return [
      ...lost.map((number) => `${id} lost ${number}`),
      ...invented.map((number) => `${id} has ${number}`),
      ...(isSilent ? [`${id} is silently less`] : []),
    ]
  })
  // What stands for a removed document holds nothing else: where it is lost, only the list can say so.
  const isSaid = said.length + report.failures.length > 0
  return found['gone'] === 'deleted' || isSaid ? faults : [...faults, 'gone is back']
}

const NUMBERS_AND_STATES = { ...NUMBERS, delta: 'trashed', gone: 'deleted' }

/** What a server would find: numbers, or the code it refuses with. */
function contentOf(folder: string): Record<string, unknown> {
  const sql = openDatabase(folder)
  try {
    const log = new SqliteLog(sql, { keepsHistory: true })
    log.list()
    log.listTrash()
    return Object.fromEntries(IDS.map((id) => [id, numbersOrCode(log, id)]))
  } catch (error) {
    return { error: toStoreError(error, 'read').message }
  } finally {
    sql.close()
  }
}

function numbersOrCode(log: SqliteLog, id: string): unknown {
  try {
    const { damage } = log.open(id)
    return damage ? 'corrupt' : numbersIn(log, id)
  } catch (error) {
    if (error instanceof StoreError) return error.code
    throw error
  }
}

/** A row is sound where all of it can be read. */
const LOGGED = `SELECT document, seq, bytes, crc, at, author FROM updates
  UNION ALL SELECT document, upto, bytes, crc, 0, '' FROM snapshots`

/** Numbers of rows whose checksums are right, told apart by other means than the repair's. */
function soundNumbers(folder: string): Map<string, Set<number>> {
  const sound = new Map(IDS.map((id) => [id as string, new Set<number>()]))
  let sql: DatabaseSync | null = null
  try {
    sql = openForReading(join(folder, 'kolam.db'))
    for (const { document, seq, bytes, crc } of sql.prepare(LOGGED).iterate()) {
      const [id, part] = [String(document), bytes as Uint8Array]
      if (rowChecksum(id, Number(seq), part) !== crc) continue
      for (const number of numbersOf(part)) sound.get(id)?.add(number)
    }
  } catch {
    // What cannot be read says nothing more.
  } finally {
    sql?.close()
  }
  return sound
}

async function check(folder: string): Promise<CheckReport> {
  const reader = new DatabaseReader(openForReading(join(folder, 'kolam.db')))
  try {
    const assets = assetFiles(join(folder, 'assets'))
    return await checkEverything({ reader, assets, decoder: numberDecoder, ...WORK })
  } finally {
    reader.close()
  }
}

function repair(folder: string): Promise<RepairReport> {
  const tools = { decoder: numberDecoder, merge: mergeNumbers, at: REPAIRED_AT }
  return repairFolder({ folder, ...tools, ...WORK })
}

/** The result, or the refusal; anything else is a crash. */
async function attempt<T>(work: () => Promise<T>): Promise<T | StoreError> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
}
