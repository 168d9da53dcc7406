import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../sqlite/fixtures/folder.ts'
import { openAssets } from './index.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = 20_000 * DAY
const RULES = { now: NOW, uploadGraceMs: 2 * DAY, graceMs: 30 * DAY, isNamed: () => false }

/** A small image that is like no other one. */
function image(value: number): Uint8Array {
  return Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, value)
}

/** Assets that were uploaded so many days ago. */
async function folderWith(...ages: readonly number[]) {
  const folder = await temporaryFolder()
  const assets = await openAssets({ folder })
  const ids: string[] = []
  for (const [index, age] of ages.entries()) {
    const { id } = await assets.put(image(index))
    ids.push(id)
    await aged(join(folder, id.slice(0, 2), id), age)
  }
  return { folder, assets, ids }
}

async function aged(path: string, days: number): Promise<void> {
  const seconds = (NOW - days * DAY) / 1_000
  await utimes(path, seconds, seconds)
}

test('[A7] what nobody names is put aside, unless it was just uploaded, and removed after its time', async () => {
  const { assets, ids } = await folderWith(1, 3, 300)
  const isNamed = (id: string): boolean => id === ids[2]
  expect(await assets.collect({ ...RULES, isNamed })).toEqual({
    aside: 1,
    broughtBack: 0,
    removed: 0,
  })
  const later = { ...RULES, isNamed, uploadGraceMs: 100 * DAY }
  expect(await assets.collect({ ...later, now: NOW + 29 * DAY })).toMatchObject({ removed: 0 })
  expect(await assets.collect({ ...later, now: NOW + 30 * DAY })).toMatchObject({ removed: 1 })
  expect(await assets.get(ids[1]!)).toBeNull()
  expect([await assets.get(ids[0]!), await assets.get(ids[2]!)]).not.toContain(null)
})

test('[A8] what is aside is brought back when it is asked for, named or put again', async () => {
  const { assets, ids } = await folderWith(9, 9, 9)
  expect(await assets.collect(RULES)).toMatchObject({ aside: 3 })
  expect(await assets.get(ids[0]!)).toMatchObject({ id: ids[0], size: 9 })
  expect(await assets.put(image(1))).toMatchObject({ id: ids[1] })
  const isNamed = (id: string): boolean => id === ids[2]
  expect(await assets.collect({ ...RULES, isNamed })).toMatchObject({ broughtBack: 1 })
  for (const id of ids) expect(await assets.get(id)).toMatchObject({ id })
  const muchLater = { ...RULES, now: NOW + 99 * DAY, uploadGraceMs: 999 * DAY }
  expect(await assets.collect(muchLater), 'the second copy').toMatchObject({ removed: 1 })
  for (const id of ids) expect(await assets.get(id)).toMatchObject({ id })
})

test('[A7] what is no asset is left alone', async () => {
  const { assets, folder } = await folderWith(9)
  const others = [join(folder, 'aside-note.txt'), join(folder, 'ab', 'note.txt')]
  await mkdir(join(folder, 'ab'), { recursive: true })
  for (const path of others) {
    await writeFile(path, 'mine')
    await aged(path, 900)
  }
  expect(await assets.collect(RULES)).toMatchObject({ aside: 1 })
  expect(await assets.collect({ ...RULES, now: NOW + 99 * DAY })).toMatchObject({ removed: 1 })
})
