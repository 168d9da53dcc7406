/** What is left of a folder of assets whose process was killed, at every step of its work. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startFixture } from '../../packages/persistence/src/sqlite/fixtures/child.ts'
import { temporaryFolder } from '../../packages/persistence/src/sqlite/fixtures/folder.ts'
import { idOf } from '../../packages/persistence/src/assets/fixtures/images.ts'
import { putInTurn } from '../../packages/persistence/src/assets/fixtures/putting.ts'
import { openAssets } from '../../packages/persistence/src/assets/index.ts'

const FIXTURE = new URL(
  '../../packages/persistence/src/assets/fixtures/put-and-die.ts',
  import.meta.url,
).href

/** Processes that run side by side. */
const AT_ONCE = 3

test('[A1,A5] a process killed at any file operation leaves every acknowledged asset, and no other half', async () => {
  const ends: string[] = []
  for (let step = 1; ends.at(-1) !== 'done'; step += AT_ONCE) {
    const steps = Array.from({ length: AT_ONCE }, (_, index) => step + index)
    ends.push(...(await Promise.all(steps.map(dieAndCheck))))
  }
  const points = ends.indexOf('done')
  expect(points, `${points} crash points`).toBeGreaterThan(60)
})

/** Returns the last thing the process said. */
async function dieAndCheck(step: number): Promise<string> {
  const folder = join(await temporaryFolder(), 'data', 'assets')
  const lines = await startFixture(FIXTURE, [folder, String(step)]).ended
  const acknowledged = lines.filter((line) => line !== 'done')
  await check(folder, acknowledged, `killed at step ${step}`)
  return lines.at(-1) ?? ''
}

async function check(folder: string, acknowledged: readonly string[], when: string): Promise<void> {
  const assets = await openAssets({ folder })
  const found = await filesIn(folder)
  const notWhole = [...found].filter(([name, bytes]) => idOf(bytes) !== name)
  const lost = acknowledged.filter((id) => !found.has(id))
  await putInTurn(assets, () => {})
  const { size } = await filesIn(folder)
  expect({ when, notWhole, lost, size }).toEqual({ when, notWhole: [], lost: [], size: 3 })
}

/** All files, drafts among them, by name. */
async function filesIn(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const read = files.map(
    async ({ parentPath, name }) => [name, await readFile(join(parentPath, name))] as const,
  )
  return new Map(await Promise.all(read))
}
