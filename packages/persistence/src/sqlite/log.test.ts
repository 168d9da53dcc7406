import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import type { Append, StoredDocument } from '../store.ts'
import { toStoreError } from './errors.ts'
import { numbered, numbersIn, snapshotOf } from './fixtures/numbered.ts'
import { diskError, failAtEveryStep } from './fixtures/failing-log.ts'
import { steppingSql } from './fixtures/stepping-sql.ts'
import { SqliteLog } from './log.ts'
import { migrate } from './schema.ts'

function memoryDatabase(): DatabaseSync {
  const sql = new DatabaseSync(':memory:')
  migrate(sql)
  return sql
}

function entries(document: string, ...values: number[]): Append[] {
  return values.map((value) => ({ document, update: numbered(value), at: value, author: 'ada' }))
}

describe('faults', () => {
  test('[S2,F3] an append that fails at any step stores nothing, and the next one works', () => {
    const steps = failAtEveryStep(
      (log) => log.append(entries('a', 1)),
      (log) => log.append([...entries('a', 2, 3), ...entries('b', 1)]),
      (log, failed) => {
        expect(numbersIn(log.open('a'))).toEqual(failed ? [1] : [1, 2, 3])
        expect(numbersIn(log.open('b'))).toEqual(failed ? [] : [1])
        expect(log.stats()).toMatchObject(
          failed ? { documents: 1, updates: 1 } : { documents: 2, updates: 4 },
        )
        log.append(entries('c', 1))
        expect(numbersIn(log.open('c'))).toEqual([1])
      },
    )
    expect(steps).toBe(10)
  })

  test('[F2] a compaction that fails at any step leaves all of the document', () => {
    const steps = failAtEveryStep(
      (log) => log.append(entries('a', 1, 2, 3, 4)),
      (log) => log.compact('a', snapshotOf(3), 3),
      (log, failed) => {
        const document = log.open('a')
        expect(numbersIn(document)).toEqual([1, 2, 3, 4])
        expect(document.snapshot === null).toBe(failed)
        expect(document.seq).toBe(4)
      },
    )
    expect(steps).toBe(7)
  })

  test('[F4] a full disk is called full, keeps what is there, and is over when there is room', () => {
    const sql = memoryDatabase()
    const log = new SqliteLog(sql)
    log.append(entries('a', 1))
    sql.exec('PRAGMA max_page_count = 12')
    const large = { document: 'a', update: new Uint8Array(200_000), at: 1, author: '' }
    expect(codeOf(() => log.append([large]))).toBe('full')
    expect(numbersIn(log.open('a'))).toEqual([1])
    sql.exec('PRAGMA max_page_count = 1000')
    log.append([large])
    expect(log.open('a').seq).toBe(2)
  })

  test('[F4] a disk that takes no writes is called read-only', () => {
    const sql = memoryDatabase()
    const log = new SqliteLog(sql)
    log.append(entries('a', 1))
    sql.exec('PRAGMA query_only = ON')
    expect(codeOf(() => log.append(entries('a', 2)))).toBe('read-only')
    expect(numbersIn(log.open('a'))).toEqual([1])
  })

  test.each<[string, Error]>([
    ['full', diskError(13)],
    ['read-only', diskError(8 | (1 << 8))],
    ['corrupt', diskError(11)],
    ['corrupt', diskError(26)],
    ['unavailable', diskError(10 | (3 << 8))],
    ['unavailable', diskError(5)],
    ['full', Object.assign(new Error('no space'), { code: 'ENOSPC' })],
    ['read-only', Object.assign(new Error('read-only'), { code: 'EROFS' })],
    ['unavailable', Object.assign(new Error('input/output'), { code: 'EIO' })],
    ['unavailable', new Error('anything')],
  ])('[F4] the code is %s for what the disk says', (code, error) => {
    expect(toStoreError(error, 'append')).toMatchObject({ code, cause: error })
  })
})

describe('damage', () => {
  const damages: [string, string, RegExp][] = [
    [
      'a byte of an update',
      "UPDATE updates SET bytes = CAST(x'01' || substr(bytes, 2) AS BLOB) WHERE seq = 4",
      /update 4/,
    ],
    ['an update gone', 'DELETE FROM updates WHERE seq = 4', /update 4 is missing/],
    ['the last update gone', 'DELETE FROM updates WHERE seq = 5', /update 5 is missing/],
    [
      'a byte of the snapshot',
      "UPDATE snapshots SET bytes = CAST(x'0000000f' || substr(bytes, 5) AS BLOB)",
      /snapshot up to 2/,
    ],
    ['the snapshot gone', 'DELETE FROM snapshots', /updates 1 to 2 are missing/],
    ['a snapshot of another number', 'UPDATE snapshots SET upto = 3', /snapshot up to 3/],
    [
      'two updates swapped',
      'UPDATE updates SET bytes = (SELECT bytes FROM updates u WHERE u.seq = 9 - updates.seq), crc = (SELECT crc FROM updates u WHERE u.seq = 9 - updates.seq) WHERE seq IN (4, 5)',
      /update 4/,
    ],
  ]

  test.each(damages)('[K1] %s is noticed, and document and row are named', (_, change, words) => {
    const sql = memoryDatabase()
    const log = new SqliteLog(sql)
    log.append([...entries('a', 0x7fffffff, 2, 3, 4, 5), ...entries('b', 1)])
    log.compact('a', snapshotOf(2), 2)
    log.trim('a')
    expect(log.open('a').updates).toHaveLength(3)
    sql.exec(change)
    const { damage = [], snapshot, updates } = log.open('a')
    expect(damage.join()).toMatch(words)
    expect((snapshot ? 1 : 0) + updates.length, 'what is sound is there').toBeGreaterThan(0)
    expect(numbersIn(log.open('b')), 'other documents are not touched').toEqual([1])
  })

  test('[K3] a number of the list that cannot be hides no document', () => {
    const sql = memoryDatabase()
    const log = new SqliteLog(sql)
    log.append([...entries('a', 1), ...entries('b', 1)])
    for (const name of ['bytes', 'updated_at', 'shapes', 'points', 'history_bytes', 'updates']) {
      sql.exec(`UPDATE documents SET ${name} = 9223372036854775807 WHERE id = 'a'`)
      expect(
        log
          .list()
          .map(({ id }) => id)
          .sort(),
        `wrong ${name}`,
      ).toEqual(['a', 'b'])
      expect(log.stats().documents, `wrong ${name}`).toBe(2)
      expect(log.points.sizes().length, `wrong ${name}`).toBeLessThan(2)
    }
    log.trash('a', 5)
    expect(log.listTrash()).toMatchObject([{ id: 'a' }])
  })

  test('[K2] a snapshot that is not written as given never takes the place of the updates', () => {
    const sql = memoryDatabase()
    new SqliteLog(sql).append(entries('a', 1, 2))
    const lying = steppingSql(sql, (_, text) => {
      if (text.startsWith('SELECT upto, bytes')) sql.exec("UPDATE snapshots SET bytes = x'00'")
    })
    expect(codeOf(() => new SqliteLog(lying).compact('a', snapshotOf(2), 2))).toBe('corrupt')
    expect(plain(new SqliteLog(sql).open('a'))).toEqual({ snapshot: null, numbers: [1, 2] })
  })
})

function plain(document: StoredDocument): object {
  return { snapshot: document.snapshot, numbers: numbersIn(document) }
}

function errorOf(work: () => void): Error | null {
  try {
    work()
    return null
  } catch (error) {
    return error as Error
  }
}

function codeOf(work: () => void): string {
  const error = errorOf(work)
  return error ? toStoreError(error, 'work').code : 'none'
}
