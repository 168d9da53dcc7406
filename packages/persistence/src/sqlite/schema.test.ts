import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openSqliteStore } from './index.ts'
import { openDatabase } from './database.ts'
import { temporaryFolder } from './fixtures/folder.ts'
import { MIGRATIONS, migrate, schemaVersion } from './schema.ts'

test('[M1] an empty database gets the newest schema, and one that has it is left alone', () => {
  const sql = new DatabaseSync(':memory:')
  migrate(sql)
  migrate(sql)
  expect(schemaVersion(sql)).toBe(MIGRATIONS.length)
})

test('[M1] an older schema is brought forward, step by step, without losing a row', () => {
  const sql = new DatabaseSync(':memory:')
  migrate(sql)
  sql.exec(`
    INSERT INTO documents (id, title, created_at, updated_at, seq, updates, bytes)
    VALUES ('a', 'Plan', 2, 3, 0, 0, 0)`)
  migrate(sql, [
    ...MIGRATIONS,
    (next) => next.exec('ALTER TABLE documents ADD COLUMN colour TEXT'),
    (next) => next.exec("UPDATE documents SET colour = 'red'"),
  ])
  expect(schemaVersion(sql)).toBe(MIGRATIONS.length + 2)
  expect(sql.prepare('SELECT title, colour FROM documents').get()).toMatchObject({
    title: 'Plan',
    colour: 'red',
  })
})

test('[M2] a migration that fails leaves the schema it started from', () => {
  const sql = new DatabaseSync(':memory:')
  migrate(sql)
  const half = (next: { exec(sql: string): void }) => {
    next.exec('DROP TABLE updates')
    throw new Error('power is gone')
  }
  expect(() => migrate(sql, [...MIGRATIONS, half])).toThrow('power is gone')
  expect(schemaVersion(sql)).toBe(MIGRATIONS.length)
  expect(sql.prepare('SELECT count(*) AS n FROM updates').get()).toMatchObject({ n: 0 })
})

test('[M3] a newer schema is refused in words and not touched', async () => {
  const folder = await temporaryFolder()
  const sql = openDatabase(folder)
  sql.exec("UPDATE meta SET value = 99 WHERE key = 'schema'")
  sql.close()
  const refused = openSqliteStore({ folder })
  await expect(refused).rejects.toMatchObject({ code: 'newer-schema' })
  await expect(refused).rejects.toThrow(/newer Kolam \(schema 99, this one knows \d+\)/)
})

test('[M1,N1] what older documents name is found when the schema is brought forward', () => {
  const sql = new DatabaseSync(':memory:')
  migrate(sql, MIGRATIONS.slice(0, 4))
  const name = 'c3'.repeat(32)
  sql.exec(`
    INSERT INTO documents (id, created_at, updated_at, seq, updates, bytes)
    VALUES ('a', 1, 1, 2, 1, 0), ('b', 1, 1, 1, 1, 0);
    INSERT INTO updates VALUES ('a', 2, CAST('x${name}x${'d4'.repeat(32)}' AS BLOB), 0, 1, '');
    INSERT INTO snapshots VALUES ('a', 1, CAST('"${name}"' AS BLOB), 0);
    INSERT INTO updates VALUES ('b', 1, CAST('nothing' AS BLOB), 0, 1, '');`)
  migrate(sql)
  const found = sql.prepare('SELECT document, asset FROM asset_references ORDER BY asset').all()
  expect(found).toMatchObject([
    { document: 'a', asset: name },
    { document: 'a', asset: 'd4'.repeat(32) },
  ])
})
