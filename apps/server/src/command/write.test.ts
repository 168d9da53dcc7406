import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { addDocument, boardUpdates, newFile, smallFolder } from './fixtures/data.ts'
import { kolam } from './fixtures/kolam.ts'

test('what was dumped is loaded into a new document, in another folder too', async () => {
  const data = await smallFolder()
  const file = await newFile('plan.bin')
  await kolam(data, ['dump', 'plan', '--out', file])
  const other = join(await temporaryFolder(), 'other')
  const loaded = await kolam(other, ['load', file, '--id', 'copy', '--json'])
  expect(JSON.parse(loaded.output)).toMatchObject({ id: 'copy', title: 'Plan', shapes: 2 })
  const [original, copy] = await Promise.all([
    kolam(data, ['dump', 'plan', '--as', 'json']),
    kolam(other, ['dump', 'copy', '--as', 'json']),
  ])
  expect(copy.output).toBe(original.output)
  expect((await kolam(other, ['list'])).output).toMatch(/\ncopy +Plan +2 /)
  expect((await kolam(other, ['fsck'])).code).toBe(0)
})

test('load refuses an id that has content and a file that is no update', async () => {
  const data = await smallFolder()
  const file = await newFile('plan.bin')
  await kolam(data, ['dump', 'plan', '--out', file])
  expect(await kolam(data, ['load', file, '--id', 'plan'])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('Document "plan" has content already'),
  })
  await writeFile(file, 'no update')
  expect(await kolam(data, ['load', file])).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/ is not a Yjs update: /),
  })
  await writeFile(file, Uint8Array.from([0, 0]))
  expect(await kolam(data, ['load', file])).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/ is an update with nothing in it\n$/),
  })
  expect(await kolam(data, ['load', file, '--id', 'a/b'])).toMatchObject({ code: 2 })
  expect(await kolam(data, ['load', join(data, 'none')])).toMatchObject({ code: 1 })
})

test('compacting keeps every document and leaves one snapshot', async () => {
  const data = await smallFolder()
  await addDocument(data, 'other', boardUpdates('Other', ['a', 'b', 'c']))
  const before = await kolam(data, ['dump', 'plan', '--as', 'json'])
  const one = await kolam(data, ['compact', 'plan', '--json'])
  expect(JSON.parse(one.output)).toMatchObject({ ok: true, documents: [{ id: 'plan' }] })
  const all = await kolam(data, ['compact'])
  expect(all).toMatchObject({ code: 0, output: expect.stringMatching(/^2 documents compacted: /) })
  expect(await kolam(data, ['dump', 'plan', '--as', 'json'])).toEqual(before)
  const stats = JSON.parse((await kolam(data, ['stats', '--json'])).output) as { updates: number }
  expect(stats.updates).toBe(0)
  expect((await kolam(data, ['fsck'])).code).toBe(0)
  expect(await kolam(data, ['compact', 'none'])).toMatchObject({ code: 1 })
})

test('compact and load name who uses the folder', async () => {
  const dataFolder = await smallFolder()
  const file = await newFile('plan.bin')
  await kolam(dataFolder, ['dump', 'plan', '--out', file])
  await testServer({ dataFolder })
  for (const call of [['compact'], ['load', file]]) {
    expect(await kolam(dataFolder, call)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(
        /^Cannot use the data folder .* process \d+ .* already uses it\n/,
      ),
    })
  }
})
