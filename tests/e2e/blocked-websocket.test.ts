/** Behind proxies that let no WebSocket through: people draw together all the same, and move over when one gets through. */
import type { Browser } from '@playwright/test'
import { HttpProxy, type ProxyWays } from '../relay/support/http-proxy.ts'
import { BoardPage } from './support/board-page.ts'
import { expect, test as base } from './support/test.ts'

interface Fixtures {
  /** A proxy before the server. */
  inTheWay: HttpProxy
  /** Somebody of their own on the board, behind the proxy. */
  behind: (ways: ProxyWays) => Promise<BoardPage>
}

const test = base.extend<Fixtures>({
  inTheWay: async ({ server }, use) => {
    const proxy = await HttpProxy.before(server.port)
    await use(proxy)
    await proxy.close()
  },
  behind: async ({ browser, inTheWay, board }, use) => {
    const tabs: BoardPage[] = []
    await use(async (ways) => {
      Object.assign(inTheWay.ways, ways)
      const tab = await newTab(browser)
      tabs.push(tab)
      await tab.open(new URL(inTheWay.syncUrl.replace('ws', 'http')).origin, board)
      return tab
    })
    for (const { page } of tabs) await page.context().close()
  },
})

async function newTab(browser: Browser): Promise<BoardPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  return new BoardPage(await context.newPage())
}

/** The cursors of the others. */
function others(tab: BoardPage) {
  return tab.page.getByRole('list', { name: /people on this board/i }).getByRole('listitem')
}

/** Both draw, and each sees what the other one did and that the other one is there. */
async function drawTogether(ada: BoardPage, bob: BoardPage): Promise<void> {
  await ada.dragTool('r', { x: 200, y: 200 }, { x: 300, y: 280 })
  await bob.hasShapes(1)
  await bob.dragTool('o', { x: 420, y: 200 }, { x: 520, y: 280 })
  await ada.hasShapes(2)
  await expect(others(ada)).toHaveCount(1)
  await Promise.all([ada.saved(), bob.saved()])
}

for (const [name, ways] of [
  ['lets no upgrade through', { upgrades: 'cut' }],
  ['gathers answers too', { upgrades: 'refuse', gathers: true }],
] as const) {
  test(`a proxy that ${name}: two people draw, see each other, and all is saved`, async ({
    behind,
    inTheWay,
    server,
    openTab,
    board,
  }) => {
    const [ada, bob] = [await behind(ways), await behind(ways)]
    await drawTogether(ada, bob)
    expect(inTheWay.count('post')).toBeGreaterThan(0)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toMatch(/^kolam_connections 2$/m)
    await bob.page.close()
    await expect(others(ada)).toHaveCount(0)
    // What was called saved is there for whoever comes by another way.
    const eve = await openTab(board)
    await eve.hasShapes(2)
  })
}

test('when WebSockets get through again the tab moves over and nothing is lost', async ({
  behind,
  inTheWay,
}) => {
  const [ada, bob] = [await behind({ upgrades: 'refuse' }), await behind({})]
  await drawTogether(ada, bob)
  inTheWay.ways.upgrades = 'pass'
  const webSocket = ada.page.waitForEvent('websocket')
  await ada.page.evaluate(() => window.dispatchEvent(new Event('online')))
  await webSocket
  await expect.poll(() => inTheWay.count('leave')).toBe(1)
  await ada.dragTool('r', { x: 600, y: 200 }, { x: 700, y: 280 })
  await bob.hasShapes(3)
  await bob.dragTool('o', { x: 600, y: 400 }, { x: 700, y: 480 })
  await ada.hasShapes(4)
  await Promise.all([ada.saved(), bob.saved()])
  // Nothing of hers goes over HTTP any more.
  expect(inTheWay.count('stream')).toBe(2)
})

test('a server that restarts is found again over HTTP', async ({ behind, server }) => {
  const [ada, bob] = [await behind({ upgrades: 'cut' }), await behind({})]
  await drawTogether(ada, bob)
  await server.kill()
  await expect(ada.root).toHaveAttribute('data-save', /local|saved/)
  await ada.dragTool('r', { x: 600, y: 200 }, { x: 700, y: 280 })
  await expect(ada.root).toHaveAttribute('data-save', 'local')
  await server.start()
  await bob.hasShapes(3)
  await Promise.all([ada.saved(), bob.saved()])
})
