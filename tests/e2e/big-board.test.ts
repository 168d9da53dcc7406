/** A board of many shapes comes bit by bit: nothing of it is missing at the end, and it can be used before. */
import * as Y from 'yjs'
import { joinStock } from './support/stock-client.ts'
import { expect, test } from './support/test.ts'

const COUNT = 7_000
const ACROSS = 100

/** Rectangles in rows, each touching the next; the first row is in a frame, which comes last. */
function drawMany(doc: Y.Doc): void {
  const shapes = doc.getMap('shapes')
  const draw = (id: string, props: object): void => {
    shapes.set(id, new Y.Map([['init', JSON.stringify({ index: 'a0', ...props })]]))
  }
  doc.transact(() => {
    for (let i = 0; i < COUNT - 1; i++) {
      const [x, y] = [(i % ACROSS) * 100, Math.floor(i / ACROSS) * 100]
      draw(`s${i}`, { kind: 'rectangle', at: [i < ACROSS ? 'frame' : 'page:1', x, y] })
    }
    draw('frame', { kind: 'frame', at: ['page:1', 0, 0], w: 100 * ACROSS })
  })
}

test('many shapes are all there when the board says so, and a key pressed before sees them all', async ({
  server,
  board: id,
  browser,
}) => {
  const stock = await joinStock(server.syncUrl, id)
  drawMany(stock.doc)
  const page = await browser.newPage()
  // The page may look at each turn of the loading.
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    const look = (root: Element): void => {
      const { shapes, idle } = (root as HTMLElement).dataset
      seen.push(`${shapes} ${idle}`)
    }
    new MutationObserver(() => {
      const root = document.querySelector('[data-shapes]')
      if (root) look(root)
    }).observe(document, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-shapes', 'data-idle'],
    })
  })
  await page.goto(`${server.url}/b/${id}`)
  const root = page.locator('[data-shapes]')
  await expect(root).toHaveAttribute('data-shapes', String(COUNT), { timeout: 30_000 })
  await expect(root).toHaveAttribute('data-idle', 'true', { timeout: 30_000 })
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
  const sizes = seen.map((line) => Number(line.split(' ')[0]))
  expect(sizes.some((size) => size > 0 && size < COUNT)).toBe(true)
  const early = seen.filter((line) => line.endsWith('true') && !/^(0|7000) /.test(line))
  expect(early).toEqual([])
  // From another tab, the moment something is there: all is selected, so nothing is left.
  const other = await browser.newPage()
  await other.goto(`${server.url}/b/${id}`)
  await other.locator('[data-shapes]:not([data-shapes="0"])').waitFor()
  await other.keyboard.press('Control+a')
  await other.keyboard.press('Delete')
  await expect(root).toHaveAttribute('data-shapes', '0', { timeout: 30_000 })
  expect(stock.doc.getMap('shapes').size).toBe(0)
  await other.keyboard.press('Control+z')
  await expect(root).toHaveAttribute('data-shapes', String(COUNT), { timeout: 30_000 })
  stock.close()
})
