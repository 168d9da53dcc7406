/** The tests' `test` with a faulty network before the server, and tabs that come through it. */
import type { Browser, Page } from '@playwright/test'
import { BoardPage } from './board-page.ts'
import { FaultProxy } from './fault-proxy.ts'
import { expect, test as base } from './test.ts'

/** What the network draws by lot comes of it; the environment's `SEED` where there is one. */
export const SEED = Number(process.env['SEED'] ?? 1)

interface Fixtures {
  network: FaultProxy
  /** Somebody of their own on the board, through the network; `before` is done to the page before it loads. */
  through: (before?: (page: Page) => Promise<void>) => Promise<BoardPage>
}

export const test = base.extend<Fixtures>({
  network: async ({ server }, use) => {
    const proxy = await FaultProxy.before(server.port, SEED)
    await use(proxy)
    await proxy.close()
  },
  through: async ({ browser, network, board }, use) => {
    const pages: Page[] = []
    const errors: string[] = []
    await use(async (before) => {
      const page = await newPage(browser)
      pages.push(page)
      page.on('pageerror', (error) => errors.push(String(error)))
      await before?.(page)
      const tab = new BoardPage(page)
      await tab.open(network.url, board)
      return tab
    })
    for (const page of pages) await page.context().close()
    expect(errors, 'uncaught errors in the tabs').toEqual([])
  },
})

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  return context.newPage()
}

export { expect }
