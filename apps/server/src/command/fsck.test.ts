/** `kolam fsck` of histories, and its `--repair`. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { connectClient, nextEcho } from '../fixtures/client.ts'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { addDocument, boardUpdates, flip, newFile, PICTURE, smallFolder } from './fixtures/data.ts'
import { kolam, kolamStoppedAt } from './fixtures/kolam.ts'

const COPY = 'kolam.db.before-repair-2026-01-01T00-00-00-000Z'

/** The small folder with a history: one point for each update of its board, the third a base again. */
async function folderWithHistory(): Promise<string> {
  const folder = await smallFolder()
  const store = await openSqliteStore({ folder, keepsHistory: true })
  const { updates } = await store.open('plan')
  for (const [index, delta] of updates.entries()) {
    const base = index !== 1
    const growth = { updates: 1, authors: ['ada'] }
    const words = { kind: 'automatic', name: '', author: '' } as const
    const bytes = { base, delta, journal: Uint8Array.of(1, 2), mark: Uint8Array.of(3) }
    const place = { after: index, at: 1_000 + index, seq: index + 1 }
    await store.history.add('plan', { ...growth, ...words, ...bytes, ...place })
  }
  await store.close()
  return folder
}

function change(file: string, text: string): void {
  const sql = new DatabaseSync(file)
  sql.exec(text)
  sql.close()
}

function pointsIn(file: string): unknown[] {
  const sql = new DatabaseSync(file, { readOnly: true })
  const rows = sql.prepare('SELECT * FROM points ORDER BY document, number').all()
  sql.close()
  return rows
}

async function jsonOf(data: string, call: readonly string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await kolam(data, [...call, '--json'])).output) as Record<string, unknown>
}

test('points of history are counted by fsck and stats', async () => {
  const data = await folderWithHistory()
  expect(await kolam(data, ['fsck'])).toMatchObject({
    code: 0,
    output: `${data}: 1 document, 3 updates, 3 points of history, 1 picture; all is well\n`,
  })
  expect(await jsonOf(data, ['fsck'])).toMatchObject({ points: 3, quarantined: 0 })
  const { historyBytes } = await jsonOf(data, ['stats'])
  expect(historyBytes).toBeGreaterThan(9)
  expect((await kolam(data, ['stats'])).output).toMatch(/\n {2}points of history +3, \d+ bytes\n/)
})

test.each([
  [
    'its bytes and what stands on it',
    'UPDATE points SET crc = crc + 1 WHERE number = 1',
    /^point 1 of its history does not match its checksum\npoint 2 .* stands on point 1, which cannot be read$/,
  ],
  [
    'its words',
    "UPDATE points SET words = '{}' WHERE number = 2",
    /^point 2 of its history has words that were not written$/,
  ],
  [
    'a lost point',
    'DELETE FROM points WHERE number = 3',
    /^its history has 2 points of \d+ bytes, the list of documents says 3 of \d+$/,
  ],
])('what is wrong with a point is found: %s', async (_, text, words) => {
  const data = await folderWithHistory()
  change(join(data, 'kolam.db'), text)
  expect((await kolam(data, ['fsck'])).code).toBe(1)
  const { problems } = (await jsonOf(data, ['fsck'])) as {
    problems: { id: string; what: string }[]
  }
  expect(problems.map(({ what }) => what).join('\n')).toMatch(words)
})

test('a point that was stored and is no update is found', async () => {
  const data = await folderWithHistory()
  const store = await openSqliteStore({ folder: data })
  const odd = {
    base: true,
    delta: Uint8Array.of(9, 9, 9),
    journal: Uint8Array.of(),
    mark: Uint8Array.of(),
  }
  const words = { kind: 'automatic', name: '', author: '', updates: 0, authors: [] } as const
  await store.history.add('plan', { ...words, ...odd, after: 3, at: 1, seq: 3 })
  await store.close()
  const { code, output } = await kolam(data, ['fsck'])
  expect(code).toBe(1)
  expect(output).toMatch(/Document "plan": point 4 of its history cannot be decoded: /)
  expect((await kolam(data, ['fsck', '--repair'])).code).toBe(0)
  expect(pointsIn(join(data, 'kolam.db'))).toHaveLength(3)
})

test('a backup carries the history byte for byte, its check covers it, and it comes back', async () => {
  const data = await folderWithHistory()
  const before = pointsIn(join(data, 'kolam.db'))
  const file = await newFile('all.kolam')
  expect((await kolam(data, ['backup', file])).code).toBe(0)
  expect(pointsIn(file)).toEqual(before)
  expect((await kolam(data, ['backup', '--verify', file])).output).toContain('3 points of history')
  const restored = join(await temporaryFolder(), 'data')
  expect((await kolam(restored, ['restore', file])).code).toBe(0)
  expect(pointsIn(join(restored, 'kolam.db'))).toEqual(before)
  expect((await kolam(restored, ['fsck'])).code).toBe(0)

  change(file, 'UPDATE points SET crc = crc + 1 WHERE number = 3')
  expect(await kolam(data, ['backup', '--verify', file])).toMatchObject({
    code: 1,
    output: expect.stringContaining('point 3 of its history does not match its checksum'),
  })
})

test('--repair mends what is damaged, keeps the original, and the document can be written to again', async () => {
  const data = await folderWithHistory()
  const file = join(data, 'kolam.db')
  change(file, 'UPDATE points SET crc = crc + 1; UPDATE updates SET crc = crc + 1 WHERE seq = 2')
  const damaged = await readFile(file)
  const { code, output } = await kolam(data, ['fsck', '--repair'])
  expect({ code, output }).toMatchObject({ code: 0 })
  const copy = join(data, COPY)
  expect(output).toContain(`The database as it was: ${copy}\n`)
  expect(output).toContain(
    'Document "plan": 4 rows moved to quarantine; update 2 of 3 is missing: a new snapshot holds all that is sound of it',
  )
  expect(output).toMatch(/all is well\n {2}Note: 4 rows in quarantine\n$/)
  expect((await readFile(copy)).equals(damaged)).toBe(true)

  expect((await kolam(data, ['fsck'])).code).toBe(0)
  expect(await kolam(data, ['fsck', '--repair'])).toMatchObject({
    code: 0,
    output: expect.not.stringContaining('The database as it was'),
  })
  expect((await readdir(data)).filter((name) => name.includes('before-repair'))).toEqual([COPY])
  const { url } = await testServer({ dataFolder: data })
  const client = await connectClient(url, 'plan')
  expect(client.doc.getMap('meta').get('title')).toBe('Plan')
})

test('what a repair could not save comes back from a browser that has it', async () => {
  const data = await smallFolder()
  const updates = boardUpdates('Shared', ['a', 'b', 'c'])
  await addDocument(data, 'shared', updates)
  change(
    join(data, 'kolam.db'),
    "UPDATE updates SET crc = crc + 1 WHERE document = 'shared' AND seq = 3",
  )
  expect((await kolam(data, ['fsck', '--repair'])).code).toBe(0)
  const { url } = await testServer({ dataFolder: data })
  const client = await connectClient(url, 'shared')
  expect(client.doc.getMap('shapes').size).toBe(1)
  const stored = nextEcho(client)
  Y.applyUpdate(client.doc, updates[2]!)
  await stored
  const { output } = await kolam(data, ['dump', 'shared', '--as', 'json'])
  expect(Object.keys((JSON.parse(output) as { shapes: object }).shapes)).toEqual(['a', 'b', 'c'])
})

test('--repair says all of it as JSON', async () => {
  const data = await smallFolder()
  const file = join(data, 'kolam.db')
  change(file, 'UPDATE updates SET crc = crc + 1 WHERE seq = 2')
  await flip(await pictureIn(data), 'for-the-tests-of-kolam')
  expect(await jsonOf(data, ['fsck', '--repair'])).toMatchObject({
    ok: true,
    found: [{ id: 'plan' }, { in: 'asset' }],
    problems: [],
    quarantined: 1,
    copy: join(data, COPY),
    documents: [{ id: 'plan', rows: 1 }],
    movedAssets: [{ to: expect.stringContaining(join(data, 'assets', 'damaged')) }],
    failures: [],
  })
})

/** Where the picture of the small folder lies. */
async function pictureIn(data: string): Promise<string> {
  const id = createHash('sha256').update(PICTURE).digest('hex')
  return join(data, 'assets', id.slice(0, 2), id)
}

test('--repair changes nothing where all is well', async () => {
  const data = await smallFolder()
  const before = await readFile(join(data, 'kolam.db'))
  expect(await kolam(data, ['fsck', '--repair'])).toMatchObject({
    code: 0,
    output: `${data}: 1 document, 3 updates, 1 picture; all is well\n`,
  })
  expect((await readFile(join(data, 'kolam.db'))).equals(before)).toBe(true)
})

test('--repair leaves a document of which nothing is sound, says so, and mends the others', async () => {
  const data = await smallFolder()
  await addDocument(data, 'other', boardUpdates('Other', ['a']))
  change(
    join(data, 'kolam.db'),
    "UPDATE updates SET crc = crc + 1 WHERE document = 'plan' OR seq = 2",
  )
  const { code, output } = await kolam(data, ['fsck', '--repair'])
  expect(code).toBe(1)
  expect(output).toContain('Document "other": 1 row moved to quarantine')
  expect(output).toMatch(/not mended: 2 documents.*\n {2}Document "plan": update 1 does not match/)
  const again = await kolam(data, ['fsck', '--repair'])
  expect(again).toMatchObject({
    code: 1,
    output: expect.stringContaining('Nothing in the database was changed'),
  })
})

test('--repair is refused while a server runs', async () => {
  const dataFolder = await smallFolder()
  await testServer({ dataFolder })
  const { code, errors } = await kolam(dataFolder, ['fsck', '--repair'])
  expect(code).toBe(1)
  expect(errors).toMatch(/^Cannot use the data folder .* process \d+ .* already uses it\n/)
})

test('--repair can be stopped, and is finished by the next one', async () => {
  const data = await smallFolder()
  for (const id of ['a', 'b', 'c']) await addDocument(data, id, boardUpdates(id, ['x', 'y']))
  change(join(data, 'kolam.db'), 'UPDATE updates SET crc = crc + 1 WHERE seq = 2')
  const stopped = await kolamStoppedAt(data, ['fsck', '--repair'], /Mending documents, 2 of 4/)
  expect(stopped).toMatchObject({ code: 1 })
  const now = () => Date.UTC(2026, 0, 2)
  const rest = await kolam(data, ['fsck', '--repair'], { now })
  expect(rest).toMatchObject({ code: 0, output: expect.stringContaining('Document "plan"') })
  expect(rest.output).not.toContain('Document "a"')
})
