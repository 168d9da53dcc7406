/** The main job, end to end: a real file, two people, a kill, a restart, a newcomer. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { joinStock } from './support/stock-client.ts'
import { expect, test } from './support/test.ts'

const OWN_FILE = path.resolve(
  import.meta.dirname,
  '../../packages/formats/fixtures/rich.excalidraw',
)
const REAL_FILE = path.resolve(
  import.meta.dirname,
  '../../../shared/fixtures/excalidraw/vscode-test.excalidraw',
)

for (const [name, file] of [
  ['our own file', OWN_FILE],
  ['a real file by strangers (shared/fixtures/excalidraw/vscode-test.excalidraw)', REAL_FILE],
] as const) {
  test(`(a) import ${name} in one tab, see it in another, edit in both, undo one`, async ({
    board,
    openTab,
  }) => {
    test.skip(!existsSync(file), `${file} is not here`)
    const [ada, bob] = [await openTab(board), await openTab(board)]
    await ada.importFile(file)
    await expect.poll(() => ada.shapeCount()).toBeGreaterThan(3)
    await ada.saved()
    const imported = await ada.shapeCount()
    await bob.hasShapes(imported)
    await Promise.all([ada.fit(), bob.fit()])
    await bob.looksLike(ada)

    await ada.dragTool('r', { x: 200, y: 200 }, { x: 300, y: 280 })
    await bob.hasShapes(imported + 1)
    await bob.dragTool('o', { x: 420, y: 200 }, { x: 520, y: 280 })
    await ada.hasShapes(imported + 2)
    await ada.undo()
    await bob.hasShapes(imported + 1)
    await ada.hasShapes(imported + 1)
    await Promise.all([ada.fit(), bob.fit()])
    await bob.looksLike(ada)

    await bob.undo()
    await ada.hasShapes(imported)
  })
}

test('(b) kill -9 under editing, start again: both carry on, a newcomer sees everything', async ({
  server,
  board,
  openTab,
}) => {
  const [ada, bob] = [await openTab(board), await openTab(board)]
  await ada.importFile(OWN_FILE)
  await ada.saved()
  const imported = await ada.shapeCount()

  await ada.dragTool('r', { x: 150, y: 150 }, { x: 210, y: 200 })
  await ada.dragTool('p', { x: 300, y: 600 }, { x: 700, y: 650 })
  await bob.dragTool('o', { x: 800, y: 150 }, { x: 860, y: 200 })
  await server.kill()
  await expect(ada.root).toHaveAttribute('data-save', /local|saved/)
  await ada.dragTool('d', { x: 500, y: 150 }, { x: 560, y: 200 })
  await expect(ada.root).toHaveAttribute('data-save', 'local')
  await bob.dragTool('r', { x: 950, y: 150 }, { x: 1010, y: 200 })
  await server.start()

  const all = imported + 5
  for (const tab of [ada, bob]) {
    await tab.hasShapes(all)
    await tab.saved()
  }
  const eve = await openTab(board)
  await eve.hasShapes(all)
  await Promise.all([ada.fit(), bob.fit(), eve.fit()])
  await ada.looksLike(eve)
  await bob.looksLike(eve)
})

test('(b) what was called saved is there after kill -9 with every tab gone', async ({
  server,
  board,
  openTab,
}) => {
  const ada = await openTab(board)
  await ada.dragTool('r', { x: 150, y: 150 }, { x: 210, y: 200 })
  await ada.dragTool('a', { x: 300, y: 300 }, { x: 500, y: 350 })
  await ada.hasShapes(2)
  await ada.saved()
  await server.kill()
  await ada.page.close({ runBeforeUnload: false })
  await server.start()
  const bob = await openTab(board)
  await bob.hasShapes(2)
})

test('(c) a reload keeps the board', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.importFile(OWN_FILE)
  await expect.poll(() => ada.shapeCount()).toBeGreaterThan(3)
  await ada.dragTool('r', { x: 150, y: 150 }, { x: 210, y: 200 })
  await ada.fit()
  const [count, picture] = [await ada.shapeCount(), await ada.picture()]
  await ada.page.reload()
  await ada.hasShapes(count)
  await ada.fit()
  expect(await ada.differingPixels(picture)).toBe(0)
})

test('(d) a stock y-websocket client reads and writes the same room', async ({
  server,
  board,
  openTab,
}) => {
  const ada = await openTab(board)
  await ada.dragTool('r', { x: 150, y: 150 }, { x: 250, y: 230 })
  await ada.hasShapes(1)
  const stock = await joinStock(server.syncUrl, board)
  await stock.until((shapes) => shapes.size === 1)

  const shape = new Y.Map<unknown>()
  shape.set(
    'init',
    JSON.stringify({ kind: 'ellipse', at: ['page:1', 400, 300], index: 'a5', w: 80, h: 60 }),
  )
  stock.doc.getMap('shapes').set('from-a-stock-client', shape)
  await ada.hasShapes(2)

  await ada.dragTool('o', { x: 600, y: 500 }, { x: 700, y: 560 })
  await stock.until((shapes) => shapes.size === 3)
  expect([...stock.doc.getMap('shapes').keys()]).toContain('from-a-stock-client')
  stock.close()
})
