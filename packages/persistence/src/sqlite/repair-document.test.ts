/** Each kind of damage to one document, and what a repair makes of it. */
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { newPoint } from '../testing/new-point.ts'
import { append, numbersIn, REPAIRED_AT, TRASHED_AT } from './fixtures/damaged-database.ts'
import { diskError } from './fixtures/failing-log.ts'
import { mergeNumbers, numberDecoder, partOf } from './fixtures/number-tools.ts'
import { steppingSql } from './fixtures/stepping-sql.ts'
import { SqliteLog } from './log.ts'
import { documentKeys, keyOf } from './quarantine.ts'
import { type MendedDocument, repairDocument } from './repair-document.ts'
import { migrate } from './schema.ts'
import { rowChecksum } from './checksum.ts'
import type { Sql } from './sql.ts'

const TOOLS = { decoder: numberDecoder, merge: mergeNumbers, at: REPAIRED_AT }

const KEEPS = { keepsHistory: true }

/** A board of five updates, the first three in a snapshot, with points up to the fourth; and another one. */
function filled(): DatabaseSync {
  const sql = new DatabaseSync(':memory:')
  migrate(sql)
  const log = new SqliteLog(sql, KEEPS)
  append(log, 'a', [1, 2, 3, 4, 5])
  append(log, 'b', [9])
  log.points.add('a', newPoint({ seq: 1, delta: partOf([1]) }))
  log.points.add('a', newPoint({ after: 1, base: false, seq: 2, delta: partOf([2]) }))
  log.points.add('a', newPoint({ after: 2, base: false, seq: 2, delta: partOf([2]) }))
  log.points.add('a', newPoint({ after: 3, seq: 3, delta: partOf([1, 2, 3]) }))
  log.compact('a', partOf([1, 2, 3]), 3)
  log.trim('a')
  return sql
}

function damagedBy(change: string): DatabaseSync {
  const sql = filled()
  sql.exec(change)
  return sql
}

function repairAll(sql: Sql): MendedDocument[] {
  return documentKeys(sql).flatMap((key) => repairDocument(sql, key, TOOLS) ?? [])
}

interface Quarantined {
  readonly document: string
  readonly source: string
  readonly row: Record<string, unknown>
  readonly reason: string
}

function quarantinedIn(sql: Sql): Quarantined[] {
  const rows = sql.prepare('SELECT document, source, row, reason FROM quarantine ORDER BY id').all()
  return rows.map((row) => ({ ...row, row: JSON.parse(String(row['row'])) as object })) as never
}

function dump(sql: Sql): string {
  const tables = ['documents', 'updates', 'snapshots', 'points', 'quarantine']
  const rows = tables.map((name) => sql.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all())
  return JSON.stringify(rows)
}

/** The document can be opened and written to, and says nothing of damage. */
function expectUsable(sql: DatabaseSync, numbers: readonly number[]): void {
  const log = new SqliteLog(sql, KEEPS)
  expect(log.open('a').damage).toBeUndefined()
  expect(numbersIn(log, 'a')).toEqual(numbers)
  append(log, 'a', [77])
  expect(new Set(numbersIn(log, 'a'))).toEqual(new Set([...numbers, 77]))
  log.points.list('a')
}

test('[K5] a document that is sound is not touched', () => {
  const sql = filled()
  const before = dump(sql)
  expect(repairAll(sql)).toEqual([])
  expect(dump(sql)).toBe(before)
})

const COUNTS = 'SELECT seq, updates, bytes, points, history_bytes FROM documents WHERE id = ?'

describe('damage', () => {
  test.each<[string, string, { numbers: number[]; moved: string[] }]>([
    [
      'an update',
      "UPDATE updates SET bytes = x'00000063' WHERE document = 'a' AND seq = 5",
      { numbers: [1, 2, 3, 4], moved: ['updates 5'] },
    ],
    [
      'the checksum of an update',
      "UPDATE updates SET crc = crc + 1 WHERE document = 'a' AND seq = 4",
      { numbers: [1, 2, 3, 5], moved: ['updates 4'] },
    ],
    [
      'a lost update',
      "DELETE FROM updates WHERE document = 'a' AND seq = 4",
      { numbers: [1, 2, 3, 5], moved: [] },
    ],
    [
      'the snapshot, whose content is in the history',
      'UPDATE snapshots SET crc = crc + 1',
      { numbers: [1, 2, 3, 4, 5], moved: ['snapshots'] },
    ],
    [
      'the snapshot and the last point',
      'UPDATE snapshots SET crc = crc + 1; UPDATE points SET crc = 1 WHERE number = 4',
      { numbers: [1, 2, 4, 5], moved: ['snapshots', 'points 4'] },
    ],
    [
      'a point, and with it the one that stands on it',
      "UPDATE points SET delta = x'00' WHERE number = 2",
      { numbers: [1, 2, 3, 4, 5], moved: ['points 2', 'points 3'] },
    ],
    [
      'a lost point',
      'DELETE FROM points WHERE number = 1',
      { numbers: [1, 2, 3, 4, 5], moved: ['points 2', 'points 3'] },
    ],
    [
      'the words of a point, which stays',
      "UPDATE points SET words = '{' WHERE number = 2",
      { numbers: [1, 2, 3, 4, 5], moved: ['points 2'] },
    ],
    [
      'whether it is in the trash',
      "UPDATE documents SET trashed_at = 5 WHERE id = 'a'",
      { numbers: [1, 2, 3, 4, 5], moved: ['documents'] },
    ],
    [
      'whether it was removed',
      "UPDATE documents SET deleted = 1 WHERE id = 'a'",
      { numbers: [1, 2, 3, 4, 5], moved: ['documents'] },
    ],
    [
      'the last number',
      "UPDATE documents SET seq = 9007199254740993 WHERE id = 'a'",
      { numbers: [1, 2, 3, 4, 5], moved: ['documents'] },
    ],
    [
      'a time that cannot be',
      "UPDATE documents SET created_at = -5 WHERE id = 'a'",
      { numbers: [1, 2, 3, 4, 5], moved: ['documents'] },
    ],
    [
      'the number of an update',
      "UPDATE updates SET seq = 9007199254740993 WHERE document = 'a' AND seq = 5",
      { numbers: [1, 2, 3, 4], moved: ['updates 9007199254740993'] },
    ],
    [
      'what is counted',
      "UPDATE documents SET updates = 7, bytes = 1, points = 9, history_bytes = 0 WHERE id = 'a'",
      { numbers: [1, 2, 3, 4, 5], moved: [] },
    ],
    [
      'its line in the list',
      "DELETE FROM documents WHERE id = 'a'",
      { numbers: [1, 2, 3, 4, 5], moved: [] },
    ],
  ])('[K5,K6] %s', (_, change, { numbers, moved }) => {
    const sql = damagedBy(change)
    const [mended, ...others] = repairAll(sql)
    expect({ id: mended?.id, others }).toEqual({ id: 'a', others: [] })
    const rows = quarantinedIn(sql)
    expect(
      rows.map(({ source, row }) =>
        [source, row['seq' in row && source === 'updates' ? 'seq' : 'number']].join(' ').trim(),
      ),
    ).toEqual(moved)
    expect(mended?.rows).toBe(moved.length)
    expect(repairAll(sql), 'the second time').toEqual([])
    expectUsable(sql, numbers)
  })

  test('[K6] what is put aside is all of the row, as it was', () => {
    const sql = damagedBy("UPDATE updates SET bytes = x'00ff' WHERE document = 'a' AND seq = 5")
    repairAll(sql)
    const { crc, ...row } = quarantinedIn(sql)[0]!.row
    expect(row).toEqual({ document: 'a', seq: 5, bytes: { base64: 'AP8=' }, at: 5, author: '' })
    expect(crc).toEqual(expect.any(Number))
    expect(quarantinedIn(sql)[0]).toMatchObject({
      document: 'a',
      source: 'updates',
      reason: 'does not match its checksum',
    })
  })

  test('[K5] the list counts what is there, and numbers go on', () => {
    const sql = damagedBy("UPDATE updates SET crc = 1 WHERE document = 'a' AND seq = 5")
    repairAll(sql)
    expect(sql.prepare(COUNTS).get('a')).toMatchObject({ seq: 5, updates: 0, points: 4 })
    const log = new SqliteLog(sql, KEEPS)
    append(log, 'a', [6])
    expect(log.open('a').seq).toBe(6)
  })

  test('[K5] an update that cannot be decoded goes, and one that does not fit the others', () => {
    const sql = filled()
    const write = sql.prepare(
      "UPDATE updates SET bytes = ?, crc = ? WHERE document = 'a' AND seq = ?",
    )
    for (const [seq, value] of [
      [4, 666],
      [5, 4_000_000],
    ] as const) {
      const bytes = new Uint8Array(4)
      new DataView(bytes.buffer).setUint32(0, value)
      write.run(bytes, rowChecksum('a', seq, bytes), seq)
    }
    repairAll(sql)
    expect(quarantinedIn(sql).map(({ reason }) => reason)).toEqual([
      'cannot be decoded: 4000000 is no number of an update',
      'cannot be put together with the others: 666 does not fit',
    ])
    expectUsable(sql, [1, 2, 3])
  })
})

test('[K6] a damaged line says trashed: it is believed when the time can be, and never that it was removed', () => {
  const believed = damagedBy(`UPDATE documents SET trashed_at = ${TRASHED_AT}`)
  repairAll(believed)
  const log = new SqliteLog(believed)
  expect(log.listTrash().map(({ id }) => id)).toEqual(['a', 'b'])
  log.takeBack('a')
  expectUsable(believed, [1, 2, 3, 4, 5])
})

test('[K6] of a document of which nothing is sound nothing is touched, and it is not taken for an empty one', () => {
  const sql = damagedBy("UPDATE updates SET crc = 1 WHERE document = 'b'")
  const before = dump(sql)
  expect(repairAll(sql)).toEqual([])
  expect(dump(sql)).toBe(before)
  expect(new SqliteLog(sql).open('b').damage).toHaveLength(1)
})

test('[K6] a row of no document goes, and its id is refused from then on', () => {
  const sql = damagedBy("UPDATE updates SET document = 'x' WHERE document = 'a' AND seq = 5")
  expect(repairAll(sql).map(({ id }) => id)).toEqual(['a', 'x'])
  expectUsable(sql, [1, 2, 3, 4])
  expect(() => new SqliteLog(sql).open('x')).toThrow(/its row is missing/)
})

test('[K6] a line in the list of nothing goes, and so does one whose id is no text', () => {
  const sql = filled()
  sql.exec(`
    INSERT INTO documents (id, created_at, updated_at, seq, updates, bytes) VALUES ('x', 1, 1, 1, 1, 9);
    INSERT INTO documents (id, created_at, updated_at, seq, updates, bytes) VALUES (CAST(x'61ff' AS TEXT), 1, 1, 1, 1, 9);
  `)
  expect(repairAll(sql)).toHaveLength(2)
  expect(quarantinedIn(sql).map(({ row }) => row['id'])).toEqual([{ base64: 'Yf8=' }, 'x'])
  expect(() => new SqliteLog(sql).open('x')).toThrow(/its row is missing/)
})

test('[D3] what is removed for good leaves nothing in the quarantine', () => {
  const sql = damagedBy("UPDATE updates SET crc = 1 WHERE document = 'a' AND seq = 5")
  repairAll(sql)
  const log = new SqliteLog(sql)
  log.trash('a', TRASHED_AT)
  log.remove('a')
  expect(quarantinedIn(sql)).toEqual([])
})

test.each([
  ['its state', 'deleted = 0'],
  ['a number', 'updated_at = -1'],
])('[K6] what was removed for good stays removed, also where %s is damaged', (_, change) => {
  const sql = filled()
  const log = new SqliteLog(sql)
  log.trash('b', TRASHED_AT)
  log.remove('b')
  sql.exec(`UPDATE documents SET ${change} WHERE id = 'b'`)
  expect(repairAll(sql)).toHaveLength(1)
  expect(repairAll(sql)).toEqual([])
  expect(() => new SqliteLog(sql).open('b')).toThrow(/deleted/)
})

test('[K7] a repair that fails at any step has changed nothing, and the next one finishes', () => {
  const change = `
    UPDATE updates SET crc = 1 WHERE document = 'a' AND seq = 4;
    UPDATE points SET crc = 1 WHERE number = 4;
    UPDATE points SET words = '{' WHERE number = 1;
    UPDATE documents SET state_crc = 1 WHERE id = 'a'`
  const damaged = dump(damagedBy(change))
  const whole = damagedBy(change)
  repairAll(whole)
  const mended = dump(whole)
  for (let failing = 1; ; failing++) {
    const sql = damagedBy(change)
    const faulty = steppingSql(sql, (step) => {
      if (step === failing) throw diskError(10)
    })
    const failed = throws(() => repairDocument(faulty, keyOf(Buffer.from('a')), TOOLS))
    expect(dump(sql), `step ${failing}`).toBe(failed ? damaged : mended)
    repairAll(sql)
    expect(dump(sql), `after step ${failing}`).toBe(mended)
    if (failed) continue
    expect(failing).toBeGreaterThan(20)
    return
  }
})

function throws(work: () => void): boolean {
  try {
    work()
    return false
  } catch {
    return true
  }
}
