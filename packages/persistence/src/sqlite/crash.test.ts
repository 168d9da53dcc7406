import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { nextLine, startFixture } from './fixtures/child.ts'
import { temporaryFolder } from './fixtures/folder.ts'
import { numbered, numbersIn } from './fixtures/numbered.ts'
import { openSqliteStore } from './index.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const ROUNDS = 4

test(`[F1] kill -9 at any moment loses nothing acknowledged and doubles nothing (SEED=${seed})`, async () => {
  const folder = await temporaryFolder()
  const random = seededRandom(seed)
  const acknowledged: Record<string, number> = { a: 0, b: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const child = startFixture('append-for-ever.ts', [folder, String(seed + round)])
    const patience = 1 + Math.floor(random() * 60)
    for (let line = 0; line < patience; line++) await nextLine(child)
    child.process.kill('SIGKILL')
    for (const line of await child.ended) {
      const [id, count] = line.split(' ') as [string, string]
      acknowledged[id] = Number(count)
    }
    for (const [id, count] of Object.entries(acknowledged)) {
      const numbers = numbersIn(await read(folder, id))
      expect(numbers.length).toBeGreaterThanOrEqual(count)
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
    }
  }
  expect(acknowledged['a']).toBeGreaterThan(0)
})

test('[F2] a process that dies at any step of a compaction leaves all of the document', async () => {
  const template = await temporaryFolder()
  const store = await openSqliteStore({ folder: template })
  const author = ''
  await store.append(
    [1, 2, 3, 4].map((value) => ({ document: 'a', update: numbered(value), at: 1, author })),
  )
  await store.close()

  const outcomes: string[] = []
  for (let step = 1; outcomes.at(-1) !== 'compacted'; step++) {
    const folder = join(await temporaryFolder(), 'data')
    await cp(template, folder, { recursive: true })
    const child = startFixture('die-in-compaction.ts', [folder, String(step)])
    const [line = `killed at ${step}`] = await child.ended
    outcomes.push(line)
    expect({ line, numbers: numbersIn(await read(folder, 'a')) }).toEqual({
      line,
      numbers: [1, 2, 3, 4],
    })
  }
  expect(outcomes.length).toBeGreaterThan(6)
})

async function read(folder: string, id: string) {
  const store = await openSqliteStore({ folder })
  const document = await store.open(id)
  await store.close()
  return document
}
