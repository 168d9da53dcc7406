/** Real faults of networks between people and the server, with the save light in sight: it is never ahead of the disk. */
import * as Y from 'yjs'
import type { BoardPage } from './support/board-page.ts'
import { expect, SEED, test } from './support/fault-proxy-test.ts'
import { LightLog } from './support/light-log.ts'
import { others } from './support/people.ts'
import { joinStock } from './support/stock-client.ts'

/** Rectangles beside each other, one after the other. */
async function drawRow(tab: BoardPage, y: number, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await tab.dragTool('r', { x: 200 + 110 * i, y }, { x: 280 + 110 * i, y: y + 60 })
  }
}

/** All have so many shapes, saved, and each other. */
async function together(count: number, ...tabs: readonly BoardPage[]): Promise<void> {
  for (const tab of tabs) {
    await tab.hasShapes(count)
    await tab.saved()
    await expect(tab.light).toHaveText('Saved')
    await expect(others(tab)).toHaveCount(tabs.length - 1)
  }
}

async function sameEverywhere(count: number, ...tabs: readonly BoardPage[]): Promise<void> {
  await together(count, ...tabs)
  await Promise.all(tabs.map((tab) => tab.fit()))
  for (const tab of tabs.slice(1)) await tab.looksLike(tabs[0]!)
}

test('slow, uneven and narrow: two people draw at once, and saved is said when the server has it', async ({
  network,
  through,
  server,
  board,
}) => {
  const [ada, bob] = [await through(), await through()]
  network.weather = { latencyMs: 60, jitterMs: 120, bytesPerSecond: 16 * 1024 }
  const log = await LightLog.of(ada)
  await Promise.all([drawRow(ada, 200, 3), drawRow(bob, 500, 3)])
  await together(6, ada, bob)
  expect(new Set(await log.values())).toEqual(new Set(['saved', 'saving']))

  // Nothing reaches the server: what comes from others meanwhile makes nothing of hers saved.
  const witness = await joinStock(server.syncUrl, board)
  network.hold(['up'])
  await ada.dragTool('o', { x: 700, y: 200 }, { x: 780, y: 260 })
  const held = (await log.values()).length
  witness.doc.getMap('shapes').set('of-a-witness', ellipse())
  await ada.hasShapes(8)
  await expect(ada.light).toHaveText('Saving…')
  expect(witness.doc.getMap('shapes').size).toBe(7)
  network.release()
  await ada.saved()
  expect((await log.values()).slice(held)).toEqual(['saved'])
  expect(witness.doc.getMap('shapes').size).toBe(8)

  // The server has it, and only its word is missing.
  network.hold(['down'])
  await ada.dragTool('o', { x: 700, y: 400 }, { x: 780, y: 460 })
  await witness.until((shapes) => shapes.size === 9)
  await expect(ada.light).toHaveText('Saving…')
  network.release()
  witness.close()
  await sameEverywhere(9, ada, bob)
})

function ellipse(): Y.Map<unknown> {
  const at = ['page:1', 400, 700]
  const init = JSON.stringify({ kind: 'ellipse', at, index: 'a5', w: 80, h: 60 })
  return new Y.Map<unknown>([['init', init]])
}

test(`lines that break within frames again and again while two people draw lose nothing (seed ${SEED})`, async ({
  network,
  through,
}) => {
  const [ada, bob] = [await through(), await through()]
  network.weather = { latencyMs: 5, jitterMs: 10, breaks: { minBytes: 100, maxBytes: 2000 } }
  await Promise.all([drawRow(ada, 200, 5), drawRow(bob, 500, 5)])
  expect(network.broken).toBeGreaterThan(5)
  network.weather = {}
  await sameEverywhere(10, ada, bob)
})

/** By then the page has heard that its time is to stand still. */
const STOP_MS = 4_000

/** The page's time jumps a little ahead, runs what is due by then, and stands still. */
async function stopTime({ page }: BoardPage): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + STOP_MS)
}

test('[H6] a line into a black hole is noticed 10 s after the last sign of life, and what is drawn is kept', async ({
  network,
  through,
  openTab,
  board,
}) => {
  const [ada, bob] = [await through((page) => page.clock.install()), await openTab(board)]
  await drawRow(ada, 200, 1)
  await bob.hasShapes(1)
  const log = await LightLog.of(ada)
  network.hold()
  await stopTime(ada)
  await drawRow(ada, 300, 1)
  await expect(ada.light).toHaveText('Saving…')
  await drawRow(bob, 400, 1)
  // A word that was under way when the hole opened may count as the last one.
  await ada.page.clock.runFor(10_000 - STOP_MS + 100)
  await expect(ada.root).toHaveAttribute('data-save', 'local')
  await expect(ada.light).toHaveText(/^Offline – \d changes? kept in this browser$/)
  await ada.page.clock.resume()
  await drawRow(ada, 500, 1)
  expect(await log.values()).toEqual(['saved', 'saving', 'local'])
  await ada.hasShapes(3)
  network.release()
  await together(4, ada, bob)
})

test('[H5] a laptop that slept asks at once when it wakes up, and is on another line 2 s later', async ({
  network,
  through,
  openTab,
  board,
}) => {
  const [ada, bob] = [await through((page) => page.clock.install()), await openTab(board)]
  const { page } = ada
  await drawRow(ada, 200, 1)
  await ada.saved()
  await stopTime(ada)
  // While it sleeps the router forgets its line, and work goes on.
  network.forget()
  await drawRow(bob, 400, 1)
  await bob.saved()
  await page.clock.fastForward('08:00:00')
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const webSocket = page.waitForEvent('websocket')
  await page.clock.runFor(2_100)
  await webSocket
  await page.clock.resume()
  await drawRow(ada, 500, 1)
  await together(3, ada, bob)
})
