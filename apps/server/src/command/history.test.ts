import { expect, test } from 'vitest'
import { Board } from '@kolam/board'
import { openSqliteStore } from '@kolam/persistence/sqlite'
import * as Y from 'yjs'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { newFile } from './fixtures/data.ts'
import { kolam } from './fixtures/kolam.ts'

/** A folder with one board on which Ada draws two shapes and, later, Bo changes one and removes the other. */
async function workedOn() {
  const folder = await temporaryFolder()
  const doc = new Y.Doc()
  const board = new Board(doc)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  async function store(author: string): Promise<void> {
    const opened = await openSqliteStore({ folder, keepsHistory: true })
    const at = Date.UTC(2026, 0, 2)
    const batch = updates.splice(0).map((update) => ({ document: 'plan', update, at, author }))
    await opened.append(batch)
    await opened.close()
  }
  const box = { kind: 'rectangle', at: ['page:1', 0, 0], w: 10, h: 10 } as const
  board.insert([
    { ...box, id: 'a', text: 'one' },
    { ...box, id: 'b' },
  ])
  await store('Ada')
  return {
    folder,
    later: async (): Promise<void> => {
      board.update([['b', { w: 50 }]])
      board.remove(['a'])
      await store('Bo')
    },
  }
}

test('points are kept, listed and compared, and say who did what', async () => {
  const { folder, later } = await workedOn()
  expect((await kolam(folder, ['history', 'plan'])).output).toBe('There are no points yet\n')
  const kept = await kolam(folder, ['history', 'plan', '--keep', 'First draft'])
  expect(kept).toMatchObject({ code: 0, output: 'Point 1: First draft\n' })
  await later()
  const { output } = await kolam(folder, ['history', 'plan', '--changes', 'now'])
  expect(output).toContain('From point 1 to now: 0 added, 1 changed, 1 removed\n')
  expect(output).toContain('  changed: rectangle b (size) by Bo at 2026-01-02T00:00:00Z\n')
  expect(output).toContain('  removed: rectangle “one” a by Bo at 2026-01-02T00:00:00Z\n')
  const first = await kolam(folder, ['history', 'plan', '--changes', '1', '--json'])
  expect(JSON.parse(first.output)).toMatchObject({
    ok: true,
    from: 0,
    to: 1,
    counts: { added: 2, changed: 0, removed: 0 },
    authors: ['Ada'],
  })
  const table = (await kolam(folder, ['history', 'plan'])).output
  expect(table).toMatch(/^POINT +TIME +NAME +UPDATES +SIZE +BY\n1 +2026-01-01T\S+ +First draft +1 /)
})

test('a document is written as it was, and made to read as it did', async () => {
  const { folder, later } = await workedOn()
  await kolam(folder, ['history', 'plan', '--keep', 'First'])
  await later()
  const past = await kolam(folder, ['dump', 'plan', '--point', '1', '--as', 'json'])
  expect(Object.keys((JSON.parse(past.output) as { shapes: object }).shapes)).toEqual(['a', 'b'])
  const back = await kolam(folder, ['history', 'plan', '--restore', '1'])
  expect(back).toMatchObject({ code: 0, output: expect.stringContaining('before is point 2\n') })
  const now = await kolam(folder, ['dump', 'plan', '--as', 'json'])
  expect(Object.keys((JSON.parse(now.output) as { shapes: object }).shapes).sort()).toEqual([
    'a',
    'b',
  ])
  const again = await kolam(folder, ['history', 'plan', '--restore', '1'])
  expect(again.output).toContain('reads as it did at point 1 already')
  expect((await kolam(folder, ['fsck'])).code).toBe(0)
})

test('what is forgotten is gone, and compaction makes a point before updates go', async () => {
  const { folder, later } = await workedOn()
  await kolam(folder, ['history', 'plan', '--keep', 'First'])
  await later()
  expect((await kolam(folder, ['compact'])).code).toBe(0)
  const points = async () =>
    (
      JSON.parse((await kolam(folder, ['history', 'plan', '--json'])).output) as {
        points: { number: number; authors: string[] }[]
      }
    ).points
  expect(await points()).toMatchObject([{ authors: ['Ada'] }, { number: 2, authors: ['Bo'] }])
  const forgotten = await kolam(folder, ['history', 'plan', '--forget'])
  expect(forgotten.output).toBe('Document "plan": 1 point forgotten\n')
  expect(await points()).toMatchObject([{ number: 2 }])
  const file = await newFile('past.bin')
  expect(await kolam(folder, ['dump', 'plan', '--point', '1', '--out', file])).toMatchObject({
    code: 1,
    errors: expect.stringContaining('Cannot find point 1'),
  })
})

test('what cannot be is refused in words, and writing while a server runs', async () => {
  const { folder } = await workedOn()
  const wrong: [string[], number, RegExp][] = [
    [['history'], 2, /needs <id>/],
    [['history', 'none'], 1, /There is no document "none"/],
    [['history', 'none', '--restore', '1'], 1, /There is no document "none"/],
    [['history', 'plan', '--changes', '7'], 1, /There is no point 7/],
    [['history', 'plan', '--changes', 'x'], 2, /--changes is "x"/],
    [['history', 'plan', '--restore', '7'], 1, /Cannot find point 7/],
    [['history', 'plan', '--from', '0'], 2, /--from is for --changes/],
    [['history', 'plan', '--forget', '--keep', 'x'], 2, /are two calls/],
    [['dump', 'plan', '--point', 'x', '--as', 'json'], 2, /--point is "x"/],
  ]
  for (const [args, code, words] of wrong) {
    const ran = await kolam(folder, args)
    expect([args.join(' '), ran.code]).toEqual([args.join(' '), code])
    expect(ran.errors).toMatch(words)
  }
  await testServer({ dataFolder: folder })
  expect((await kolam(folder, ['history', 'plan'])).code).toBe(0)
  expect(await kolam(folder, ['history', 'plan', '--keep', 'x'])).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/another process|process \d+/i),
  })
})
