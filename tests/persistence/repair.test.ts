/** The repair of a whole folder: what is copied, what is rebuilt, and when nothing is done. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { openDatabase } from '../../packages/persistence/src/sqlite/database.ts'
import {
  append,
  damagedDatabase,
  NUMBERS,
  numbersIn,
  REPAIRED_AT,
} from '../../packages/persistence/src/sqlite/fixtures/damaged-database.ts'
import { type Child, startFixture } from '../../packages/persistence/src/sqlite/fixtures/child.ts'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import { numbered } from '../../packages/persistence/src/sqlite/fixtures/numbered.ts'
import {
  mergeNumbers,
  numberDecoder,
} from '../../packages/persistence/src/sqlite/fixtures/number-tools.ts'
import { lockFolder } from '../../packages/persistence/src/sqlite/lock.ts'
import { SqliteLog } from '../../packages/persistence/src/sqlite/log.ts'
import type { FreeBytes } from '../../packages/persistence/src/sqlite/originals.ts'
import { MIGRATIONS } from '../../packages/persistence/src/sqlite/schema.ts'
import { repairFolder, type RepairReport } from '../../packages/persistence/src/sqlite/repair.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

const COPY = 'kolam.db.before-repair-2026-01-03T00-00-00-000Z'

function repair(
  folder: string,
  options: { freeBytes?: FreeBytes; signal?: AbortSignal } = {},
): Promise<RepairReport> {
  const tools = { decoder: numberDecoder, merge: mergeNumbers, at: REPAIRED_AT }
  const work = { signal: new AbortController().signal, onProgress: () => {} }
  return repairFolder({ folder, ...tools, ...work, ...options })
}

async function filledFolder(change = ''): Promise<string> {
  const folder = await temporaryFolder()
  damagedDatabase(folder)
  damage(folder, change)
  return folder
}

function damage(folder: string, change: string): void {
  const sql = new DatabaseSync(join(folder, 'kolam.db'))
  sql.exec(change)
  sql.close()
}

function contentOf(folder: string): Record<string, unknown> {
  const sql = openDatabase(folder)
  const log = new SqliteLog(sql)
  log.takeBack('delta')
  const found = Object.keys(NUMBERS).map((id) => [id, numbersIn(log, id)] as const)
  sql.close()
  return Object.fromEntries(found)
}

const ONE_UPDATE = "UPDATE updates SET crc = 1 WHERE document = 'alpha' AND seq = 2"

test('[K7] a folder in which all is well is not changed, nor copied', async () => {
  const folder = await filledFolder()
  const before = readFileSync(join(folder, 'kolam.db'))
  const report = await repair(folder)
  expect(report).toMatchObject({ before: { problems: [] }, after: null, copy: null, documents: [] })
  expect(readFileSync(join(folder, 'kolam.db')).equals(before)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.includes('before-repair'))).toEqual([])
})

test('[K7] the database is copied byte for byte before it is changed, its log with it', async () => {
  const folder = await filledFolder()
  const sql = openDatabase(folder)
  append(new SqliteLog(sql), 'alpha', [4])
  sql.exec(ONE_UPDATE)
  const before = ['', '-wal'].map((end) => readFileSync(join(folder, `kolam.db${end}`)))
  const crashed = await temporaryFolder()
  for (const [index, end] of ['', '-wal'].entries()) {
    writeFileSync(join(crashed, `kolam.db${end}`), before[index]!)
  }
  sql.close()
  const report = await repair(crashed)
  expect(report.copy).toBe(join(crashed, COPY))
  const copied = ['', '-wal'].map((end) => readFileSync(join(crashed, `${COPY}${end}`)))
  expect(copied.map((bytes, index) => bytes.equals(before[index]!))).toEqual([true, true])
  expect(contentOf(crashed)['alpha']).toEqual([1, 3, 4])
  expect(statSync(join(crashed, COPY)).size).toBeGreaterThan(0)
})

test('[K7] where there is no room for the copy nothing is changed', async () => {
  const folder = await filledFolder(ONE_UPDATE)
  const before = readFileSync(join(folder, 'kolam.db'))
  await expect(repair(folder, { freeBytes: async () => 1_000 })).rejects.toMatchObject({
    code: 'full',
    message: expect.stringMatching(/a copy of it needs \d+ bytes, and 1000 are free/),
  })
  expect(readFileSync(join(folder, 'kolam.db')).equals(before)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.includes('before-repair'))).toEqual([])
})

test('[K7] a folder that somebody uses is refused', async () => {
  const folder = await filledFolder(ONE_UPDATE)
  const unlock = lockFolder(folder)
  await expect(repair(folder)).rejects.toMatchObject({ code: 'locked' })
  unlock()
  expect((await repair(folder)).after?.problems).toEqual([])
})

test('[K7] what cannot be mended is not copied each time, and does not keep others from being mended', async () => {
  const folder = await filledFolder("UPDATE updates SET crc = 1 WHERE document = 'alpha'")
  const alone = await repair(folder)
  expect(alone).toMatchObject({ copy: null, documents: [] })
  expect(alone.after?.problems.map(({ id }) => id)).toEqual(['alpha', 'alpha', 'alpha'])
  damage(folder, "UPDATE updates SET crc = 1 WHERE document = 'beta' AND seq = 4")
  const both = await repair(folder)
  expect(both.documents.map(({ id }) => id)).toEqual(['beta'])
  expect(new Set(both.after?.problems.map(({ id }) => id))).toEqual(new Set(['alpha']))
})

test('[K7] stopped at any document, it is finished the next time', async () => {
  const folder = await filledFolder('UPDATE updates SET crc = 1 WHERE seq = 2')
  const stop = new AbortController()
  const tools = { decoder: numberDecoder, merge: mergeNumbers, at: REPAIRED_AT }
  const onProgress = ({ step, done }: { step: string; done: number }): void => {
    if (step === 'mend documents' && done === 1) stop.abort()
  }
  const stopped = repairFolder({ folder, ...tools, signal: stop.signal, onProgress })
  await expect(stopped).rejects.toThrow(/abort/)
  const tools2 = { ...tools, at: REPAIRED_AT + 1 }
  const work = { signal: new AbortController().signal, onProgress: () => {} }
  const rest = await repairFolder({ folder, ...tools2, ...work })
  expect(rest.documents.map(({ id }) => id)).toEqual(['delta'])
  expect(rest.after?.problems).toEqual([])
})

test(`[K7] killed at any moment, it is finished the next time (SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  for (let round = 0; round < 4; round++) {
    const folder = await filledFolder()
    const sql = openDatabase(folder)
    const log = new SqliteLog(sql)
    const ids = Array.from({ length: 60 }, (_, index) => `n${index}`)
    for (const id of ids) append(log, id, [1, 2, 3])
    sql.exec('UPDATE updates SET crc = 1 WHERE seq = 2')
    sql.close()
    const child = startFixture('repair-and-tell.ts', [folder])
    await lineOf(child, `mend documents ${Math.floor(random() * 60)}`)
    child.process.kill('SIGKILL')
    await child.ended
    const rest = await repair(folder)
    expect(rest.after?.problems ?? rest.before.problems).toEqual([])
    const mended = openDatabase(folder)
    const left = new SqliteLog(mended)
    for (const id of ids) expect(numbersIn(left, id)).toEqual([1, 3])
    expect(mended.prepare('SELECT count(*) AS n FROM quarantine').get()?.['n']).toBe(62)
    mended.close()
  }
}, 60_000)

/** Resolves when the process has printed this line, or ends. */
async function lineOf(child: Child, expected: string): Promise<void> {
  await new Promise<void>((resolve) => {
    child.lines.on('line', (line) => line === expected && resolve())
    child.lines.once('close', resolve)
  })
}

test('[K8] an index that lost a row is built again, and nothing is lost', async () => {
  const folder = await filledFolder()
  const file = join(folder, 'kolam.db')
  const bytes = readFileSync(file)
  // The page of the index over snapshots says that it is empty.
  const page = pageOf(file, 'sqlite_autoindex_snapshots_1')
  bytes.fill(0, page + 3, page + 5)
  writeFileSync(file, bytes)
  const report = await repair(folder)
  expect(report.structure).toEqual(['it was rebuilt row by row'])
  expect(report).toMatchObject({ after: { problems: [] }, failures: [] })
  expect(readFileSync(report.copy!).equals(bytes)).toBe(true)
  expect(contentOf(folder)).toEqual(NUMBERS)
})

test('[K8] a page that cannot be read costs what was in it, and the documents say what', async () => {
  const folder = await filledFolder()
  const sql = openDatabase(folder)
  const log = new SqliteLog(sql)
  for (const value of [1, 200, 400]) {
    append(
      log,
      'many',
      Array.from({ length: 199 }, (_, index) => value + index),
    )
    log.append([{ document: 'many', update: numbered(value + 199), at: 1, author: `end ${value}` }])
  }
  sql.close()
  const file = join(folder, 'kolam.db')
  const bytes = readFileSync(file)
  const page = bytes.indexOf('end 200') & ~4095
  bytes.fill(0xaa, page, page + 4096)
  writeFileSync(file, bytes)
  const report = await repair(folder)
  expect(report.failures).toEqual([expect.stringContaining('updates could not be read')])
  expect(report.documents.map(({ id }) => id)).toEqual(['many'])
  expect(report.documents[0]!.done.join()).toMatch(/updates \d+ to \d+ of 600 are missing/)
  expect(report.after?.problems).toEqual([])
  expect(contentOf(folder)).toEqual(NUMBERS)
  expect((await repair(folder)).copy).toBe(null)
})

test('[K8] a row that is found twice hides another one, and is not taken for all of the table', async () => {
  const folder = await filledFolder()
  const file = join(folder, 'kolam.db')
  const bytes = readFileSync(file)
  const cells = pageOf(file, 'documents') + 8
  // The first two cells are those of alpha and beta.
  bytes.copyWithin(cells, cells + 2, cells + 4)
  writeFileSync(file, bytes)
  const report = await repair(folder)
  expect(report.failures).toEqual([expect.stringContaining('the list of documents could not')])
  expect(report.documents.map(({ id }) => id)).toEqual(['alpha'])
  expect(contentOf(folder)).toEqual(NUMBERS)
})

test('[K8] the list of documents is made again from their rows', async () => {
  const folder = await filledFolder()
  const file = join(folder, 'kolam.db')
  spoil(file, [pageOf(file, 'documents')])
  const report = await repair(folder)
  expect(report.failures).toEqual([
    expect.stringContaining('what was in the trash may be out of it'),
  ])
  expect(report.after?.problems).toEqual([])
  const sql = openDatabase(folder)
  const log = new SqliteLog(sql)
  for (const [id, numbers] of Object.entries(NUMBERS)) expect(numbersIn(log, id)).toEqual(numbers)
  sql.close()
})

test('[K8] where nobody could say what is gone only a backup helps, and nothing is touched', async () => {
  const folder = await filledFolder()
  const file = join(folder, 'kolam.db')
  const bytes = spoil(file, [pageOf(file, 'documents'), pageOf(file, 'updates')])
  const report = await repair(folder)
  expect(report).toMatchObject({ copy: null, documents: [] })
  expect(report.failures).toEqual([
    expect.stringMatching(/neither the list of documents nor updates .*; restore a backup$/),
  ])
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('[K8] a column of another name is what it was by its place', async () => {
  const folder = await filledFolder()
  const file = join(folder, 'kolam.db')
  const bytes = readFileSync(file)
  bytes[bytes.indexOf('title TEXT NOT NULL')] = 0xff
  writeFileSync(file, bytes)
  const report = await repair(folder)
  expect(report.before.problems[0]?.what).toBe(
    `the table documents is not as schema ${MIGRATIONS.length} has it`,
  )
  expect(report).toMatchObject({ after: { problems: [] }, failures: [] })
  expect(contentOf(folder)).toEqual(NUMBERS)
})

test('[K8] a schema that says it is older than it is, is believed by its tables', async () => {
  const folder = await filledFolder("UPDATE meta SET value = 3 WHERE key = 'schema'")
  const report = await repair(folder)
  expect(report.before.problems[0]?.what).toBe(
    `it says schema 3, and has the tables of schema ${MIGRATIONS.length}`,
  )
  expect(report).toMatchObject({ after: { problems: [], points: 4 }, failures: [] })
  expect(contentOf(folder)).toEqual(NUMBERS)
})

test('[K8] what is no database is refused with words', async () => {
  const folder = await temporaryFolder()
  writeFileSync(join(folder, 'kolam.db'), 'no database at all, but long enough to be looked at')
  await expect(repair(folder)).rejects.toMatchObject({
    code: 'corrupt',
    message: expect.stringContaining('restore a backup'),
  })
})

test('[K9] an asset that is not what it is named by is moved, and the same one again beside it', async () => {
  const folder = await filledFolder()
  const id = 'ab'.padEnd(64, '0')
  const aside = join(folder, 'assets', 'damaged')
  for (const name of [id, `${id}-2`]) {
    mkdirSync(join(folder, 'assets', 'ab'), { recursive: true })
    writeFileSync(join(folder, 'assets', 'ab', id), name)
    const report = await repair(folder)
    expect(report).toMatchObject({ copy: null, movedAssets: [{ id, to: join(aside, name) }] })
    expect(report.after?.problems).toEqual([])
    expect(readFileSync(join(aside, name), 'utf8')).toBe(name)
  }
})

/** Makes noise of some pages; gives back what is there then. */
function spoil(file: string, pages: readonly number[]): Buffer {
  const bytes = readFileSync(file)
  for (const page of pages) bytes.fill(0xaa, page, page + 4096)
  writeFileSync(file, bytes)
  return bytes
}

/** Where the root page of a table or index begins. */
function pageOf(file: string, name: string): number {
  const sql = new DatabaseSync(file, { readOnly: true })
  const row = sql.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)
  sql.close()
  return (Number(row?.['rootpage']) - 1) * 4096
}
