/** Assets that are not what their name says, moved where nobody serves them. Nothing is deleted. */
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { assetFiles } from './asset-source.ts'
import { isNamedByContent } from './check.ts'
import { syncPath } from './draft-file.ts'
import { breathe, type LongWork } from './long-work.ts'

/** An asset and where it is now. */
export interface MovedAsset {
  readonly id: string
  readonly to: string
}

/** Moves them into `damaged` below the folder of the assets; one that cannot be moved stays. */
export async function moveDamagedAssets(folder: string, work: LongWork): Promise<MovedAsset[]> {
  const assets = assetFiles(folder)
  const moved: MovedAsset[] = []
  const entries = await assets.list()
  for (const [index, { id }] of entries.entries()) {
    await breathe(work, { step: 'check assets', done: index, total: entries.length })
    const bytes = await assets.read(id).catch(() => Buffer.alloc(0))
    if (!bytes || isNamedByContent(id, bytes)) continue
    const to = await move(folder, id)
    if (to !== null) moved.push({ id, to })
  }
  await breathe(work, { step: 'check assets', done: entries.length, total: entries.length })
  return moved
}

async function move(folder: string, id: string): Promise<string | null> {
  const aside = join(folder, 'damaged')
  try {
    await mkdir(aside, { recursive: true })
    const to = await freeName(join(aside, id))
    await rename(join(folder, id.slice(0, 2), id), to)
    await syncPath(aside)
    return to
  } catch {
    return null
  }
}

/** The same asset may have been damaged before. */
async function freeName(path: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? path : `${path}-${count}`
    if (!(await stat(name).catch(() => null))) return name
  }
}
