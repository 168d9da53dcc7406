import { ManualClock, systemClock } from '@kolam/base'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { createDocuments } from './functions.ts'
import { JobPool } from './job-pool.ts'

function testPool(threads: number): JobPool {
  const pool = new JobPool({ clock: systemClock, threads })
  onTestFinished(() => pool.close())
  return pool
}

/** A board of so many shapes, as one update. */
function boardOf(shapes: number): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let index = 0; index < shapes; index++) doc.getMap('shapes').set(`s${index}`, index)
  })
  return Y.encodeStateAsUpdate(doc)
}

test('jobs run on threads, more of them than there are threads', async () => {
  const pool = testPool(2)
  const boards = [1, 2, 3, 4, 5].map(boardOf)
  const jobs = boards.map((bytes) => pool.run({ name: 'summary', parts: [bytes] }))
  expect(pool.pending).toBe(5)
  expect((await Promise.all(jobs)).map(({ shapes }) => shapes)).toEqual([1, 2, 3, 4, 5])
  expect(pool.pending).toBe(0)
  expect(boards[0]!.length, 'the bytes stay the caller’s').toBeGreaterThan(0)
})

test('bytes nobody can read fail their job only', async () => {
  const pool = testPool(1)
  const bad = pool.run({ name: 'inspect', parts: [Uint8Array.from([9, 9, 9])] })
  const good = pool.run({ name: 'summary', parts: [boardOf(3)] })
  await expect(bad).rejects.toThrow(Error)
  expect(await good).toMatchObject({ shapes: 3 })
})

test('a job that never ends is given up, and the next one gets another thread', async () => {
  const clock = new ManualClock()
  const pool = new JobPool({ clock, threads: 1 })
  onTestFinished(() => pool.close())
  const endless = pool.run({ name: 'summary', parts: [boardOf(50_000)] })
  const next = pool.run({ name: 'summary', parts: [boardOf(2)] })
  clock.advance(60_000)
  await expect(endless).rejects.toThrow(/thread ended/)
  expect(await next).toMatchObject({ shapes: 2 })
})

test('closing rejects what has not ended and takes nothing more', async () => {
  const pool = new JobPool({ clock: systemClock, threads: 1 })
  const jobs = [1, 2].map(() => pool.run({ name: 'summary', parts: [boardOf(1)] }))
  const results = Promise.allSettled(jobs)
  await pool.close()
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(pool.run({ name: 'inspect', parts: [boardOf(1)] })).rejects.toThrow(/server stops/)
})

test('many who ask about one document share the reading of it', async () => {
  const pool = testPool(1)
  const documents = createDocuments(pool)
  const bytes = boardOf(5_000)
  const other = boardOf(1)
  const answers = [bytes, bytes, other].map((update) => documents.addsNothing(bytes, update))
  expect(pool.pending).toBe(1)
  expect(await Promise.all(answers)).toEqual([true, true, false])
})

test('of the large merges every eighth drops what was deleted', async () => {
  const documents = createDocuments(testPool(2))
  const doc = new Y.Doc()
  doc.getMap('shapes').set('a', 'x'.repeat(1_100_000))
  const before = Y.encodeStateAsUpdate(doc)
  doc.getMap('shapes').delete('a')
  const parts = [before, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))]
  const merges = Array.from({ length: 8 }, () => documents.merge(parts))
  const isSmall = (await Promise.all(merges)).map(({ length }) => length < 1_000)
  expect(isSmall).toEqual([false, false, false, false, false, false, false, true])
})

test('small documents are read here, large ones on a thread, with the same result', async () => {
  const pool = testPool(1)
  const documents = createDocuments(pool)
  for (const shapes of [3, 30_000]) {
    const bytes = boardOf(shapes)
    const isLarge = shapes > 3
    const inspected = documents.inspect(bytes)
    expect(inspected instanceof Promise).toBe(isLarge)
    expect((await inspected).structs).toMatchObject([{ clock: 0, length: shapes }])
    const summary = documents.summary(bytes)
    expect(pool.pending).toBe(isLarge ? 1 : 0)
    expect(await summary).toEqual({ title: '', shapes })
    expect(await documents.addsNothing(bytes, bytes)).toBe(true)
    const again = await documents.merge([bytes, await documents.diff(bytes, Uint8Array.from([0]))])
    expect(await documents.summary(again)).toEqual({ title: '', shapes })
  }
})
