/** A room full of people whose server dies: everybody comes back by themselves, with everything. */
import type { Browser, BrowserContext } from '@playwright/test'
import { BoardPage } from './support/board-page.ts'
import { LightLog } from './support/light-log.ts'
import { others } from './support/people.ts'
import { expect, test } from './support/test.ts'

// A trace of twenty tabs costs more than they do; and one machine plays them all.
test.use({ trace: 'off' })
test.setTimeout(240_000)

const PEOPLE = 20
/** Browsers with a storage of their own; their tabs hear each other. */
const BROWSERS = 4
/** So many have drawn when the server dies; the others draw while it is away. */
const BEFORE = 16

test('twenty people draw, the server is killed and starts again: all are back, with every shape and everybody', async ({
  browser,
  server,
  board,
}) => {
  const contexts = await Promise.all(Array.from({ length: BROWSERS }, () => newContext(browser)))
  const tabs = await openTabs(contexts, `${server.url}/b/${board}`)
  const logs = await Promise.all(tabs.map((tab) => LightLog.of(tab)))
  const cells = tabs.map((tab, i) => [tab, i] as const)
  for (const [tab, i] of cells.slice(0, BEFORE)) await draw(tab, i)
  await server.kill()
  for (const [tab, i] of cells.slice(BEFORE)) await draw(tab, i)
  await server.start()

  for (const tab of tabs) {
    await tab.hasShapes(PEOPLE)
    await tab.saved()
    await expect(tab.light).toHaveText('Saved')
    // Four of the others are shown, the rest are counted.
    await expect(others(tab).last()).toHaveText(/^\+15:/)
  }
  const lastMs = Math.max(...(await Promise.all(logs.map(savedSince)))) - server.servingMs
  // A figure for who reads the run; benchmarks/client measures it properly.
  process.stdout.write(`all ${PEOPLE} tabs live ${lastMs} ms after the server served again\n`)
  for (const context of contexts) await context.close()
})

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 720, height: 480 } })
}

/** One tab in each browser at a time. */
async function openTabs(contexts: readonly BrowserContext[], url: string): Promise<BoardPage[]> {
  const tabs: BoardPage[] = []
  while (tabs.length < PEOPLE) {
    const pages = await Promise.all(contexts.map((context) => context.newPage()))
    await Promise.all(pages.map((page) => page.goto(url)))
    tabs.push(...pages.map((page) => new BoardPage(page)))
  }
  for (const tab of tabs) await tab.saved()
  return tabs
}

/** One rectangle, in a cell of its own, with few movements: each of them is shown in all tabs. */
async function draw({ page }: BoardPage, cell: number): Promise<void> {
  const [x, y] = [160 + 70 * (cell % 5), 120 + 60 * Math.floor(cell / 5)]
  await page.keyboard.press('r')
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 40, y + 40, { steps: 2 })
  await page.mouse.up()
}

/** Since when the light has said what it says now, in milliseconds of the machine's clock. */
async function savedSince(log: LightLog): Promise<number> {
  return (await log.words()).at(-1)!.atMs
}
