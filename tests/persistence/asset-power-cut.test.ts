/**
 * What a power cut leaves of a folder of assets, at every operation, on a disk that promises nothing but what was
 * flushed.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import { dieAtEveryStep } from '../../packages/persistence/src/assets/fixtures/dying-disk.ts'
import { failAtEveryStep } from '../../packages/persistence/src/assets/fixtures/failing-disk.ts'
import { draftsOn, halfOnes, lostOf } from '../../packages/persistence/src/assets/fixtures/looks.ts'
import { ModelDisk } from '../../packages/persistence/src/assets/fixtures/model-disk.ts'
import {
  IMAGES,
  putAtOnce,
  putInTurn,
} from '../../packages/persistence/src/assets/fixtures/putting.ts'
import { openAssets } from '../../packages/persistence/src/assets/index.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

const FOLDER = '/srv/kolam/data/assets'

/** How many different remains are looked at for each moment. */
const CUTS = 4

describe(`a power cut (SEED=${seed})`, () => {
  test.each([
    ['one after the other', putInTurn],
    ['at once', putAtOnce],
  ])(
    '[A1,A5] at any operation of puts %s leaves every acknowledged one, whole',
    async (_, work) => {
      const scene = { folder: FOLDER, random: seededRandom(seed), work }
      const points = await dieAtEveryStep(scene, async ({ disk, acknowledged, when }) => {
        await cutAndCheck(disk, acknowledged, when)
      })
      expect(points, `${points} crash points, ${CUTS} cuts each`).toBeGreaterThan(70)
    },
  )

  test('[A1,A5] leaves what was acknowledged by a process that came after one that was killed', async () => {
    const scene = { folder: FOLDER, random: seededRandom(seed), work: putAtOnce }
    const points = await dieAtEveryStep(scene, async ({ disk, when }) => {
      const acknowledged = new Set<Uint8Array>()
      const assets = await openAssets({ folder: FOLDER, disk })
      for (const image of IMAGES) {
        await assets.put(image)
        acknowledged.add(image)
        await cutAndCheck(disk, acknowledged, when)
      }
    })
    expect(points, `${points} crash points, ${CUTS} cuts each`).toBeGreaterThan(70)
  })

  test('[A1,A5] leaves what was acknowledged when it was tried again after any operation failed', async () => {
    const fault = { errno: 'EIO', lasting: false }
    const scene = { folder: FOLDER, random: seededRandom(seed), fault }
    const points = await failAtEveryStep(scene, async ({ disk, acknowledged, assets, when }) => {
      await cutAndCheck(disk, acknowledged, when)
      await putAtOnce(assets, () => {})
      await cutAndCheck(disk, new Set(IMAGES), when)
    })
    expect(points, `${points} failures, ${2 * CUTS} cuts each`).toBeGreaterThan(100)
  })
})

test('the disk in memory does what the real one does', async () => {
  const folder = await temporaryFolder()
  const disk = new ModelDisk(seededRandom(seed))
  for (const options of [{ folder }, { folder: FOLDER, disk }]) {
    await putAtOnce(await openAssets(options), () => {})
  }
  const real = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = real
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath.replace(folder, FOLDER), name))
  expect([...disk.files.keys()].sort()).toEqual(names.sort())
})

/** What may be left now: each time by chance. */
async function cutAndCheck(
  disk: ModelDisk,
  acknowledged: ReadonlySet<Uint8Array>,
  when: string,
): Promise<void> {
  for (let cut = 0; cut < CUTS; cut++) await check(disk.afterPowerCut(), acknowledged, when)
}

async function check(
  left: ModelDisk,
  acknowledged: ReadonlySet<Uint8Array>,
  when: string,
): Promise<void> {
  const half = halfOnes(left)
  const assets = await openAssets({ folder: FOLDER, disk: left })
  const drafts = draftsOn(left)
  const lost = await lostOf(acknowledged, { disk: left, assets })
  expect({ when, half, drafts, lost }).toEqual({ when, half: [], drafts: [], lost: [] })
  await putInTurn(assets, () => {})
}
