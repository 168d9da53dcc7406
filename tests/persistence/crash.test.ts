import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { openDatabase } from '../../packages/persistence/src/sqlite/database.ts'
import { nextLine, startFixture } from '../../packages/persistence/src/sqlite/fixtures/child.ts'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import { numbersIn } from '../../packages/persistence/src/sqlite/fixtures/numbered.ts'
import { stateOf, STEPS } from '../../packages/persistence/src/sqlite/fixtures/workload.ts'
import { openSqliteStore } from '../../packages/persistence/src/sqlite/index.ts'
import { SqliteLog } from '../../packages/persistence/src/sqlite/log.ts'
import { MIGRATIONS, migrate, schemaVersion } from '../../packages/persistence/src/sqlite/schema.ts'
import type { Sql } from '../../packages/persistence/src/sqlite/sql.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const ROUNDS = 4
const KEEPS = { keepsHistory: true }

test(`[F1] kill -9 at any moment loses nothing acknowledged and doubles nothing (SEED=${seed})`, async () => {
  const folder = await temporaryFolder()
  const random = seededRandom(seed)
  const acknowledged: Record<string, number> = { a: 0, b: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const child = startFixture('append-for-ever.ts', [folder, String(seed + round)])
    const patience = 1 + Math.floor(random() * 60)
    for (let line = 0; line < patience; line++) await nextLine(child)
    child.process.kill('SIGKILL')
    for (const line of await child.ended) {
      const [id, count] = line.split(' ') as [string, string]
      acknowledged[id] = Number(count)
    }
    for (const [id, count] of Object.entries(acknowledged)) {
      const numbers = numbersIn(await read(folder, id))
      expect(numbers.length).toBeGreaterThanOrEqual(count)
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
    }
  }
  expect(acknowledged['a']).toBeGreaterThan(0)
})

test('[F1,F2,F3,H6] a process that dies at any statement leaves what it had done, and of the step under way all or nothing', async () => {
  const template = await temporaryFolder()
  const sql = openDatabase(template)
  const log = new SqliteLog(sql, KEEPS)
  const before = join(await temporaryFolder(), 'data')
  sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  await cp(template, before, { recursive: true })
  const states = [stateOf(log), ...STEPS.map((step) => (step(log), stateOf(log)))]
  sql.close()

  const counts = await dieAtEvery('work-and-die.ts', before, ({ folder, lines }) => {
    const done = lines.filter((line) => line !== 'done').length
    const found = inDatabase(folder, (left) => stateOf(new SqliteLog(left, KEEPS)))
    const isNow = isDeepStrictEqual(found, states[done])
    expect(isNow || isDeepStrictEqual(found, states[done + 1]), `after step ${done}`).toBe(true)
  })
  expect(counts).toBeGreaterThan(80)
})

test('[M2,F1] a process that dies at any statement of a migration leaves a database that the next one brings forward', async () => {
  const template = await temporaryFolder()
  const old = new DatabaseSync(join(template, 'kolam.db'))
  migrate(old, MIGRATIONS.slice(0, 1))
  old.exec(`
    INSERT INTO documents VALUES ('a', 'Plan', 1, 2, 3, 2, 1, 3), ('b', '', 0, 5, 6, 1, 1, 3);
    INSERT INTO updates VALUES ('a', 2, x'010203', 1, 4, 'ada'), ('b', 1, x'010203', 1, 4, '');
    INSERT INTO snapshots VALUES ('a', 1, x'0102', 7);`)
  old.close()
  const expected = await afterMigration(template)
  const counts = await dieAtEvery('migrate-and-die.ts', template, async ({ folder }) => {
    expect(await afterMigration(folder)).toEqual(expected)
  })
  expect(counts).toBeGreaterThan(15)
})

/** Runs a fixture on copies of a folder, killed at its statement 1, 2, 3… until it gets through; how often it died. */
async function dieAtEvery(
  fixture: string,
  template: string,
  check: (left: { folder: string; lines: readonly string[] }) => void | Promise<void>,
): Promise<number> {
  let deaths = 0
  let isDone = false
  /** Two at a time: most of it is the start of a process. */
  async function next(): Promise<void> {
    while (!isDone) {
      const statement = ++deaths
      const folder = join(await temporaryFolder(), 'data')
      await cp(template, folder, { recursive: true })
      const lines = await startFixture(fixture, [folder, String(statement)]).ended
      isDone ||= lines.at(-1) === 'done'
      await check({ folder, lines })
    }
  }
  await Promise.all([next(), next()])
  return deaths
}

async function afterMigration(folder: string): Promise<unknown> {
  const copy = join(await temporaryFolder(), 'data')
  await cp(folder, copy, { recursive: true })
  return inDatabase(copy, (sql) => ({
    version: schemaVersion(sql),
    rows: ['documents', 'updates', 'snapshots', 'points'].map((table) =>
      sql.prepare(`SELECT * FROM ${table}`).all(),
    ),
  }))
}

function inDatabase<T>(folder: string, read: (sql: Sql) => T): T {
  const sql = openDatabase(folder)
  try {
    return structuredClone(read(sql))
  } finally {
    sql.close()
  }
}

async function read(folder: string, id: string) {
  const store = await openSqliteStore({ folder })
  const document = await store.open(id)
  await store.close()
  return document
}
