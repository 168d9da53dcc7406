/** Playwright's `test` with a real server of its own for each test and tabs on its boards. */
import { test as base, expect } from '@playwright/test'
import { BoardPage } from './board-page.ts'
import { KolamServer } from './server.ts'

interface Fixtures {
  server: KolamServer
  /** A new browser context (its own storage, its own person) on board `id`. */
  openTab: (id: string) => Promise<BoardPage>
  /** Fresh board id for this test. */
  board: string
}

export const test = base.extend<Fixtures>({
  server: async ({ browserName }, use) => {
    expect(browserName).toBe('chromium')
    const server = await KolamServer.create()
    await use(server)
    await server.dispose()
  },
  board: async ({ browserName }, use, info) => {
    await use(`${browserName}-${info.testId}`)
  },
  openTab: async ({ browser, server }, use) => {
    const errors: string[] = []
    const contexts: { close(): Promise<void> }[] = []
    await use(async (id) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => errors.push(String(error)))
      page.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url())
        const own = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:'
        if (!own) errors.push(`loaded from another host: ${request.url()}`)
      })
      const tab = new BoardPage(page)
      await tab.open(server.url, id)
      return tab
    })
    for (const context of contexts) await context.close()
    expect(errors, 'uncaught errors and foreign requests in the tabs').toEqual([])
  },
})

export { expect }
