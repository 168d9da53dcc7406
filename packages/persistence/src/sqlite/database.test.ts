import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, openDatabase } from './database.ts'
import { temporaryFolder } from './fixtures/folder.ts'

test('[F1] a commit waits for the disk, and checkpoints are ours to time', async () => {
  const folder = join(await temporaryFolder(), 'deep', 'data')
  makeFolder(folder)
  makeFolder(folder)
  const sql = openDatabase(folder)
  const setting = (name: string): unknown => Object.values(sql.prepare(`PRAGMA ${name}`).get()!)[0]
  expect(setting('journal_mode')).toBe('wal')
  expect(setting('synchronous')).toBe(2) // FULL
  expect(setting('fullfsync')).toBe(1)
  expect(setting('wal_autocheckpoint')).toBe(0)
  sql.close()
})
