/**
 * Each byte of a small database becomes another one, in turn: never a crash, and never a document that is silently less
 * than it was. `FLIPS=all` tries every byte; otherwise as many as take a few seconds, others each time.
 */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import type { StoredDocument } from '../../packages/persistence/src/store.ts'
import { StoreError } from '../../packages/persistence/src/store-error.ts'
import { openDatabase } from '../../packages/persistence/src/sqlite/database.ts'
import { toStoreError } from '../../packages/persistence/src/sqlite/errors.ts'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import { numbered } from '../../packages/persistence/src/sqlite/fixtures/numbered.ts'
import { historyOf } from '../../packages/persistence/src/sqlite/fixtures/points.ts'
import { newPoint } from '../../packages/persistence/src/testing/new-point.ts'
import { SqliteLog } from '../../packages/persistence/src/sqlite/log.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const FLIPS = process.env['FLIPS'] === 'all' ? Number.POSITIVE_INFINITY : 1_500

const IDS = ['alpha', 'beta', 'gamma', 'delta', 'never-written'] as const

const HISTORIES = ['beta', 'gamma'] as const

type Found = Record<string, unknown>

test(`[K3] a flipped byte is refused or harmless (SEED=${seed})`, async () => {
  const folder = await temporaryFolder()
  const whole = filledDatabase(folder)
  const expected = read(folder)
  const random = seededRandom(seed)
  const step = Math.max(1, Math.floor(whole.length / FLIPS))
  const counts = { refused: 0, harmless: 0 }
  for (let at = Math.floor(random() * step); at < whole.length; at += step) {
    const bytes = new Uint8Array(whole)
    bytes[at] = bytes[at]! ^ (1 + Math.floor(random() * 255))
    writeFileSync(join(folder, 'kolam.db'), bytes)
    const found = read(folder)
    for (const id of Object.keys(expected)) {
      if (!(id in found) || isRefusal(found[id])) continue
      expect(found[id], `byte ${at}, document ${id}`).toEqual(expected[id])
    }
    if (Object.values(found).some(isRefusal)) counts.refused += 1
    else counts.harmless += 1
  }
  expect(counts.refused).toBeGreaterThan(counts.harmless / 10)
})

/** A database in one file, with everything a document can be. */
function filledDatabase(folder: string): Uint8Array {
  const sql = openDatabase(folder)
  const log = new SqliteLog(sql)
  for (const id of IDS.slice(0, 4)) {
    log.append(
      [1, 2, 3].map((value) => ({
        document: id,
        update: numbered(value),
        at: value,
        author: 'ada',
      })),
    )
    log.describe(id, { title: `The board ${id}`, shapes: 3 })
  }
  log.compact('beta', numbered(7), 2)
  log.compact('gamma', new Uint8Array(9_000).fill(5), 3)
  // Else what a snapshot stands for would be there twice, and a lost one be no loss.
  for (const id of ['beta', 'gamma']) log.trim(id)
  log.points.add('beta', newPoint({ delta: new Uint8Array(5_000).fill(6) }))
  log.points.add('beta', newPoint({ after: 1, base: false, seq: 3, kind: 'named', name: 'Plan' }))
  log.points.add('gamma', newPoint({}))
  log.trash('delta', 99)
  sql.close()
  const shrunk = new DatabaseSync(join(folder, 'kolam.db'))
  shrunk.exec('PRAGMA journal_mode = DELETE; VACUUM; PRAGMA journal_mode = WAL')
  shrunk.close()
  return new Uint8Array(readFileSync(join(folder, 'kolam.db')))
}

/** What a server finds; a refusal where it does not open at all counts for each document. */
function read(folder: string): Found {
  const opened = attempt(() => openDatabase(folder))
  if (opened instanceof StoreError) return {}
  const log = attempt(() => new SqliteLog(opened))
  const found: [string, unknown][] = IDS.map((id) => [
    id,
    log instanceof StoreError ? log : attempt(() => structuredClone(log.open(id))),
  ])
  for (const id of HISTORIES) {
    const name = `history of ${id}`
    const history = (): unknown => structuredClone(historyOf(log as SqliteLog, id))
    found.push([name, log instanceof StoreError ? log : attempt(history)])
  }
  if (!(log instanceof StoreError)) attempt(() => [log.list(), log.listTrash(), log.stats()])
  attempt(() => opened.close())
  return Object.fromEntries(found)
}

/** The result, or the store's refusal; anything else that is thrown is a crash. */
function attempt<T>(work: () => T): T | StoreError {
  try {
    return work()
  } catch (error) {
    return toStoreError(error, 'read')
  }
}

/** It is said that it is damaged. That a document is in the trash is an answer. */
function isRefusal(found: unknown): boolean {
  if ((found as Partial<StoredDocument>).damage) return true
  if (Array.isArray(found) && JSON.stringify(found).includes('"damaged":true')) return true
  return found instanceof StoreError && found.code !== 'trashed' && found.code !== 'deleted'
}
