/** Home, by hand: make a board, rename it, and what is said when the server does not answer. */
import type { BoardPage } from './support/board-page.ts'
import { expect, test } from './support/test.ts'

test('a board is made at home, named there, and the name is in the open tab', async ({
  server,
  board,
  openTab,
}) => {
  const ada = await withShape(await openTab(board))
  const home = await ada.page.context().newPage()
  await home.goto(server.url)
  await expect(home.locator(`a[href="/b/${board}"]`)).toBeVisible()
  await home.getByRole('button', { name: 'Rename' }).first().click()
  await home.keyboard.type('Harvest')
  await home.keyboard.press('Enter')
  await expect(home.getByText('Harvest')).toBeVisible()
  await expect(ada.page).toHaveTitle(/Harvest/)

  const make = home.getByRole('button', { name: 'New board' })
  await make
    .or(home.getByRole('link', { name: 'New board' }))
    .first()
    .click()
  await expect(home).toHaveURL(/\/b\/[A-Za-z0-9_-]{22}$/)
  await expect(home.locator('[data-save="saved"]')).toHaveAttribute('data-shapes', '0')
})

test('a server that does not answer is said so, and home comes back by itself', async ({
  server,
  board,
  openTab,
}) => {
  const ada = await withShape(await openTab(board))
  await ada.page
    .getByRole('link', { name: /home|boards/i })
    .first()
    .click()
  await expect(ada.page.locator(`a[href="/b/${board}"]`)).toBeVisible()
  await server.kill()
  await ada.page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect(ada.page.getByRole('alert')).toContainText('does not answer')
  await server.start()
  await expect(ada.page.getByRole('alert')).toHaveCount(0)
  await expect(ada.page.locator(`a[href="/b/${board}"]`)).toBeVisible()
})

test('a board goes into the trash, whoever has it open is told, and it comes back as it was', async ({
  server,
  board,
  openTab,
}) => {
  const ada = await withShape(await openTab(board))
  const home = await ada.page.context().newPage()
  await home.goto(server.url)
  const link = home.locator(`a[href="/b/${board}"]`)
  await link.focus()
  await home.keyboard.press('Delete')
  await expect(link).toHaveCount(0)
  await expect(ada.page.getByText('the document is in the trash')).toBeVisible()

  await home.getByRole('button', { name: 'Undo' }).click()
  await expect(link).toBeVisible()
  await ada.page.reload()
  await ada.saved()
  expect(await ada.page.locator('[data-shapes]').first().getAttribute('data-shapes')).toBe('1')

  await home.getByRole('button', { name: 'Move to trash' }).first().click()
  await home.locator('summary').click()
  await home.getByRole('button', { name: /^Delete “.*” for ever$/ }).click()
  await home.getByRole('button', { name: 'Delete for ever' }).click()
  await expect(home.locator('summary')).toHaveCount(0)
  await home.goto(`${server.url}/b/${board}`)
  await expect(home.getByText('was deleted')).toBeVisible()
})

/** Draws one shape and waits until it is saved. */
async function withShape(tab: BoardPage): Promise<BoardPage> {
  await tab.dragTool('r', { x: 300, y: 300 }, { x: 400, y: 380 })
  await tab.saved()
  return tab
}
