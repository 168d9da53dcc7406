import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { seededRandom } from '@kolam/base'
import { DatabaseReader, openForReading, openSqliteStore } from '@kolam/persistence/sqlite'
import { withDocument } from '@kolam/relay/yjs'
import { expect, test } from 'vitest'
import { connectClient, nextEcho, type TestClient } from '../fixtures/client.ts'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { contentOf } from './content.ts'
import {
  addDocument,
  boardUpdates,
  flip,
  folderOf,
  newFile,
  PICTURE,
  smallFolder,
} from './fixtures/data.ts'
import { kolam, kolamStoppedAt } from './fixtures/kolam.ts'
import { soundParts } from './sound-parts.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** So large that it is copied in several steps. */
const LARGE = boardUpdates(
  'Large',
  ['x', 'y', 'z'].map((letter) => letter.repeat(3_000_000)),
)

/** Writes the next number into one document after the other, each when the one before is on disk. */
function takeTurns(clients: readonly TestClient[]): {
  stop(): Promise<number>
  step: Promise<void>
} {
  const state = { isStopped: false }
  let written = 0
  let onStep = () => {}
  const step = new Promise<void>((resolve) => (onStep = resolve))
  async function run(): Promise<void> {
    while (!state.isStopped) {
      written += 1
      for (const client of clients) {
        const stored = nextEcho(client)
        client.doc.getMap('shapes').set(`n${written}`, written)
        await stored
      }
      onStep()
    }
  }
  const ended = run()
  return {
    step,
    stop: async () => {
      state.isStopped = true
      await ended
      return written
    },
  }
}

/** The shapes of a document as it lies in a folder. */
async function shapesIn(folder: string, id: string): Promise<Record<string, unknown>> {
  const store = await openSqliteStore({ folder })
  const { snapshot, updates } = await store.open(id)
  await store.close()
  const parts = snapshot ? [snapshot, ...updates] : updates
  return withDocument(parts, (doc) => doc.getMap('shapes').toJSON())
}

test('a backup beside a server that takes edits is of one moment, verifies, and restores', async () => {
  const dataFolder = await smallFolder()
  await addDocument(dataFolder, 'large', LARGE)
  const { url } = await testServer({ dataFolder })
  const clients = [await connectClient(url, 'first'), await connectClient(url, 'second')]
  const writers = takeTurns(clients)
  await writers.step
  const file = await newFile('all.kolam')
  const before = Object.keys(clients[1]!.doc.getMap('shapes').toJSON()).length

  expect(await kolam(dataFolder, ['backup', file])).toMatchObject({
    code: 0,
    output: expect.stringMatching(/all\.kolam: 4 documents, 1 picture, \d+ MB\n$/),
  })
  const written = await writers.stop()
  expect(await readdir(dirname(file)), 'one file').toEqual(['all.kolam'])
  expect(await kolam(dataFolder, ['backup', '--verify', file])).toMatchObject({ code: 0 })
  expect(await readdir(dirname(file)), 'checking leaves nothing').toEqual(['all.kolam'])

  const restored = join(await temporaryFolder(), 'data')
  expect(await kolam(restored, ['restore', file])).toMatchObject({ code: 0 })
  const first = Object.keys(await shapesIn(restored, 'first')).length
  const second = Object.keys(await shapesIn(restored, 'second')).length
  expect(first - second, 'what was stored later is not there without what was before').toBeOneOf([
    0, 1,
  ])
  expect(second).toBeGreaterThanOrEqual(before - 1)
  expect(first).toBeLessThanOrEqual(written)
  for (const id of ['plan', 'large']) {
    expect(await shapesIn(restored, id)).toEqual(await kolamShapes(dataFolder, id))
  }
  const [prefix] = (await readdir(join(restored, 'assets'))).filter((name) => name.length === 2)
  const [name] = await readdir(join(restored, 'assets', prefix!))
  expect(await readFile(join(restored, 'assets', prefix!, name!))).toEqual(PICTURE)
})

/** The shapes of a document that a server may be holding. */
async function kolamShapes(folder: string, id: string): Promise<unknown> {
  const { output } = await kolam(folder, ['dump', id, '--as', 'json'])
  return (JSON.parse(output) as { shapes: unknown }).shapes
}

test.each([
  ['an update', 'text of square', 'Document "plan": update 3 does not match its checksum'],
  ['a picture', 'for-the-tests-of-kolam', 'its bytes are not those it is named by'],
])('a flipped byte in %s is found and named', async (_, text, words) => {
  const data = await smallFolder()
  const file = await newFile('all.kolam')
  await kolam(data, ['backup', file])
  await flip(file, text)
  const verified = await kolam(data, ['backup', '--verify', file])
  expect(verified).toMatchObject({ code: 1, output: expect.stringContaining(words) })
  expect(verified.output).toContain('1 problem found')
  const { code, output } = await kolam(data, ['backup', '--verify', '--json', file])
  expect(code).toBe(1)
  expect(JSON.parse(output)).toMatchObject({ ok: false, documents: 1, problems: [{}] })
})

test('a backup cut short and a file that is none are refused in words', async () => {
  const data = await smallFolder()
  const file = await newFile('all.kolam')
  await kolam(data, ['backup', file])
  const whole = await readFile(file)
  await writeFile(file, whole.subarray(0, whole.length / 2))
  expect((await kolam(data, ['backup', '--verify', file])).code).toBe(1)
  await writeFile(file, 'My shopping list. '.repeat(100))
  expect(await kolam(data, ['backup', '--verify', file])).toMatchObject({
    code: 1,
    errors: expect.stringMatching(
      /^Cannot read ".*": the file is damaged \(file is not a database\)\n$/,
    ),
  })
})

test('what is gone from a backup without a trace is missed', async () => {
  const data = await smallFolder()
  const file = await newFile('all.kolam')
  await kolam(data, ['backup', file])
  const sql = new DatabaseSync(file)
  for (const table of ['documents', 'updates', 'backup_assets']) sql.exec(`DELETE FROM ${table}`)
  sql.close()
  const { code, output } = await kolam(data, ['backup', '--verify', file])
  expect(code).toBe(1)
  expect(output.trim().split('\n').slice(1)).toEqual([
    '  The database: has 0 documents and says 1',
    '  The database: has 0 updates and says 3',
    '  The database: has 0 assets and says 1',
  ])
})

test('a database of a folder is no backup', async () => {
  const data = await smallFolder()
  const verified = await kolam(data, ['backup', '--verify', join(data, 'kolam.db')])
  expect(verified).toMatchObject({ code: 1, output: expect.stringContaining('no whole backup') })
})

test(`a byte that flips is found, or nothing that counts has changed (SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  const data = await smallFolder()
  const file = await newFile('all.kolam')
  await kolam(data, ['backup', file])
  const whole = await readFile(file)
  const expected = restoredShapes(file)
  for (let round = 0; round < 60; round++) {
    const bytes = Buffer.from(whole)
    const at = Math.floor(random() * bytes.length)
    bytes[at]! ^= 1 << Math.floor(random() * 8)
    await writeFile(file, bytes)
    const { code, errors } = await kolam(data, ['backup', '--verify', '--quiet', file])
    expect(errors).not.toContain('bug')
    const isKept = code === 1 || restoredShapes(file) === expected
    expect(isKept, `byte ${at}`).toBe(true)
  }
})

/** What the board of a backup holds, as text. */
function restoredShapes(file: string): string {
  const reader = new DatabaseReader(openForReading(file))
  const parts = soundParts(reader, 'plan')
  reader.close()
  return withDocument(parts, (doc) => JSON.stringify(contentOf(doc)))
}

test('a file that is there stays unless --force is given', async () => {
  const data = await smallFolder()
  const file = await newFile('all.kolam')
  await writeFile(file, 'mine')
  const refused = await kolam(data, ['backup', file])
  expect(refused).toMatchObject({ code: 1, errors: expect.stringContaining('--force') })
  expect(await readFile(file, 'utf8')).toBe('mine')
  expect((await kolam(data, ['backup', file, '--force'])).code).toBe(0)
  expect((await kolam(data, ['backup', '--verify', file])).code).toBe(0)
})

test.each([[/Copying the database/], [/Copying pictures/]])(
  'stopped at %s it leaves no file, and what was there stays',
  async (at) => {
    const data = await smallFolder()
    await addDocument(data, 'large', LARGE)
    const file = await newFile('all.kolam')
    await writeFile(file, 'mine')
    const stopped = await kolamStoppedAt(data, ['backup', file, '--force'], at)
    expect(stopped).toMatchObject({ code: 1, output: '' })
    expect(stopped.errors).toMatch(/Stopped; nothing was left half done\n$/)
    expect(await readdir(dirname(file))).toEqual(['all.kolam'])
    expect(await readFile(file, 'utf8')).toBe('mine')
  },
)

test('checking a thousand documents shows how far it is', async () => {
  const data = await folderOf(1_000)
  const file = await newFile('all.kolam')
  await kolam(data, ['backup', file])
  let time = 0
  const onScreen = await kolam(data, ['backup', '--verify', file], {
    isScreen: true,
    now: () => (time += 10),
  })
  expect(onScreen).toMatchObject({ code: 0, output: expect.stringContaining('1,000 documents') })
  const lines = onScreen.errors.split('\r\u001B[K')
  expect(lines.filter((line) => line.startsWith('Checking documents')).length).toBeGreaterThan(50)
  expect(lines).toContain('Checking documents, 1,000 of 1,000')
  expect(lines.at(-1), 'the line is gone at the end').toBe('')

  const inLog = await kolam(data, ['backup', '--verify', file], { now: () => (time += 10) })
  const logged = inLog.errors.split('\n').filter((line) => line.startsWith('Checking documents'))
  expect(logged.length).toBeLessThan(5)
  expect(logged.at(-1)).toBe('Checking documents, 1,000 of 1,000')
  expect((await kolam(data, ['backup', '--verify', '--quiet', file])).errors).toBe('')
})

test('a backup has no place in a folder that is not there', async () => {
  const data = await smallFolder()
  const file = join(await temporaryFolder(), 'none', 'all.kolam')
  const refused = await kolam(data, ['backup', file])
  expect(refused).toMatchObject({ code: 1, errors: expect.stringMatching(/^There is no folder /) })
  await expect(stat(dirname(file))).rejects.toThrow('ENOENT')
})
