/** The history of a board: versions are named, looked at, and brought back, whole or in part. */
import type { BoardPage, Spot } from './support/board-page.ts'
import { HistoryPanel } from './support/history-panel.ts'
import { joinStock } from './support/stock-client.ts'
import { expect, test as base } from './support/test.ts'

const LEFT = { from: { x: 200, y: 260 }, to: { x: 300, y: 340 } }
const MIDDLE = { from: { x: 400, y: 260 }, to: { x: 500, y: 340 } }
const RIGHT = { from: { x: 600, y: 260 }, to: { x: 700, y: 340 } }
const LOW = { from: { x: 400, y: 460 }, to: { x: 500, y: 540 } }
/** Nothing is drawn there. */
const NOTHING = { x: 760, y: 600 }

interface Fixtures {
  /** A tab on the board. */
  ada: BoardPage
  /** The history in that tab, open: the two boxes at the left are kept as “Two boxes”, the right one came after. */
  history: HistoryPanel
}

const test = base.extend<Fixtures>({
  ada: async ({ board, openTab }, use) => use(await openTab(board)),
  history: async ({ ada }, use) => use(await withNamedVersion(ada)),
})

test('a version is looked at while others work, and the board goes back to it and forth again', async ({
  board,
  openTab,
  ada,
  history,
}) => {
  const bob = await openTab(board)
  await bob.hasShapes(3)

  await history.choose('Two boxes')
  await history.hasPastShapes(2)
  await bob.dragTool('o', LOW.from, LOW.to)
  await ada.hasShapes(4)
  await history.hasPastShapes(2)

  await history.back.click()
  await history.showsNow()
  await ada.hasShapes(2)
  await bob.hasShapes(2)
  await expect(history.row('Before going back')).toBeVisible()
  await expect(ada.page.getByText('The board is as it was at')).toBeVisible()

  await ada.undo()
  await ada.hasShapes(4)
  await bob.hasShapes(4)
  // What took it back is what the message offered.
  await expect(ada.page.getByText('The board is as it was at')).toHaveCount(0)

  await history.choose('Before going back')
  await history.hasPastShapes(4)
})

test('nothing drawn or pressed in the past reaches the board', async ({ ada, history }) => {
  await ada.page.keyboard.press('ControlOrMeta+a')
  await history.choose('Two boxes')
  await clickAt(ada, NOTHING)
  for (const key of ['r', 'ControlOrMeta+a', 'Delete', 'ControlOrMeta+z', 'ControlOrMeta+v']) {
    await ada.page.keyboard.press(key)
  }
  await ada.drag(LOW.from, LOW.to)
  await ada.page.keyboard.press('Escape')
  await history.showsNow()
  await ada.hasShapes(3)
  await ada.settled()
})

test('one shape comes back alone, and the toast takes it away again', async ({ ada, history }) => {
  await clickAt(ada, NOTHING)
  await ada.page.keyboard.press('ControlOrMeta+a')
  await ada.page.keyboard.press('Delete')
  await ada.hasShapes(0)

  await history.choose('Two boxes')
  await clickAt(ada, edgeOf(LEFT))
  await ada.page.keyboard.down('Shift')
  await clickAt(ada, edgeOf(MIDDLE))
  await ada.page.keyboard.up('Shift')
  await expect(ada.page.getByRole('button', { name: 'Bring back 2 shapes' })).toBeVisible()
  await clickAt(ada, edgeOf(LEFT))
  await ada.page.getByRole('button', { name: 'Bring back 1 shape' }).click()
  await history.showsNow()
  await ada.hasShapes(1)
  await ada.page.getByRole('button', { name: 'Undo' }).last().click()
  await ada.hasShapes(0)
  await ada.saved()
})

test('a version gets another name, loses it, and a reload knows', async ({ ada, history }) => {
  await history.row('Two boxes').focus()
  await ada.page.keyboard.press('F2')
  await ada.page.keyboard.type('Pair')
  await ada.page.keyboard.press('Escape')
  await expect(history.row('Two boxes')).toBeFocused()
  await history.row('Two boxes').dblclick()
  await ada.page.keyboard.type('The pair')
  await ada.page.keyboard.press('Enter')
  await expect(history.row('The pair')).toBeVisible()
  await reopened(ada, history)
  await expect(history.row('The pair')).toBeVisible()
  const number = await history.row('The pair').getAttribute('data-point')

  await history.row('The pair').hover()
  await history.panel.getByRole('button', { name: 'Remove the name' }).click()
  await expect(history.row('The pair')).toHaveCount(0)
  await reopened(ada, history)
  const same = history.panel.locator(`[data-point="${number}"]`)
  await expect(same).toHaveText(/^\s*\d\d:\d\d/)
})

test('a server that does not answer is said so, nothing is brought back, and it comes back by itself', async ({
  server,
  ada,
  history,
}) => {
  await history.choose('Two boxes')
  await server.kill()
  await expect(history.banner).toContainText('Without the server nothing can be brought back')
  await expect(history.back).toBeDisabled()
  await ada.page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(history.panel).toHaveAttribute('data-history', 'offline')
  await expect(history.panel.getByRole('alert')).toContainText('does not answer')
  await history.hasPastShapes(2)

  await server.start()
  await history.ready()
  await expect(history.panel.getByRole('alert')).toHaveCount(0)
  await expect(history.back).toBeEnabled()
  await history.back.click()
  await ada.hasShapes(2)
})

test('the history is opened, read and gone back to by the keyboard alone', async ({
  ada,
  history,
}) => {
  await history.close()
  const { keyboard } = ada.page
  await keyboard.press('Control+Alt+h')
  await history.ready()
  await expect(history.now).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(history.row('Two boxes')).toBeFocused()
  await keyboard.press('Enter')
  await history.shows('Two boxes')
  await keyboard.press('Escape')
  await history.showsNow()
  await keyboard.press('Enter')
  await history.shows('Two boxes')

  await tabTo(ada, history.back)
  await keyboard.press('Enter')
  await history.showsNow()
  await ada.hasShapes(2)
  await expect(history.now).toBeFocused()
  await keyboard.press('ControlOrMeta+z')
  await ada.hasShapes(3)
  await keyboard.press('Escape')
  await expect(history.panel).toHaveCount(0)
})

test('what happened is told shape by shape, since the version before and until now', async ({
  board,
  ada,
  history,
}) => {
  await clickAt(ada, edgeOf(LEFT))
  await ada.page.keyboard.press('Delete')
  await ada.saved()
  await history.nameThis('One went')
  await history.choose('One went')
  await expect(history.banner).toContainText('2 changes since the version before')
  const changes = history.panel.locator('[data-changes="2"]')
  await expect(changes).toContainText('Ellipse')
  await expect(changes).toContainText('Rectangle')

  await history.choose('Two boxes')
  await expect(history.banner).toContainText('2 changes since the beginning')
  await history.panel.getByText('Until now').click()
  await expect(history.banner).toContainText('2 changes since then')

  await ada.page.getByRole('link', { name: 'All boards' }).click()
  await expect(ada.page.locator(`a[href="/b/${board}"]`)).toBeVisible()
})

test('a version that was forgotten meanwhile is said to be gone', async ({
  server,
  board,
  ada,
  history,
}) => {
  await history.nameThis('Three boxes')
  await history.nameThis('Three again')
  await history.choose('Two boxes')
  await fetch(`${server.url}/api/documents/${board}/history`, { method: 'DELETE' })

  await history.row('Three boxes').click()
  await expect(ada.page.getByText('This version is not kept any more: older')).toBeVisible()
  await expect(history.row('Three boxes')).toHaveCount(0)
  await expect(history.banner).toContainText('it can be looked at until you leave it')
  await history.back.click()
  await ada.hasShapes(2)
})

test('the history is forgotten after one more question', async ({ ada, history }) => {
  await history.nameThis('Three boxes')
  const forget = async (answer: string) => {
    await history.panel.getByRole('button', { name: 'More' }).click()
    await ada.page.getByRole('menuitem', { name: 'Forget history…' }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: answer }).click()
    await expect(ada.page.getByRole('dialog', { name: 'Forget the history?' })).toHaveCount(0)
  }
  await forget('Keep it')
  await expect(history.row('Two boxes')).toBeVisible()
  await forget('Forget the history')
  await expect(history.row('Two boxes')).toHaveCount(0)
  await ada.hasShapes(3)
})

test('nothing is changed when the board as it is now cannot be kept', async ({ ada, history }) => {
  await history.choose('Two boxes')
  await ada.page.route('**/history', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const error = { code: 'unavailable', message: 'The disk is full' }
    return route.fulfill({ status: 503, json: { error } })
  })
  await history.back.click()
  await expect(ada.page.getByText('Nothing was changed')).toContainText('The disk is full.')
  await history.hasPastShapes(2)
  await ada.hasShapes(3)
  await expect(history.row('Before going back')).toHaveCount(0)
})

test('another choice is not overtaken by the one before, and what cannot be read is said so', async ({
  ada,
  history,
}) => {
  await history.nameThis('Three boxes')
  const slow = Promise.withResolvers<void>()
  await ada.page.route('**/history/1/state', async (route) => {
    await slow.promise
    await route.continue().catch(() => {})
  })
  const asked = ada.page.waitForRequest('**/history/1/state')
  await history.row('Two boxes').click()
  await asked
  await expect(history.row('Two boxes')).toHaveAttribute('aria-busy', 'true')
  await history.choose('Three boxes')
  slow.resolve()
  await history.hasPastShapes(3)

  await ada.page.unroute('**/history/1/state')
  await ada.page.route('**/history/1/state', (route) => route.fulfill({ body: 'no update' }))
  await history.row('Two boxes').click()
  await expect(ada.page.getByText('This version cannot be read here.')).toBeVisible()
  await history.shows('Three boxes')
  await expect(history.row('Three boxes')).toHaveAttribute('aria-current', 'true')
})

test('on a board that can only be read, versions are looked at and not brought back', async ({
  server,
  board,
  history,
}) => {
  const newer = await joinStock(server.syncUrl, board)
  newer.doc.getMap('meta').set('format', 99)
  await history.choose('Two boxes')
  await history.hasPastShapes(2)
  await expect(history.banner).toContainText('can only be read')
  await expect(history.back).toBeDisabled()
  newer.close()
})

/** Two boxes, kept under a name; then one more shape. The history is open. */
async function withNamedVersion(tab: BoardPage): Promise<HistoryPanel> {
  await tab.dragTool('r', LEFT.from, LEFT.to)
  await tab.dragTool('r', MIDDLE.from, MIDDLE.to)
  await tab.page.keyboard.press('Escape')
  await tab.saved()
  const history = new HistoryPanel(tab)
  await history.open()
  await history.nameThis('Two boxes')
  await tab.dragTool('o', RIGHT.from, RIGHT.to)
  await tab.page.keyboard.press('Escape')
  await tab.hasShapes(3)
  await tab.saved()
  return history
}

async function clickAt({ page }: BoardPage, { x, y }: Spot): Promise<void> {
  await page.mouse.click(x, y)
}

/** A box has no fill: it is hit on its outline. */
function edgeOf({ from, to }: typeof LEFT): Spot {
  return { x: from.x, y: (from.y + to.y) / 2 }
}

async function reopened(tab: BoardPage, history: HistoryPanel): Promise<void> {
  await tab.page.reload()
  await tab.settled()
  await history.open()
}

/** Press the Tab key backwards until this has the focus, as somebody without a mouse would. */
async function tabTo(tab: BoardPage, target: ReturnType<BoardPage['page']['locator']>) {
  await expect(async () => {
    await tab.page.keyboard.press('Shift+Tab')
    await expect(target).toBeFocused({ timeout: 50 })
  }).toPass()
}
