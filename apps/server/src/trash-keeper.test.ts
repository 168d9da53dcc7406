import { ManualClock } from '@kolam/base'
import { MemoryStore } from '@kolam/persistence'
import { expect, test } from 'vitest'
import { keepTrash } from './trash-keeper.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const log = { debug() {}, info() {}, warn() {}, error() {} }

async function storeWithTrash(clock: ManualClock): Promise<MemoryStore> {
  const store = new MemoryStore()
  for (const document of ['old', 'new', 'kept']) {
    await store.append([{ document, update: new Uint8Array([1]), at: clock.now(), author: '' }])
  }
  await store.trash('old', clock.now())
  await store.trash('new', clock.now() + DAY_MS)
  return store
}

/** Lets what waits for the store go on. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

test('what has been in the trash for long is removed, and nothing else', async () => {
  const clock = new ManualClock(0)
  const store = await storeWithTrash(clock)
  const stop = keepTrash({ store, clock, log, days: 30 })
  await settle()
  expect(await store.listTrash()).toHaveLength(2)
  for (let hours = 0; hours < 30 * 24 + 1; hours++) {
    clock.advance(DAY_MS / 24)
    await settle()
  }
  expect((await store.listTrash()).map(({ id }) => id)).toEqual(['new'])
  expect((await store.list()).map(({ id }) => id)).toEqual(['kept'])
  stop()
  expect(clock.pending).toBe(0)
})

test('a store that fails is asked again', async () => {
  const clock = new ManualClock(60 * DAY_MS)
  const store = await storeWithTrash(clock)
  const list = store.listTrash.bind(store)
  let fails = 2
  store.listTrash = async () => {
    if (fails-- > 0) throw new Error('the disk does not answer')
    return list()
  }
  keepTrash({ store, clock, log, days: 0 })
  for (let hours = 0; hours < 3; hours++) {
    await settle()
    clock.advance(DAY_MS / 24)
  }
  await settle()
  expect((await list()).map(({ id }) => id)).toEqual(['new'])
})

test('without a number of days everything is kept', async () => {
  const clock = new ManualClock(0)
  const store = await storeWithTrash(clock)
  keepTrash({ store, clock, log, days: null })
  expect(clock.pending).toBe(0)
})
