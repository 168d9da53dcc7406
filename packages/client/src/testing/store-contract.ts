/** What every offline store does. Each implementation runs it on stores that share nothing. */

import { describe, expect, test } from 'vitest'
import type { OfflineStore, Write } from '../offline/store.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

/** A step that keeps an update and marks nothing. */
function stepOf(life: string, update: Uint8Array | null, rest: Partial<Write> = {}): Write {
  const nothing = { replaces: [], writer: 'ada', turn: 1, unsaved: null, settled: [] }
  return { ...nothing, document: 'board', update, atMs: 5, ...rest, life }
}

const unsaved = { changes: 2, sinceMs: 7, starts: new Map([[4, 9]]) }

/** `make` gives an empty store. */
export function storeContract(name: string, make: () => OfflineStore): void {
  describe(`offline store: ${name}`, () => {
    /** Opens, runs steps and opens again. */
    async function after(...steps: readonly ((life: string) => Write)[]) {
      const store = make()
      const { life } = await store.open('board')
      for (const step of steps) await store.write(step(life))
      return { store, ...(await store.open('board')) }
    }

    test('[O1] gives back what was written, in order, and keeps documents apart', async () => {
      const { store, updates, life } = await after(
        (life) => stepOf(life, bytes(3, 3, 3, 3)),
        (life) => stepOf(life, bytes(1)),
        (life) => stepOf(life, bytes(2, 2)),
      )
      expect(updates.map(({ update }) => [...update])).toEqual([[3, 3, 3, 3], [1], [2, 2]])
      expect(new Set(updates.map(({ key }) => key)).size).toBe(3)
      const other = await store.open('other')
      expect([other.updates, other.marks, other.life === life]).toEqual([[], [], false])
      expect((await store.open('board')).life).toBe(life)
      // A document whose name begins like another's is another.
      expect((await store.open('boar')).updates).toEqual([])
    })

    test('[O1] a mark is written with its update, one for each writer, and taken away', async () => {
      const { store, life, marks } = await after(
        (life) => stepOf(life, bytes(1), { unsaved }),
        (life) => stepOf(life, bytes(2), { writer: 'bob', unsaved }),
        (life) => stepOf(life, bytes(3), { unsaved: { ...unsaved, changes: 5 } }),
      )
      const byWriter = new Map(marks.map((mark) => [mark.writer, mark.unsaved]))
      expect(byWriter).toEqual(
        new Map([
          ['ada', { ...unsaved, changes: 5 }],
          ['bob', unsaved],
        ]),
      )
      await store.write(stepOf(life, null))
      expect((await store.open('board')).marks.map(({ writer }) => writer)).toEqual(['bob'])
      expect(await store.list()).toMatchObject([{ document: 'board', unsaved: 2 }])
    })

    test('[O11] a step that comes late takes no mark from a newer one of its writer', async () => {
      const { store, marks, updates, life } = await after(
        (life) => stepOf(life, bytes(1), { turn: 8, unsaved }),
        (life) => stepOf(life, bytes(2), { turn: 7 }),
      )
      expect(marks.map((mark) => mark.unsaved)).toEqual([unsaved])
      expect(updates).toHaveLength(2)
      await store.write(stepOf(life, null, { turn: 9 }))
      expect((await store.open('board')).marks).toEqual([])
      await store.write(stepOf(life, null, { turn: 100, unsaved }))
      await store.write(stepOf(life, null, { turn: 20 }))
      expect((await store.open('board')).marks).toHaveLength(1)
    })

    test('[O1] settles the marks of others only as they were read', async () => {
      const { store, life, marks } = await after(
        (life) => stepOf(life, bytes(1), { writer: 'bob', unsaved }),
        (life) => stepOf(life, bytes(2), { writer: 'eve', unsaved }),
      )
      await store.write(stepOf(life, bytes(3), { writer: 'eve', unsaved }))
      await store.write(stepOf(life, null, { settled: marks }))
      const left = await store.open('board')
      expect(left.marks.map(({ writer }) => writer)).toEqual(['eve'])
    })

    test('[O4] replaces exactly the keys it is told, also those that are gone', async () => {
      const { store, life, updates } = await after(
        (life) => stepOf(life, bytes(1)),
        (life) => stepOf(life, bytes(2)),
      )
      await store.write(stepOf(life, bytes(3)))
      const replaces = updates.map(({ key }) => key)
      await store.write(stepOf(life, bytes(1, 2), { replaces }))
      await store.write(stepOf(life, bytes(2, 1), { replaces }))
      const left = await store.open('board')
      expect(left.updates.map(({ update }) => [...update])).toEqual([[3], [1, 2], [2, 1]])
    })

    test('[O6] a wiped copy takes nothing more from those who knew it', async () => {
      const { store, life } = await after((life) => stepOf(life, bytes(1), { unsaved }))
      await store.wipe('board')
      await expect(store.write(stepOf(life, bytes(2)))).rejects.toMatchObject({ fault: 'wiped' })
      const fresh = await store.open('board')
      expect([fresh.updates, fresh.marks, fresh.life === life]).toEqual([[], [], false])
      await expect(store.write(stepOf(life, bytes(2)))).rejects.toMatchObject({ fault: 'wiped' })
    })

    test('[O6] wipeIfSaved() leaves what anybody has not been told to be saved', async () => {
      const { store, life } = await after((life) => stepOf(life, bytes(1), { unsaved }))
      expect(await store.wipeIfSaved('board')).toBe(false)
      expect((await store.open('board')).updates).toHaveLength(1)
      await store.write(stepOf(life, null))
      expect(await store.wipeIfSaved('board')).toBe(true)
      expect((await store.open('board')).updates).toEqual([])
    })

    test('[O6] wipeAll() leaves nothing of any document', async () => {
      const { store } = await after((life) => stepOf(life, bytes(1), { unsaved }))
      const { life } = await store.open('other')
      await store.write(stepOf(life, bytes(1), { document: 'other' }))
      await store.wipeAll()
      expect(await store.list()).toEqual([])
      expect(await store.open('board')).toMatchObject({ updates: [], marks: [] })
    })

    test('[O9] the last step of a page is kept, and nothing of it in a copy that was wiped', async () => {
      const { store, life, updates, marks } = await after((life) =>
        stepOf(life, bytes(1), { unsaved, isLast: true }),
      )
      expect([updates.map(({ update }) => [...update]), marks.length]).toEqual([[[1]], 1])
      await store.wipe('board')
      const last = stepOf(life, bytes(2), { unsaved, isLast: true })
      await store.write(last).catch(() => null)
      expect(await store.list()).toEqual([])
      const fresh = await store.open('board')
      expect([fresh.updates, fresh.marks, await store.list()]).toEqual([[], [], []])
    })

    test('[O7] lists what something is kept of, the newest first, with what the app said', async () => {
      const { store } = await after(
        (life) => stepOf(life, bytes(1, 1), { about: 'Plan', atMs: 3 }),
        (life) => stepOf(life, bytes(2), { atMs: 4 }),
      )
      await store.open('empty')
      const { life } = await store.open('new')
      await store.write(stepOf(life, bytes(1), { document: 'new', about: 'New', atMs: 9 }))
      expect(await store.list()).toEqual([
        { document: 'new', about: 'New', atMs: 9, bytes: 1, unsaved: 0 },
        { document: 'board', about: 'Plan', atMs: 4, bytes: 3, unsaved: 0 },
      ])
    })
  })
}
