import { ManualClock } from '@kolam/base'
import { type PointInfo, StoreError } from '@kolam/persistence'
import { expect, test } from 'vitest'
import { inlineDocuments, Recorder } from './fixtures/recorder.ts'
import { HistoryKeeper } from './keeper.ts'
import { PointMaker } from './point-maker.ts'
import { Tidier } from './tidier.ts'

const MINUTE = 60_000
const RULES = { days: null, documentBytesMax: Infinity, bytesMax: Infinity }

/** A keeper that makes a point at least every ten minutes, and a document to work on. */
function keptDocument(rules = RULES) {
  const recorder = new Recorder()
  const clock = new ManualClock()
  const warnings: object[] = []
  const log = {
    debug() {},
    info() {},
    warn: (words: string, details?: object) => void warnings.push({ words, ...details }),
    error() {},
  }
  const { store } = recorder
  const maker = new PointMaker({ store, clock, documents: inlineDocuments })
  const tidier = new Tidier({ store, documents: inlineDocuments, rules })
  const ports = { store, maker, tidier, clock, log, rules, everyMs: 10 * MINUTE }
  const keeper = new HistoryKeeper(ports)
  return {
    recorder,
    keeper,
    clock,
    warnings,
    store,
    edit: async (updates = 1): Promise<void> => {
      for (let i = 0; i < updates; i++) {
        recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', Math.random()))
      }
      await recorder.save()
      keeper.hooks.committed?.(
        'a',
        Array.from({ length: updates }, () => new Uint8Array()),
      )
    },
    /** The points once everything that is due was done. */
    points: async (): Promise<PointInfo[]> => {
      await keeper.settled()
      return store.history.list('a')
    },
  }
}

test('a point is made when nobody edited for a while', async () => {
  const { clock, edit, points } = keptDocument()
  await edit()
  clock.advance(MINUTE)
  await edit()
  clock.advance(MINUTE + 59_000)
  expect(await points()).toEqual([])
  clock.advance(1_000)
  expect(await points()).toMatchObject([{ number: 1, updates: 2 }])
  clock.advance(60 * MINUTE)
  expect(await points(), 'nothing came since').toHaveLength(1)
})

test('and every ten minutes while people work on', async () => {
  const { clock, edit, points } = keptDocument()
  for (let minute = 0; minute < 25; minute++) {
    await edit()
    clock.advance(MINUTE)
    await points()
  }
  expect((await points()).map(({ updates }) => updates)).toEqual([10, 10])
})

test('and when very much came, and when everybody left', async () => {
  const { edit, points, keeper } = keptDocument()
  await edit(10_000)
  expect(await points()).toHaveLength(1)
  await edit()
  keeper.hooks.unloaded?.('a')
  expect(await points()).toHaveLength(2)
})

test('what a process left that was killed is in a point soon after the document is opened again', async () => {
  const { recorder, clock, points, keeper } = keptDocument()
  recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', 1))
  await recorder.save()
  keeper.hooks.loaded?.('a')
  clock.advance(2 * MINUTE)
  expect(await points()).toHaveLength(1)
})

test('a store that fails is said so, and the next edit tries again', async () => {
  const { store, clock, edit, points, warnings } = keptDocument()
  const open = store.open.bind(store)
  store.open = () => Promise.reject(new StoreError('unavailable', 'the disk is away'))
  await edit()
  clock.advance(2 * MINUTE)
  expect(await points()).toEqual([])
  expect(warnings).toMatchObject([{ words: 'history not kept', document: 'a' }])
  store.open = open
  await edit()
  clock.advance(2 * MINUTE)
  expect(await points()).toMatchObject([{ updates: 2 }])
})

test('a document that went into the trash is no failure', async () => {
  const { store, clock, edit, keeper, warnings } = keptDocument()
  await edit()
  await store.trash('a', 1)
  clock.advance(2 * MINUTE)
  await keeper.settled()
  expect(warnings).toEqual([])
})

test('a history that takes too much is made smaller at once, all of them together every hour', async () => {
  const { clock, edit, points } = keptDocument({ ...RULES, documentBytesMax: 400 })
  for (let round = 0; round < 12; round++) {
    await edit(20)
    clock.advance(2 * MINUTE)
    await points()
  }
  const bytes = (await points()).reduce((sum, point) => sum + point.bytes, 0)
  expect(bytes).toBeLessThanOrEqual(400)

  const all = keptDocument({ ...RULES, bytesMax: 300 })
  for (let round = 0; round < 8; round++) {
    await all.edit(20)
    all.clock.advance(2 * MINUTE)
    await all.points()
  }
  expect(await all.points()).toHaveLength(8)
  all.clock.advance(60 * MINUTE)
  expect((await all.points()).length).toBeLessThan(8)
})

test('one that was stopped makes nothing more', async () => {
  const { keeper, clock, edit, points } = keptDocument()
  await edit()
  await keeper.stop()
  clock.advance(20 * MINUTE)
  await edit()
  clock.advance(20 * MINUTE)
  expect(await points()).toEqual([])
})
