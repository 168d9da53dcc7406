/** What a power cut at any byte leaves: every commit that was acknowledged, and of the next one all or nothing. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../packages/persistence/src/sqlite/database.ts'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import { stateOf, STEPS } from '../../packages/persistence/src/sqlite/fixtures/workload.ts'
import {
  cutLog,
  type Files,
  logLength,
  readFiles,
  tornPages,
  writeFiles,
} from '../../packages/persistence/src/sqlite/fixtures/power-cut.ts'
import { SqliteLog } from '../../packages/persistence/src/sqlite/log.ts'
import { MIGRATIONS, migrate } from '../../packages/persistence/src/sqlite/schema.ts'
import type { Sql } from '../../packages/persistence/src/sqlite/sql.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** The head of a log, and that of each page in it. */
const LOG_HEAD = 32
const FRAME_HEAD = 24

describe(`a power cut (SEED=${seed})`, () => {
  test('[F5] at any page of the log, and between them, leaves every acknowledged commit whole', async () => {
    const random = seededRandom(seed)
    const folder = await temporaryFolder()
    const { states, lengths, files } = worked(folder)
    let cuts = 0
    for (const [step, end] of lengths.entries()) {
      const begin = lengths[step - 1] ?? 0
      for (const at of cutsBetween(begin, end, random)) {
        for (const tail of ['gone', 'zeros', 'noise'] as const) {
          const log = cutLog(files.log, at, tail, random)
          const left = writeFiles(join(folder, `cut-${++cuts}`), { ...files, log })
          expect(stateIn(left), `cut ${at} of ${begin}–${end}, ${tail}`).toEqual(
            at < end ? states[step] : states[step + 1],
          )
        }
      }
    }
    expect(cuts).toBeGreaterThan(300)
  })

  test('[F6] while the log is copied into the database leaves everything, whatever became of its pages', async () => {
    const random = seededRandom(seed)
    const folder = await temporaryFolder()
    const { states, files } = worked(folder)
    const sql = new DatabaseSync(join(writeFiles(join(folder, 'whole'), files), 'kolam.db'))
    sql.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    const after = readFiles(join(folder, 'whole')).database
    sql.close()
    for (let round = 0; round < 100; round++) {
      const database = tornPages(files.database, after, { pageBytes: 4_096, random })
      const left = writeFiles(join(folder, `torn-${round}`), { ...files, database })
      expect(stateIn(left), `round ${round}`).toEqual(states.at(-1))
    }
  })

  test('[M4] while the schema is brought forward leaves the old one or the new one, and every row', async () => {
    const random = seededRandom(seed)
    const folder = await temporaryFolder()
    const old = olderDatabase(join(await temporaryFolder(), 'kolam.db'))
    const sql = openQuietly(writeFiles(join(folder, 'whole'), old))
    migrate(sql)
    const files = readFiles(join(folder, 'whole'))
    const expected = stateIn(writeFiles(join(folder, 'migrated'), files))
    const cuts = cutsBetween(0, files.log.length, random)
    for (const [index, at] of cuts.entries()) {
      const log = cutLog(files.log, at, 'gone', random)
      const left = writeFiles(join(folder, `cut-${index}`), { ...files, log })
      expect(stateIn(left), `cut ${at}`).toEqual(expected)
    }
    expect(cuts.length).toBeGreaterThan(10)
    sql.close()
  })
})

/** The states before and after each step, how long the log was then, and the files at the end. */
function worked(folder: string): { states: unknown[]; lengths: number[]; files: Files } {
  const data = writeFiles(join(folder, 'data'), emptyDatabase(join(folder, 'kolam.db')))
  const sql = openDatabase(data)
  const log = new SqliteLog(sql)
  const states = [stateOf(log)]
  const lengths: number[] = []
  for (const step of STEPS) {
    step(log)
    states.push(stateOf(log))
    lengths.push(logLength(data))
  }
  // Read while it is open: closing would copy the log into the database.
  const files = readFiles(data)
  sql.close()
  return { states, lengths, files }
}

/** A database with the schema and an empty log. */
function emptyDatabase(path: string): Files {
  const sql = openDatabase(join(path, '..'))
  sql.close()
  return readFiles(join(path, '..'))
}

/** A database of the first schema with a few rows. */
function olderDatabase(path: string): Files {
  const sql = new DatabaseSync(path)
  sql.exec('PRAGMA journal_mode = WAL')
  migrate(sql, MIGRATIONS.slice(0, 1))
  sql.exec(
    "INSERT INTO documents VALUES ('a', 'Plan', 1, 2, 3, 0, 0, 0), ('b', '', 0, 5, 6, 0, 0, 0)",
  )
  sql.close()
  return readFiles(join(path, '..'))
}

function openQuietly(folder: string): Sql {
  const sql = new DatabaseSync(join(folder, 'kolam.db'))
  sql.exec('PRAGMA wal_autocheckpoint = 0')
  return sql
}

/** Around each page between two lengths of the log, and somewhere inside of it. */
function cutsBetween(begin: number, end: number, random: () => number): number[] {
  const frame = FRAME_HEAD + 4_096
  const cuts = [end]
  for (let at = Math.max(begin, LOG_HEAD); at < end; at += frame) {
    const inside = at + 1 + Math.floor(random() * (frame - 2))
    cuts.push(at, at + 1, at + FRAME_HEAD, inside, at + frame - 1)
  }
  return cuts.filter((cut) => cut <= end)
}

/** What a server that starts after the cut finds. */
function stateIn(folder: string): unknown {
  const sql = openDatabase(folder)
  try {
    expect(sql.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    return stateOf(new SqliteLog(sql))
  } finally {
    sql.close()
  }
}
