/** Images that no board, history or trash shows any more, with a real store and real files. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ManualClock } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import { openAssets } from '@kolam/persistence/assets'
import { namedAssets, openSqliteStore } from '@kolam/persistence/sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { keepAssets } from './asset-keeper.ts'
import { temporaryFolder } from './fixtures/folder.ts'

const DAY = 24 * 60 * 60 * 1_000

/** A small image that is like no other one. */
function image(value: number): Uint8Array {
  return Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, value)
}

async function opened(days: number | null) {
  const folder = await temporaryFolder()
  const store = await openSqliteStore({ folder, keepsHistory: true })
  onTestFinished(() => store.close())
  const assets = await openAssets({ folder: join(folder, 'assets') })
  const clock = new ManualClock(Date.now())
  const looks: (() => void)[] = []
  const said = {
    debug() {},
    error() {},
    info: () => looks.shift()?.(),
    warn: () => looks.shift()?.(),
  }
  const documents = { namedAssets: async (file: string, id: string) => namedAssets(file, id) }
  const database = join(folder, 'kolam.db')
  const stop = keepAssets({ store, assets, documents, database, clock, log: said, days })
  /** Lets days pass, one look through the images a day. */
  async function pass(days: number): Promise<void> {
    for (let day = 0; day < days; day++) {
      const looked = new Promise<void>((resolve) => looks.push(resolve))
      clock.advance(DAY)
      await looked
      // The next look is planned once this one has ended.
      while (clock.pending === 0) await Promise.resolve()
    }
  }
  return { store, assets, folder, clock, stop, pass }
}

async function named(store: Store, document: string, ids: readonly string[]): Promise<void> {
  const update = new Uint8Array(Buffer.from(ids.map((id) => `{"asset":"${id}"}`).join()))
  await store.append([{ document, update, at: 1, author: '' }])
}

async function isKept(folder: string, ids: readonly string[]): Promise<boolean[]> {
  const paths = ids.map((id) => [join(id.slice(0, 2), id), join('aside', id)])
  const found = paths.map((both) =>
    Promise.any(both.map((path) => stat(join(folder, 'assets', path)))).then(
      () => true,
      () => false,
    ),
  )
  return Promise.all(found)
}

test('an image goes a month after the last board, history and trash that showed it', async () => {
  const { store, assets, folder, pass, stop } = await opened(30)
  const ids = await Promise.all(
    [0, 1, 2, 3].map(async (value) => (await assets.put(image(value))).id),
  )
  const [shown, past, binned] = ids as [string, string, string, string]
  await named(store, 'board', [shown, past])
  await named(store, 'trash', [binned])
  // The board shows one of them still; the other one is in its history.
  await store.compact('board', new Uint8Array(Buffer.from(`"${shown}"`)), 1)
  const { updates } = await store.history.unrecorded('board', 1)
  const delta = updates[0]!.update
  const empty = new Uint8Array()
  const point = { after: 0, at: 1, seq: 1, base: true, delta, journal: empty, mark: empty }
  const words = { kind: 'automatic', name: '', author: '', updates: 1, authors: [] } as const
  await store.history.add('board', { ...point, ...words })
  await store.trash('trash', 1)
  await pass(40)
  expect(await isKept(folder, ids)).toEqual([true, true, true, false])
  await store.remove('trash')
  await store.history.add('board', { ...point, ...words, after: 1, delta: empty })
  await store.history.rewrite('board', { removed: [1], replaced: [] })
  await pass(28)
  expect(await isKept(folder, ids)).toEqual([true, true, true, false])
  await pass(8)
  expect(await isKept(folder, ids)).toEqual([true, false, false, false])
  expect(await assets.get(shown)).not.toBeNull()
  stop()
})

test('one that is shown again while it is aside comes back', async () => {
  const { store, assets, pass } = await opened(30)
  const { id } = await assets.put(image(7))
  await pass(10)
  await named(store, 'board', [id])
  await pass(60)
  expect(await assets.get(id)).toMatchObject({ id })
})

test('a store that fails takes nothing away, and is asked again', async () => {
  const { store, assets, pass, folder } = await opened(1)
  const { id } = await assets.put(image(7))
  const { references } = store
  const count = references.count.bind(references)
  references.count = () => Promise.reject(new Error('the disk does not answer'))
  await pass(9)
  expect(await isKept(folder, [id])).toEqual([true])
  references.count = count
  await pass(9)
  expect(await isKept(folder, [id])).toEqual([false])
})

test('without a number of days everything stays', async () => {
  const { clock } = await opened(null)
  expect(clock.pending).toBe(0)
})
