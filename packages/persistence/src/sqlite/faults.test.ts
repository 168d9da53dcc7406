/** A disk that falls ill under a store that is open, and recovers. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Append, Store } from '../store.ts'
import { temporaryFolder } from './fixtures/folder.ts'
import { numbered, numbersIn, snapshotOf } from './fixtures/numbered.ts'
import { openSickStore } from './fixtures/sick-store.ts'
import { openSqliteStore } from './index.ts'

/** What writes much, and everything that writes. */
type Write = (store: Store) => Promise<void>

const APPEND: Write = (store) => store.append(entries(4, 5))
const BIG_APPEND: Write = (store) => store.append([{ ...entries(4)[0]!, update: BIG }])
const COMPACT: Write = (store) => store.compact('a', snapshotOf(3), 3)
const DESCRIBE: Write = (store) => store.describe('a', { title: 'Plan', shapes: 1 })
const TRASH: Write = (store) => store.trash('b', 9)

const BIG = new Uint8Array(200_000)

test.each([
  ['full', 'full', [BIG_APPEND]],
  ['read-only', 'read-only', [APPEND, COMPACT]],
  ['errors', 'unavailable', [APPEND, COMPACT, DESCRIBE, TRASH]],
] as const)(
  '[E1] a disk with %s refuses with %s, is read on, and recovers',
  async (sickness, code, writes) => {
    const folder = await temporaryFolder()
    const { store, sicken } = await openSickStore(folder)
    await store.append([...entries(1, 2, 3), { ...entries(1)[0]!, document: 'b' }])
    sicken(sickness)
    for (const write of writes) await expect(write(store)).rejects.toMatchObject({ code })
    await expectAsBefore(store)
    sicken('none')
    for (const write of [APPEND, COMPACT, DESCRIBE, TRASH]) await write(store)
    await expectAllWritten(store)
    await store.close()
    const again = await openSqliteStore({ folder })
    await expectAllWritten(again)
    await again.close()
  },
)

test('[E2] a folder that was moved away refuses with unavailable, is read on, and works when it is back', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const store = await openSqliteStore({ folder })
  await store.append([...entries(1, 2, 3), { ...entries(1)[0]!, document: 'b' }])
  await rename(folder, `${folder}-away`)
  for (const write of [APPEND, COMPACT, DESCRIBE, TRASH]) {
    await expect(write(store)).rejects.toMatchObject({ code: 'unavailable' })
  }
  await expectAsBefore(store)
  await rename(`${folder}-away`, folder)
  for (const write of [APPEND, COMPACT, DESCRIBE, TRASH]) await write(store)
  await store.close()
  const again = await openSqliteStore({ folder })
  await expectAllWritten(again)
  await again.close()
})

test('[E2] a folder that was removed stores nothing, though its files take it', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const store = await openSqliteStore({ folder })
  await store.append(entries(1, 2, 3))
  await rm(folder, { recursive: true })
  await expect(APPEND(store)).rejects.toMatchObject({ code: 'unavailable' })
  expect(numbersIn(await store.open('a'))).toEqual([1, 2, 3])
  await store.close()
})

function entries(...values: number[]): Append[] {
  return values.map((value) => ({ document: 'a', update: numbered(value), at: 1, author: '' }))
}

async function expectAsBefore(store: Store): Promise<void> {
  expect(numbersIn(await store.open('a'))).toEqual([1, 2, 3])
  expect(numbersIn(await store.open('b'))).toEqual([1])
  expect(await store.list()).toMatchObject([{ id: 'a', title: '' }, { id: 'b' }])
  expect(await store.since('a', 2)).toHaveLength(1)
}

async function expectAllWritten(store: Store): Promise<void> {
  const document = await store.open('a')
  expect(numbersIn(document)).toEqual([1, 2, 3, 4, 5])
  expect(document.snapshot).toEqual(snapshotOf(3))
  expect(await store.list()).toMatchObject([{ id: 'a', title: 'Plan', shapes: 1 }])
  expect(await store.listTrash()).toMatchObject([{ id: 'b', trashedAt: 9 }])
}
