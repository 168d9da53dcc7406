import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { flip, newFile, smallFolder } from './fixtures/data.ts'
import { kolam, kolamStoppedAt } from './fixtures/kolam.ts'

/** A backup of the small folder. */
async function smallBackup(): Promise<string> {
  const file = await newFile('all.kolam')
  await kolam(await smallFolder(), ['backup', file])
  return file
}

test('a restored folder is checked, listed and served like the old one', async () => {
  const data = join(await temporaryFolder(), 'new', 'data')
  const restored = await kolam(data, ['restore', await smallBackup()])
  expect(restored).toMatchObject({ code: 0, output: `${data}: 1 document, 1 picture restored\n` })
  expect(await kolam(data, ['fsck'])).toMatchObject({
    code: 0,
    output: `${data}: 1 document, 3 updates, 1 picture; all is well\n`,
  })
  const { url } = await testServer({ dataFolder: data })
  expect(await (await fetch(`${url}/api/documents`)).json()).toMatchObject({
    documents: [{ id: 'plan', title: 'Title of plan', shapes: 2 }],
  })
})

test('a folder that is there and empty keeps who may look into it', async () => {
  const data = join(await temporaryFolder(), 'data')
  await mkdir(data, { mode: 0o700 })
  expect((await kolam(data, ['restore', await smallBackup()])).code).toBe(0)
  expect((await stat(data)).mode & 0o777).toBe(0o700)
  expect((await kolam(data, ['fsck'])).code).toBe(0)
})

test('a folder with something in it is refused; --force moves it aside and deletes nothing', async () => {
  const data = join(await temporaryFolder(), 'data')
  await mkdir(data)
  await writeFile(join(data, 'notes.txt'), 'mine')
  const file = await smallBackup()
  const refused = await kolam(data, ['restore', file])
  expect(refused).toMatchObject({
    code: 1,
    errors: expect.stringContaining('is not empty; --force'),
  })
  expect(await readdir(data)).toEqual(['notes.txt'])

  const forced = await kolam(data, ['restore', file, '--force', '--json'])
  expect(forced.code).toBe(0)
  const { aside } = JSON.parse(forced.output) as { aside: string }
  expect(aside).toBe(`${data}.before-restore-2026-01-01T00-00-00-000Z`)
  expect(await readFile(join(aside, 'notes.txt'), 'utf8')).toBe('mine')
  expect((await kolam(data, ['fsck'])).code).toBe(0)
})

test('a folder a server uses is not moved away from under it', async () => {
  const data = await smallFolder()
  const file = await smallBackup()
  await testServer({ dataFolder: data })
  const refused = await kolam(data, ['restore', file, '--force'])
  expect(refused.code).toBe(1)
  expect(refused.errors).toMatch(
    /Cannot use the data folder .* process \d+ on .* already uses it\n$/,
  )
  expect((await kolam(data, ['list'])).output).toContain('plan')
})

test('a damaged backup is refused, and taken as far as it goes when that is asked for', async () => {
  const file = await smallBackup()
  await flip(file, 'for-the-tests-of-kolam')
  const data = join(await temporaryFolder(), 'data')
  const refused = await kolam(data, ['restore', file])
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('1 problem found') })
  expect(await readdir(dirname(data))).toEqual([])

  const accepted = await kolam(data, ['restore', file, '--accept-damage', '--json'])
  expect(accepted.code).toBe(0)
  expect(JSON.parse(accepted.output)).toMatchObject({ damagedAssets: [expect.any(String)] })
  expect((await kolam(data, ['list'])).output).toContain('plan')
})

test.each([[/Checking documents/], [/Copying the database/], [/Copying pictures/]])(
  'stopped at %s it leaves the folder as it was and nothing beside it',
  async (at) => {
    const data = join(await temporaryFolder(), 'data')
    const file = await smallBackup()
    const stopped = await kolamStoppedAt(data, ['restore', file], at)
    expect(stopped.code).toBe(1)
    expect(await readdir(dirname(data))).toEqual([])
    await mkdir(data)
    await writeFile(join(data, 'notes.txt'), 'mine')
    await kolamStoppedAt(data, ['restore', file, '--force'], at)
    expect(await readdir(dirname(data))).toEqual(['data'])
    expect(await readdir(data)).toEqual(['notes.txt'])
  },
)
