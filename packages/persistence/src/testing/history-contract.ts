/** The rules about the history of documents, for every implementation of `Store`. */
import { expect, test } from 'vitest'
import type { NewPoint, RewrittenPoint } from '../history.ts'
import type { Append, Store } from '../store.ts'
import { newPoint } from './new-point.ts'

const INVALID = { code: 'invalid' }

/** Runs the rules; `store` keeps its history. */
export function registerHistory(store: () => Store): void {
  const history = () => store().history

  test('[H1] points are listed in the order they were added, with what was said of them', async () => {
    await store().append([entry(1), entry(2)])
    expect(await history().list('a')).toEqual([])
    expect(await history().add('a', newPoint({ seq: 1, updates: 1, authors: ['ada'] }))).toBe(1)
    const named = { kind: 'named', name: 'Draft – 1', author: 'bo', base: false } as const
    expect(await history().add('a', newPoint({ ...named, after: 1, seq: 2, at: 20 }))).toBe(2)
    expect(await history().list('a')).toEqual([
      {
        number: 1,
        at: 10,
        seq: 1,
        kind: 'automatic',
        name: '',
        author: '',
        updates: 1,
        authors: ['ada'],
        bytes: 4,
      },
      {
        number: 2,
        at: 20,
        seq: 2,
        kind: 'named',
        name: 'Draft – 1',
        author: 'bo',
        updates: 0,
        authors: [],
        bytes: 4,
      },
    ])
    expect(await history().sizes()).toEqual([{ document: 'a', points: 2, bytes: 8 }])
    expect(await store().stats()).toMatchObject({ points: 2, historyBytes: 8 })
  })

  test('[H2] a point is read with all it stands on, from the last one that holds everything', async () => {
    await store().append([entry(1)])
    await addPoints(store(), [true, false, true, false])
    expect((await history().read('a', 4)).map(plain)).toEqual([
      { number: 3, base: true, delta: [3], journal: [3, 3] },
      { number: 4, base: false, delta: [4], journal: [4, 4] },
    ])
    expect((await history().read('a', 2)).map(({ number }) => number)).toEqual([1, 2])
    await expect(history().read('a', 5)).rejects.toMatchObject(INVALID)
    await expect(history().read('new', 1)).rejects.toMatchObject(INVALID)
  })

  test.each<[string, Partial<NewPoint>]>([
    ['another one came in between', { after: 0 }],
    ['it is older than the last one', { seq: 1 }],
    ['its updates are not there', { seq: 4 }],
  ])('[H3] a point is refused where %s', async (_, wrong) => {
    await store().append([entry(1), entry(2), entry(3)])
    await history().add('a', newPoint({ seq: 2 }))
    const next = newPoint({ after: 1, seq: 3, base: false, ...wrong })
    await expect(history().add('a', next)).rejects.toMatchObject(INVALID)
    expect(await history().list('a')).toHaveLength(1)
  })

  test('[H3] the first point holds everything, and there is none of what was never written', async () => {
    await store().append([entry(1)])
    await expect(history().add('a', newPoint({ base: false }))).rejects.toMatchObject(INVALID)
    await expect(history().add('new', newPoint({ seq: 0 }))).rejects.toMatchObject(INVALID)
  })

  test('[H4] updates stay with author and time until a point holds them, whatever is compacted', async () => {
    await store().append([entry(1, 'ada', 5), entry(2, 'bo', 6), entry(3, 'ada', 7)])
    await store().compact('a', Uint8Array.of(12), 2)
    expect(await unrecorded(store(), 3)).toEqual({
      last: null,
      after: 0,
      updates: [[1, 'ada', 5] as const, [2, 'bo', 6] as const, [3, 'ada', 7] as const],
    })
    await history().add('a', newPoint({ seq: 2, mark: Uint8Array.of(7, 7) }))
    expect(await unrecorded(store(), 3)).toEqual({
      last: { number: 1, seq: 2, mark: [7, 7] },
      after: 1,
      updates: [[3, 'ada', 7]],
    })
    expect((await unrecorded(store(), 2)).updates, 'up to what was asked').toEqual([])
    expect(await store().stats()).toMatchObject({ updates: 1, bytes: 2 })
    expect((await store().open('a')).updates).toHaveLength(1)
    expect(await unrecorded(store(), 9, 'new')).toEqual({ last: null, after: 0, updates: [] })
  })

  test('[H5] a point is given other words and stays what it is', async () => {
    await store().append([entry(1)])
    await addPoints(store(), [true])
    const [before] = await history().list('a')
    await history().rename('a', 1, { kind: 'named', name: 'Final', author: 'bo' })
    expect(await history().list('a')).toEqual([
      { ...before, kind: 'named', name: 'Final', author: 'bo' },
    ])
    expect((await history().read('a', 1)).map(plain)).toMatchObject([{ delta: [1] }])
    const words = { kind: 'named', name: 'x', author: '' } as const
    await expect(history().rename('a', 2, words)).rejects.toMatchObject(INVALID)
    await expect(history().rename('new', 1, words)).rejects.toMatchObject(INVALID)
  })

  test('[H6] points go, and others stand for them, in one step', async () => {
    await store().append([entry(1)])
    await addPoints(store(), [true, false, false, false])
    const replaced = [rewritten(3, { base: true, authors: ['bo'] })]
    await history().rewrite('a', { removed: [1, 2], replaced })
    expect((await history().list('a')).map(({ number, authors }) => [number, authors])).toEqual([
      [3, ['bo']],
      [4, []],
    ])
    expect((await history().read('a', 4)).map(plain)).toEqual([
      { number: 3, base: true, delta: [30, 30], journal: [31] },
      { number: 4, base: false, delta: [4], journal: [4, 4] },
    ])
    await history().rewrite('a', { removed: [3], replaced: [rewritten(4, { base: true })] })
    expect(await history().add('a', newPoint({ after: 4, base: false }))).toBe(5)
    expect((await history().read('a', 5)).map(({ number }) => number)).toEqual([4, 5])
  })

  test('[H6] what is asked wrongly changes nothing, and the last point never goes', async () => {
    await store().append([entry(1)])
    await addPoints(store(), [true, false, false])
    const before = await history().list('a')
    const wrong = [
      { removed: [1, 9], replaced: [] },
      { removed: [1], replaced: [rewritten(9, { base: true })] },
      { removed: [2, 3], replaced: [] },
    ]
    for (const change of wrong) {
      await expect(history().rewrite('a', change)).rejects.toMatchObject(INVALID)
    }
    expect(await history().list('a')).toEqual(before)
    expect((await history().read('a', 3)).map(plain)).toHaveLength(3)
  })

  test('[H7] the history goes where its document goes', async () => {
    await store().append([entry(1)])
    await addPoints(store(), [true])
    await store().trash('a', 30)
    const trashed = { code: 'trashed' }
    await expect(history().list('a')).rejects.toMatchObject(trashed)
    await expect(history().read('a', 1)).rejects.toMatchObject(trashed)
    await expect(history().unrecorded('a', 1)).rejects.toMatchObject(trashed)
    await expect(history().add('a', newPoint({ after: 1 }))).rejects.toMatchObject(trashed)
    await expect(history().rewrite('a', { removed: [], replaced: [] })).rejects.toMatchObject(
      trashed,
    )
    const words = { kind: 'named', name: 'x', author: '' } as const
    await expect(history().rename('a', 1, words)).rejects.toMatchObject(trashed)
    expect(await history().sizes()).toHaveLength(1)
    await store().takeBack('a')
    expect((await history().read('a', 1)).map(plain)).toMatchObject([{ delta: [1] }])
    await store().trash('a', 31)
    await store().remove('a')
    await expect(history().list('a')).rejects.toMatchObject({ code: 'deleted' })
    expect(await history().sizes()).toEqual([])
    expect(await store().stats()).toMatchObject({ points: 0, historyBytes: 0 })
  })

  test('[H8] bytes that go in or out are nobody else’s', async () => {
    await store().append([entry(1)])
    const whole = Uint8Array.of(0, 1, 2, 3)
    const [delta, journal, mark] = [whole.subarray(1, 2), whole.subarray(2, 3), whole.subarray(3)]
    await history().add('a', newPoint({ delta, journal, mark }))
    whole.fill(9)
    for (const { delta } of await history().read('a', 1)) delta.fill(8)
    expect((await history().read('a', 1)).map(plain)).toMatchObject([{ delta: [1], journal: [2] }])
    const { last, updates } = await history().unrecorded('a', 1)
    expect([last && [...last.mark], updates]).toEqual([[3], []])
  })
}

function entry(value: number, author = 'ada', at = 1): Append {
  return { document: 'a', update: Uint8Array.of(value), at, author }
}

/** Points 1, 2, 3… whose bytes are their number. */
async function addPoints(store: Store, bases: readonly boolean[]): Promise<void> {
  for (const [after, base] of bases.entries()) {
    const [delta, journal] = [Uint8Array.of(after + 1), Uint8Array.of(after + 1, after + 1)]
    await store.history.add('a', newPoint({ after, base, delta, journal }))
  }
}

function rewritten(
  number: number,
  { base, authors = [] }: { base: boolean; authors?: string[] },
): RewrittenPoint {
  const bytes = { delta: Uint8Array.of(number * 10, number * 10), journal: Uint8Array.of(31) }
  return { number, base, authors, updates: 2, ...bytes }
}

function plain(stored: {
  number: number
  base: boolean
  delta: Uint8Array
  journal: Uint8Array
}): object {
  const { number, base, delta, journal } = stored
  return { number, base, delta: [...delta], journal: [...journal] }
}

async function unrecorded(store: Store, upto: number, id = 'a') {
  const { last, after, updates } = await store.history.unrecorded(id, upto)
  return {
    last: last && { ...last, mark: [...last.mark] },
    after,
    updates: updates.map(({ update, author, at }) => [update[0], author, at]),
  }
}
