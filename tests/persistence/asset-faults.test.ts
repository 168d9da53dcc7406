/** A disk that fails at any operation of the assets, once or for a while. */
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { errnoOf } from '../../packages/persistence/src/assets/disk.ts'
import { failAtEveryStep } from '../../packages/persistence/src/assets/fixtures/failing-disk.ts'
import { idOf } from '../../packages/persistence/src/assets/fixtures/images.ts'
import { draftsOn, halfOnes, lostOf } from '../../packages/persistence/src/assets/fixtures/looks.ts'
import { IMAGES } from '../../packages/persistence/src/assets/fixtures/putting.ts'
import { AssetError, openAssets } from '../../packages/persistence/src/assets/index.ts'

const FOLDER = '/srv/kolam/data/assets'

test.each([
  ['once', 'ENOSPC', 'full'],
  ['once', 'EIO', 'unavailable'],
  ['once', 'EROFS', 'read-only'],
  ['for a while', 'ENOSPC', 'full'],
  ['for a while', 'EIO', 'unavailable'],
  ['for a while', 'EROFS', 'read-only'],
])(
  '[A6] a disk that fails %s with %s at any operation is called %s, and nothing is lost',
  async (how, errno, code) => {
    const lasting = how !== 'once'
    const isRefusal = (error: unknown): boolean =>
      error instanceof AssetError && error.code === code && errnoOf(error.cause) === errno
    const scene = { folder: FOLDER, random: seededRandom(1), fault: { errno, lasting } }
    const points = await failAtEveryStep(scene, async (outcome) => {
      const { disk, assets, errors, acknowledged, when } = outcome
      expect({
        when,
        errors,
        lost: await lostOf(acknowledged, outcome),
        half: halfOnes(disk),
        // What could not be written could not always be taken away either.
        drafts: lasting ? [] : draftsOn(disk),
      }).toEqual({
        when,
        errors: errors.map(() => expect.toSatisfy(isRefusal)),
        lost: [],
        half: [],
        drafts: [],
      })
      for (const image of IMAGES) await assets.put(image)
      await openAssets({ folder: FOLDER, disk })
      expect([...disk.files.values()].map(idOf).sort()).toEqual(IMAGES.map(idOf).sort())
    })
    expect(points, `${points} operations failed`).toBeGreaterThan(100)
  },
)
