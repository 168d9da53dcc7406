/** Without a network: the copy in this browser, the app from the service worker, tabs among themselves. */
import path from 'node:path'
import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { chromiumLaunch } from '../../tooling/browser.ts'
import { BoardPage } from './support/board-page.ts'
import type { KolamServer } from './support/server.ts'
import { expect, test as base } from './support/test.ts'

const PICTURE = path.resolve(import.meta.dirname, '../../docs/images/board.png')

/** One person's browser: its own storage, which outlives its tabs. */
class Person {
  readonly context: BrowserContext
  readonly server: KolamServer
  readonly #board: string

  constructor(context: BrowserContext, server: KolamServer, board: string) {
    this.context = context
    this.server = server
    this.#board = board
  }

  /** A tab on the board, as it comes. */
  async openTab(): Promise<BoardPage> {
    const tab = new BoardPage(await this.context.newPage())
    await tab.page.goto(`${this.server.url}/b/${this.#board}`)
    return tab
  }

  /** A tab that has everything, in a browser that can do without the network from now on. */
  async openReady(): Promise<BoardPage> {
    const tab = await this.openTab()
    await tab.settled()
    await tab.page.evaluate(async () => void (await navigator.serviceWorker.ready))
    return tab
  }

  /** No network, and no server either: on this machine it would answer all the same. */
  async goOffline(): Promise<void> {
    await this.context.setOffline(true)
    await this.server.kill()
  }

  async comeBack(): Promise<void> {
    await this.server.start()
    await this.context.setOffline(false)
  }
}

interface Fixtures {
  makePerson: () => Promise<Person>
}

const test = base.extend<Fixtures>({
  makePerson: async ({ browser, server, board }, use) => {
    const errors: string[] = []
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await newContext(browser)
      contexts.push(context)
      context.on('weberror', (error) => errors.push(String(error.error())))
      return new Person(context, server, board)
    })
    for (const context of contexts) await context.close()
    expect(errors, 'uncaught errors in the tabs').toEqual([])
  },
})

function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'allow' })
}

const light = ({ page }: BoardPage) => page.locator('header button', { hasText: /Offline|Saved/ })
const people = ({ page }: BoardPage) =>
  page.getByRole('list', { name: /people on this board/i }).getByRole('listitem')

async function draw(tab: BoardPage, x: number): Promise<void> {
  await tab.dragTool('r', { x, y: 300 }, { x: x + 80, y: 380 })
}

test('a reload in a tunnel brings the board back, and work goes on in several tabs', async ({
  makePerson,
}) => {
  const ada = await makePerson()
  const first = await ada.openReady()
  await draw(first, 300)
  await first.saved()
  await ada.goOffline()

  await first.page.reload()
  await first.hasShapes(1)
  await expect(first.root).toHaveAttribute('data-save', 'local')
  await expect(light(first)).toHaveText('Offline')
  await draw(first, 420)
  await expect(light(first)).toHaveText(/kept in this browser/)

  const second = await ada.openTab()
  await second.hasShapes(2)
  await expect(people(second)).toHaveCount(1)
  await expect(people(first)).toHaveCount(1)
  await draw(second, 540)
  await first.hasShapes(3)
  await second.page.close()
  await expect(people(first)).toHaveCount(0)
  await first.page.close()

  const third = await ada.openTab()
  await third.hasShapes(3)
  await expect(third.root).toHaveAttribute('data-save', 'local')
  await expect(light(third)).toHaveText(/kept in this browser/)

  await ada.comeBack()
  await third.saved()
  const bob = await (await makePerson()).openReady()
  await bob.hasShapes(3)
})

test('a tab that crashes is gone for the others at once, also without a server', async ({
  makePerson,
}) => {
  const ada = await makePerson()
  const first = await ada.openReady()
  await ada.goOffline()
  const second = await ada.openTab()
  await expect(people(first)).toHaveCount(1)
  await expect(people(second)).toHaveCount(1)
  const crashed = second.page.waitForEvent('crash')
  void second.page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await expect(people(first)).toHaveCount(0)
})

test('a tab that went to another page and came back is missed, and then there again', async ({
  server,
  board,
}) => {
  // Playwright's own arguments keep pages from being put aside.
  const browser = await chromium.launch({
    ...chromiumLaunch(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  const ada = new Person(await newContext(browser), server, board)
  const [first, second] = [await ada.openReady(), await ada.openReady()]
  await ada.goOffline()
  await expect(people(first)).toHaveCount(1)
  await expect(people(second)).toHaveCount(1)
  await second.page.evaluate(() => Object.assign(window, { isSame: true }))
  await second.page.goto('about:blank')
  await expect(people(first)).toHaveCount(0)
  await second.page.goBack({ waitUntil: 'commit' })
  await expect(people(first)).toHaveCount(1)
  await expect(people(second)).toHaveCount(1)
  // The very page that went, and no new one: its locks did not keep it from being put aside.
  expect(await second.page.evaluate(() => 'isSame' in window)).toBe(true)
  await browser.close()
})

test('what was drawn in the moment before a reload is there afterwards', async ({ makePerson }) => {
  const ada = await makePerson()
  const tab = await ada.openReady()
  await ada.goOffline()
  // The browser asks before it leaves what is not written yet; whoever says yes loses nothing either.
  tab.page.on('dialog', (dialog) => void dialog.accept())
  for (let count = 1; count <= 3; count++) {
    const { keyboard, mouse } = tab.page
    await keyboard.press('r')
    await mouse.move(100 + 200 * count, 300)
    await mouse.down()
    await mouse.move(110 + 200 * count, 310)
    await mouse.move(200 + 200 * count, 400)
    await mouse.up()
    await tab.page.reload()
    await tab.hasShapes(count)
    // Its size is the last thing that is written; a dot would be a shape as well.
    await mouse.click(200 + 200 * count, 350)
    await expect.poll(() => widthOfOverlay(tab)).toBeGreaterThan(95)
  }
})

/** How wide what is drawn over the scene is, in pixels of the page. */
function widthOfOverlay({ page }: BoardPage): Promise<number> {
  return page
    .locator('canvas')
    .last()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement
      const { width, height } = canvas
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height)
      const columns = Array.from({ length: width }, (_, x) => x).filter((x) =>
        Array.from({ length: height }, (_, y) => data[(y * width + x) * 4 + 3]!).some(Boolean),
      )
      return (columns.at(-1) ?? 0) - (columns[0] ?? 0)
    })
}

test('what others did meanwhile is summed up on return', async ({ makePerson }) => {
  const [ada, bob] = [await makePerson(), await makePerson()]
  const tab = await ada.openReady()
  await draw(tab, 300)
  await tab.saved()
  await tab.page.close()
  const other = await bob.openReady()
  await draw(other, 420)
  await draw(other, 540)
  await other.saved()

  const back = await ada.openTab()
  await expect(back.page.getByText('While you were away: 2 shapes added')).toBeVisible()
  await back.hasShapes(3)
  await back.page.close()
  // Nothing came in: nothing is said.
  const again = await ada.openTab()
  await again.settled()
  await expect(again.page.getByText('While you were away')).toHaveCount(0)
})

test('tabs of one browser are two people at most once each, with a server too', async ({
  makePerson,
}) => {
  const ada = await makePerson()
  const [first, second] = [await ada.openReady(), await ada.openReady()]
  await expect(people(first)).toHaveCount(1)
  await expect(people(second)).toHaveCount(1)
  await draw(first, 300)
  await second.hasShapes(1)
  await Promise.all([first.saved(), second.saved()])
  await second.page.close()
  await expect(people(first)).toHaveCount(0)
})

test('a browser that keeps nothing says so, and the board works', async ({
  makePerson,
  server,
}) => {
  const ada = await makePerson()
  await ada.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Not here', 'SecurityError')
    }
  })
  const tab = await ada.openReady()
  await expect(tab.page.getByRole('alert')).toHaveText(/^This browser keeps no copy/)
  await draw(tab, 300)
  await tab.saved()
  await ada.context.setOffline(true)
  await server.kill()
  await draw(tab, 420)
  await expect(light(tab)).toHaveText(/changes kept in this tab$/)
  await ada.comeBack()
  await tab.saved()
})

test('a browser without room says so, and the board works', async ({ makePerson }) => {
  const ada = await makePerson()
  await ada.context.addInitScript(() => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('No room', 'QuotaExceededError')
    }
  })
  const tab = await ada.openReady()
  await draw(tab, 300)
  await expect(tab.page.getByRole('alert')).toHaveText(/its storage is full/)
  await tab.saved()
})

test('the copy can be forgotten', async ({ makePerson }) => {
  const ada = await makePerson()
  const tab = await ada.openReady()
  await draw(tab, 300)
  await tab.saved()
  await tab.page.getByRole('button', { name: 'Menu' }).click()
  await tab.page.getByRole('menuitem', { name: 'Forget the copy in this browser' }).click()
  await expect(tab.page.getByText('The copy in this browser is gone')).toBeVisible()
  await ada.goOffline()
  await tab.page.reload()
  await expect(tab.page.getByText('The server does not answer.')).toBeVisible()
  await tab.hasShapes(0)
})

test('the service worker keeps the app and its pictures, and nothing of the API', async ({
  makePerson,
}) => {
  const ada = await makePerson()
  const tab = await ada.openReady()
  await tab.importFile(PICTURE)
  await tab.hasShapes(1)
  await tab.saved()
  await tab.page.reload()
  await tab.settled()
  await expect.poll(() => cachedPaths(tab, 'kolam-pictures')).toHaveLength(1)
  const shell = await cachedPaths(tab, 'kolam-shell')
  expect(shell).toContain('/')
  expect(shell.filter((address) => !/^\/($|static\/|[^/]+\.(js|svg)$)/.test(address))).toEqual([])
  expect(shell).not.toContain('/sw.js')

  await ada.goOffline()
  await tab.page.reload()
  await tab.hasShapes(1)
  const [picture] = await cachedPaths(tab, 'kolam-pictures')
  const answer = await tab.page.evaluate(async (address) => {
    const response = await fetch(address)
    return [response.status, response.headers.get('content-type')]
  }, picture!)
  expect(answer).toEqual([200, 'image/png'])
})

/** What the caches whose names begin so hold. */
function cachedPaths({ page }: BoardPage, prefix: string): Promise<string[]> {
  return page.evaluate(async (start) => {
    const names = (await caches.keys()).filter((name) => name.startsWith(start))
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => new URL(url).pathname)
  }, prefix)
}

test('home lists the boards this browser keeps while the server does not answer', async ({
  makePerson,
  server,
  board,
}) => {
  const ada = await makePerson()
  const tab = await ada.openReady()
  await draw(tab, 300)
  await tab.saved()
  await ada.goOffline()
  await draw(tab, 420)
  await expect(light(tab)).toHaveText(/kept in this browser/)
  await tab.page.goto(server.url)
  await expect(tab.page.getByText('The server does not answer.')).toBeVisible()
  const row = tab.page.getByRole('listitem').filter({ hasText: 'not sent yet' })
  await expect(row).toHaveCount(1)
  await row.getByRole('link').click()
  await expect(tab.page).toHaveURL(`${server.url}/b/${board}`)
  await tab.hasShapes(2)
})

test('the copy of a board that was put away goes when all of it was saved, and stays otherwise', async ({
  makePerson,
  server,
  board,
}) => {
  const [ada, bob] = [await makePerson(), await makePerson()]
  const [adas, bobs] = [await ada.openReady(), await bob.openReady()]
  await draw(adas, 300)
  await Promise.all([adas.saved(), bobs.hasShapes(1), bobs.saved()])
  await ada.goOffline()
  await draw(adas, 420)
  await expect(light(adas)).toHaveText(/changes? kept in this browser/)
  await server.start()
  await bobs.saved()
  await fetch(`${server.url}/api/documents/${board}`, { method: 'DELETE' })
  await expect(bobs.page.getByText('The server refused this board.')).toBeVisible()
  await ada.context.setOffline(false)
  await expect(adas.page.getByText(/changes? kept in this browser/)).not.toHaveCount(0)
  await expect(adas.page.getByText('The server refused this board.')).toBeVisible()
  for (const [tab, count] of [
    [adas, 2],
    [bobs, 0],
  ] as const) {
    await server.kill()
    await tab.page.reload()
    await tab.hasShapes(count)
    await server.start()
  }
})
