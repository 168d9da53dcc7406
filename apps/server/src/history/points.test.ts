/** Points are made, thinned out and read: each shows the document as it was. */
import { ManualClock, seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { contentOf, inlineDocuments, Recorder } from './fixtures/recorder.ts'
import { makePoint } from './make-point.ts'
import { PointMaker } from './point-maker.ts'
import { Tidier } from './tidier.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

function historyOf(recorder: Recorder) {
  const { store } = recorder
  const clock = new ManualClock()
  const maker = new PointMaker({ store, clock, documents: inlineDocuments })
  const rules = { days: null, documentBytesMax: Infinity, bytesMax: Infinity }
  const tidier = new Tidier({ store, documents: inlineDocuments, rules })
  const state = async (number: number) =>
    contentOf((await store.history.read(recorder.id, number)).map(({ delta }) => delta))
  return { maker, tidier, state, clock }
}

/** Something a person does to a board: adds, changes, deletes, writes, takes text away. */
function randomEdit(doc: Y.Doc, random: () => number): void {
  const shapes = doc.getMap<Y.Map<unknown>>('shapes')
  const text = doc.getText('text')
  const ids = [...shapes.keys()]
  const any = ids[Math.floor(random() * ids.length)]
  const kind = Math.floor(random() * 5)
  if (kind === 0 || !any) shapes.set(`s${Math.floor(random() * 1e9)}`, new Y.Map([['x', random()]]))
  else if (kind === 1) shapes.get(any)?.set('x', random())
  else if (kind === 2) shapes.delete(any)
  else if (kind === 3) text.insert(Math.floor(random() * (text.length + 1)), 'word ')
  else if (text.length > 3) text.delete(Math.floor(random() * (text.length - 3)), 3)
}

test(`every point shows what was there, whatever is compacted and thinned out (SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  const recorder = new Recorder()
  const { maker, tidier, state } = historyOf(recorder)
  const expected = new Map<number, unknown>()
  for (let round = 0; round < 24; round++) {
    for (let edits = 1 + Math.floor(random() * 12); edits > 0; edits--) {
      recorder.at += Math.floor(random() * 3_000)
      recorder.edit(['ada', 'bo', 'cy'][Math.floor(random() * 3)]!, (doc) =>
        randomEdit(doc, random),
      )
    }
    await recorder.save()
    if (random() < 0.3) {
      const { snapshot, updates, seq } = await recorder.store.open('a')
      const { delta } = makePoint({
        parts: snapshot ? [snapshot, ...updates] : updates,
        chain: [],
        mark: null,
        updates: [],
      })
      await recorder.store.compact('a', delta, seq)
    }
    expected.set((await maker.make('a'))!, recorder.content())
    if (random() < 0.4) {
      const removed = [...expected.keys()].slice(0, -1).filter(() => random() < 0.4)
      await tidier.remove('a', removed)
      for (const number of removed) expected.delete(number)
    }
    for (const [number, content] of expected) expect(await state(number)).toEqual(content)
  }
  expect((await recorder.store.history.list('a')).map(({ number }) => number)).toEqual([
    ...expected.keys(),
  ])
})

test('a point names who worked since the one before, the most busy first', async () => {
  const recorder = new Recorder()
  const { maker } = historyOf(recorder)
  recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', 1))
  for (let x = 0; x < 3; x++) recorder.edit('bo', (doc) => doc.getMap('shapes').set('b', x))
  await recorder.save()
  await maker.make('a')
  recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', 2))
  await recorder.save()
  await maker.make('a')
  expect(await recorder.store.history.list('a')).toMatchObject([
    { number: 1, seq: 4, updates: 4, authors: ['bo', 'ada'], at: recorder.at, kind: 'automatic' },
    { number: 2, seq: 5, updates: 1, authors: ['ada'] },
  ])
})

test('where nothing came no point makes itself; a name goes to the last one, or makes another', async () => {
  const recorder = new Recorder()
  const { maker, state } = historyOf(recorder)
  expect(await maker.make('a')).toBeNull()
  const words = (name: string) => ({ kind: 'named', name, author: 'ada' }) as const
  expect(await maker.make('a', words('empty'))).toBeNull()
  recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', 1))
  await recorder.save()
  expect(await maker.make('a')).toBe(1)
  expect(await maker.make('a')).toBeNull()
  expect(await maker.make('a', words('first'))).toBe(1)
  expect(await maker.make('a', words('second'))).toBe(2)
  expect((await recorder.store.history.list('a')).map(({ name }) => name)).toEqual([
    'first',
    'second',
  ])
  expect(await state(2)).toEqual(await state(1))
})

test('points asked for at once are made one after the other', async () => {
  const recorder = new Recorder()
  const { maker } = historyOf(recorder)
  recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', 1))
  await recorder.save()
  const names = ['one', 'two', 'three'].map(
    (name) => ({ kind: 'named', name, author: '' }) as const,
  )
  expect(await Promise.all(names.map((words) => maker.make('a', words)))).toEqual([1, 2, 3])
})

test('what came and went between two points is in neither, what was there at one stays', async () => {
  const recorder = new Recorder()
  const { maker, state } = historyOf(recorder)
  recorder.edit('ada', (doc) => doc.getMap('shapes').set('kept', 'k'.repeat(5_000)))
  await recorder.save()
  await maker.make('a')
  recorder.edit('ada', (doc) => {
    doc.getMap('shapes').delete('kept')
    doc.getMap('shapes').set('brief', 'b'.repeat(5_000))
  })
  recorder.edit('ada', (doc) => doc.getMap('shapes').delete('brief'))
  await recorder.save()
  await maker.make('a')
  const [, second] = await recorder.store.history.read('a', 2)
  expect(second!.delta.length).toBeLessThan(200)
  expect(await state(1)).toMatchObject({ shapes: { kept: 'k'.repeat(5_000) } })
  expect(await state(2)).toMatchObject({ shapes: {} })
})

test('a chain that does not lead to the document is not continued', () => {
  const doc = new Y.Doc()
  doc.getMap('shapes').set('a', 1)
  const parts = [Y.encodeStateAsUpdate(doc)]
  const mark = Y.encodeStateVector(doc)
  const wrong = new Y.Doc()
  const material = { parts, mark, updates: [] }
  expect(makePoint({ ...material, chain: parts }).base).toBe(false)
  expect(makePoint({ ...material, chain: [Y.encodeStateAsUpdate(wrong)] })).toMatchObject({
    base: true,
    delta: parts[0],
  })
})

test('a history that is too large loses every second point until it fits, and never what was named', async () => {
  const recorder = new Recorder()
  const { maker, tidier, state } = historyOf(recorder)
  const contents = new Map<number, unknown>()
  for (let round = 0; round < 16; round++) {
    recorder.edit('ada', (doc) => doc.getMap('shapes').set('a', `${round}`.repeat(1_000)))
    await recorder.save()
    const words = round === 3 ? ({ kind: 'named', name: 'Plan', author: 'ada' } as const) : null
    contents.set((await maker.make('a', words))!, recorder.content())
  }
  await tidier.shrink('a', 8_000)
  const points = await recorder.store.history.list('a')
  const bytes = points.reduce((sum, point) => sum + point.bytes, 0)
  expect(bytes).toBeLessThanOrEqual(8_000)
  expect(points.length).toBeGreaterThan(2)
  expect(points.map(({ number }) => number)).toEqual(expect.arrayContaining([4, 16]))
  for (const { number } of points) expect(await state(number)).toEqual(contents.get(number))
  await tidier.shrink('a', 0)
  const left = await recorder.store.history.list('a')
  expect(left.map(({ number }) => number)).toEqual([4, 16])
})
