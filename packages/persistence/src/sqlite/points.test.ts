/** What goes wrong with the history on disk, and the trimming of what it needed. */
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { failAtEveryStep } from './fixtures/failing-log.ts'
import { numbered } from './fixtures/numbered.ts'
import { historyOf, pointBytes } from './fixtures/points.ts'
import { newPoint } from '../testing/new-point.ts'
import { SqliteLog } from './log.ts'
import { migrate } from './schema.ts'

const TIDIED = {
  removed: [1],
  replaced: [{ number: 2, updates: 2, authors: [], ...pointBytes(7, true) }],
}

const KEEPS = { keepsHistory: true }

test.each<[string, number, (log: SqliteLog) => void]>([
  ['a point', 6, (log) => log.points.add('a', newPoint({ after: 3, base: false, seq: 4 }))],
  [
    'another name',
    3,
    (log) => log.points.rename('a', 2, { kind: 'named', name: 'Plan', author: '' }),
  ],
  ['a tidying', 10, (log) => log.points.rewrite('a', TIDIED)],
])('[H6,F3] %s that fails at any step leaves the history as it was', (_, expected, work) => {
  const before = historyOf(filledLog(), 'a')
  const outcomes: boolean[] = []
  const steps = failAtEveryStep(fill, work, (log, failed) => {
    const isAsBefore = isDeepStrictEqual(historyOf(log, 'a'), before)
    outcomes.push(isAsBefore === failed)
  })
  expect(steps).toBe(expected)
  expect(outcomes).not.toContain(false)
})

test('[K4] a point that is not what was written is refused, and those that do not stand on it are read', () => {
  const { sql, log } = filled()
  sql.exec("UPDATE points SET delta = x'00' WHERE number = 2")
  expect(() => log.points.read('a', 2)).toThrow(/point 2 .* does not match its checksum/)
  expect(() => log.points.read('a', 3)).toThrow(/point 2 .* does not match its checksum/)
  expect(log.points.read('a', 1)).toHaveLength(1)
  sql.exec('DELETE FROM points WHERE number = 2')
  expect(() => log.points.read('a', 3)).toThrow(/point 2 .* is missing/)
})

test('[K4] nothing is told from a last point that is damaged: the next one holds everything', () => {
  const { sql, log } = filled()
  sql.exec("UPDATE points SET mark = x'00' WHERE number = 3")
  const { last, after, updates } = log.points.unrecorded('a', 4)
  expect({ last, after, updates: updates.length }).toEqual({ last: null, after: 3, updates: 4 })
  expect(log.points.add('a', newPoint({ after: 3, seq: 4 }))).toBe(4)
  expect(log.points.read('a', 4)).toHaveLength(1)
})

test.each([
  [
    'another name',
    `UPDATE points SET words = replace(words, 'automatic', 'named') WHERE number = 2`,
  ],
  ['another time', 'UPDATE points SET at = 99 WHERE number = 2'],
  ['words that are none', `UPDATE points SET words = '{' WHERE number = 2`],
])('[K4] a list says so where a point has %s', (_, change) => {
  const { sql, log } = filled()
  sql.exec(change)
  expect(log.points.list('a').map(({ damaged = false }) => damaged)).toEqual([false, true, false])
})

test('[K4] a point that got lost is noticed by the list', () => {
  const { sql, log } = filled()
  sql.exec('DELETE FROM points WHERE number = 3')
  expect(() => log.points.list('a')).toThrow(/has 2 points, and should have 3/)
})

test('[K4] an update that is not what was written is left out of the next journal', () => {
  const { sql, log } = filled()
  log.append([entry(5), entry(6)])
  sql.exec("UPDATE updates SET bytes = x'00' WHERE seq = 5")
  expect(log.points.unrecorded('a', 6).updates).toHaveLength(2)
})

test('[H4] updates go in slices, as far as the snapshot and the last point go', () => {
  const sql = database()
  const log = new SqliteLog(sql, KEEPS)
  log.append(Array.from({ length: 2_500 }, () => entry(1)))
  log.compact('a', numbered(1), 2_400)
  expect([log.trim('a'), rowsIn(sql)]).toEqual([false, 2_500])
  log.points.add('a', newPoint({ seq: 2_300 }))
  expect([log.trim('a'), rowsIn(sql)]).toEqual([true, 1_500])
  expect([log.trim('a'), rowsIn(sql)]).toEqual([true, 500])
  expect([log.trim('a'), rowsIn(sql)]).toEqual([false, 200])
  expect([log.trim('a'), rowsIn(sql)]).toEqual([false, 200])
  expect(log.open('a')).toMatchObject({ seq: 2_500, updates: { length: 100 } })
})

test('[H4] where no history is kept they go as far as the snapshot', () => {
  const sql = database()
  const log = new SqliteLog(sql)
  log.append([entry(1), entry(2), entry(3)])
  log.compact('a', numbered(1), 2)
  expect([log.trim('a'), rowsIn(sql)]).toEqual([false, 1])
})

function database(): DatabaseSync {
  const sql = new DatabaseSync(':memory:')
  migrate(sql)
  return sql
}

function entry(value: number) {
  return { document: 'a', update: numbered(value), at: value, author: 'ada' }
}

/** Four updates and three points, each on the one before. */
function fill(log: SqliteLog): void {
  log.append([1, 2, 3, 4].map(entry))
  for (const after of [0, 1, 2]) {
    log.points.add('a', newPoint({ after, seq: after + 1, ...pointBytes(after, after === 0) }))
  }
}

function filled(): { sql: DatabaseSync; log: SqliteLog } {
  const sql = database()
  const log = new SqliteLog(sql, KEEPS)
  fill(log)
  return { sql, log }
}

function filledLog(): SqliteLog {
  return filled().log
}

function rowsIn(sql: DatabaseSync): number {
  return Number(sql.prepare('SELECT count(*) AS n FROM updates').get()?.['n'])
}
