import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ManualClock } from '@kolam/base'
import { expect, test } from 'vitest'
import { Checkpoints } from './checkpoints.ts'
import { openDatabase } from './database.ts'
import { temporaryFolder } from './fixtures/folder.ts'
import { SqliteLog } from './log.ts'
import type { Sql } from './sql.ts'

async function openBoth(): Promise<{ sql: Sql; log: SqliteLog; folder: string }> {
  const folder = await temporaryFolder()
  const sql = openDatabase(folder)
  return { sql, log: new SqliteLog(sql), folder }
}

const bytesOf = (folder: string, name: string): number => statSync(join(folder, name)).size

test('[W1] the log is copied into the database when nobody has written for a while', async () => {
  const { sql, log, folder } = await openBoth()
  const clock = new ManualClock()
  const checkpoints = new Checkpoints(sql, clock)
  const before = bytesOf(folder, 'kolam.db')
  log.append([{ document: 'a', update: new Uint8Array(100_000), at: 1, author: '' }])
  checkpoints.wrote(100_000, 1)
  clock.advance(100)
  checkpoints.wrote(0, 1)
  clock.advance(249)
  expect(bytesOf(folder, 'kolam.db')).toBe(before)
  clock.advance(1)
  expect(bytesOf(folder, 'kolam.db')).toBeGreaterThan(100_000)
  sql.close()
})

test('[W1] the log stays bounded under load that never pauses', async () => {
  const { sql, log, folder } = await openBoth()
  const checkpoints = new Checkpoints(sql, new ManualClock())
  const update = new Uint8Array(4_000_000)
  for (let at = 0; at < 12; at++) {
    log.append([{ document: 'a', update, at, author: '' }])
    log.compact('a', update, at + 1)
    checkpoints.wrote(2 * update.length, 2)
  }
  expect(bytesOf(folder, 'kolam.db-wal')).toBeLessThan(64 * 1024 * 1024)
  checkpoints.stop()
  sql.close()
})
