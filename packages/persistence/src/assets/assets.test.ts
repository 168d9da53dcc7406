import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openAssets } from './index.ts'

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

async function openTemporary(bytesMax?: number) {
  const root = await mkdtemp(join(tmpdir(), 'kolam-assets-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const folder = join(root, 'assets')
  const options = bytesMax === undefined ? { folder } : { folder, bytesMax }
  return { folder, assets: await openAssets(options) }
}

/** Names of the files below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

test('[A1] an image is kept under the SHA-256 of its bytes and comes back whole', async () => {
  const { assets, folder } = await openTemporary()
  const id = createHash('sha256').update(PNG).digest('hex')
  expect(await assets.put(PNG)).toEqual({ id, type: 'image/png', size: PNG.length })
  const found = await assets.get(id)
  expect(found).toMatchObject({ id, type: 'image/png', size: PNG.length })
  expect(new Uint8Array(await readFile(found!.path))).toEqual(PNG)
  const again = await openAssets({ folder })
  expect(await again.get(id)).toEqual(found)
})

test('[A1] equal images are kept once, also when they come at once', async () => {
  const { assets, folder } = await openTemporary()
  const all = await Promise.all([assets.put(PNG), assets.put(PNG.slice()), assets.put(PNG)])
  expect(new Set(all.map(({ id }) => id)).size).toBe(1)
  await assets.put(PNG)
  expect(await filesIn(folder)).toEqual([all[0].id])
})

test('[A2] what is no image is refused, whatever it is called', async () => {
  const { assets, folder } = await openTemporary()
  const html = new TextEncoder().encode('<!doctype html><html><svg></svg></html>')
  await expect(assets.put(html)).rejects.toMatchObject({ code: 'type' })
  await expect(assets.put(new Uint8Array())).rejects.toMatchObject({ code: 'empty' })
  expect(await filesIn(folder)).toEqual([])
})

test('[A3] the bound on size is exact', async () => {
  const { assets } = await openTemporary(PNG.length)
  await expect(assets.put(PNG)).resolves.toMatchObject({ size: PNG.length })
  const larger = Uint8Array.from([...PNG, 0])
  await expect(assets.put(larger)).rejects.toMatchObject({ code: 'too-large' })
})

test('[A4] an id that is unknown or leads elsewhere gives null', async () => {
  const { assets, folder } = await openTemporary()
  await writeFile(join(folder, 'secret'), PNG)
  const ids = ['f'.repeat(64), '../secret', 'secret', 'F'.repeat(64), '', `${'f'.repeat(63)}/`]
  expect(await Promise.all(ids.map((id) => assets.get(id)))).toEqual(ids.map(() => null))
})

test('[A5] what a crash left unfinished is gone after the next start', async () => {
  const { folder } = await openTemporary()
  await writeFile(join(folder, 'unfinished', 'half'), PNG)
  await openAssets({ folder })
  expect(await filesIn(folder)).toEqual([])
})

test('[A5] a disk that refuses is told by code, and nothing half written stays', async () => {
  const { assets, folder } = await openTemporary()
  const id = createHash('sha256').update(PNG).digest('hex')
  const inTheWay = join(folder, id.slice(0, 2), id)
  await mkdir(inTheWay, { recursive: true })
  await expect(assets.put(PNG)).rejects.toMatchObject({ code: 'unavailable' })
  expect(await filesIn(folder)).toEqual([])
  await rm(inTheWay, { recursive: true })
  await expect(assets.put(PNG)).resolves.toMatchObject({ id })
})
