/** Several people at once: presence, the same shape in two hands, the network going away. */
import { expect, test } from './support/test.ts'

test("another person's cursor is seen with a name, and goes with them", async ({
  board,
  openTab,
}) => {
  const [ada, bob] = [await openTab(board), await openTab(board)]
  await bob.page.mouse.move(500, 300)
  await bob.page.mouse.move(520, 320)
  const cursors = ada.page
    .getByRole('list', { name: /people on this board/i })
    .getByRole('listitem')
  await expect(cursors).toHaveCount(1)
  await expect(cursors.first()).toHaveText(/\w+/)
  await bob.page.close()
  await expect(cursors).toHaveCount(0)
})

test('two people move one shape at once: both end with the same picture', async ({
  board,
  openTab,
}) => {
  const [ada, bob] = [await openTab(board), await openTab(board)]
  await ada.dragTool('r', { x: 400, y: 300 }, { x: 500, y: 380 })
  await bob.hasShapes(1)
  await bob.page.keyboard.press('v')
  await Promise.all([
    ada.drag({ x: 450, y: 300 }, { x: 600, y: 200 }),
    bob.drag({ x: 400, y: 340 }, { x: 300, y: 500 }),
  ])
  await Promise.all([ada.saved(), bob.saved()])
  await Promise.all([ada.fit(), bob.fit()])
  await bob.looksLike(ada)
})

test('two people type in one text at once and both words stay', async ({ board, openTab }) => {
  const [ada, bob] = [await openTab(board), await openTab(board)]
  await ada.page.keyboard.press('t')
  await ada.page.mouse.click(400, 300)
  await ada.page.keyboard.type('paper ')
  await ada.page.keyboard.press('Escape')
  await ada.saved()
  // The shape comes before its words: both must see the same before both open it.
  await bob.hasShapes(1)
  await expect(async () => {
    await Promise.all([ada.fit(), bob.fit()])
    expect(await bob.differingPixels(await ada.picture())).toBe(0)
  }).toPass()
  const [adasText, bobsText] = [ada.page.locator('textarea'), bob.page.locator('textarea')]
  for (const tab of [ada, bob]) {
    await tab.page.mouse.dblclick(640, 400)
    await expect(tab.page.locator('textarea')).toHaveValue('paper ')
  }
  await adasText.press('End')
  await bobsText.press('Home')
  await Promise.all([
    adasText.pressSequentially('boats', { delay: 15 }),
    bobsText.pressSequentially('folded ', { delay: 15 }),
  ])
  await expect(adasText).toHaveValue('folded paper boats')
  await expect(bobsText).toHaveValue('folded paper boats')
  await ada.hasShapes(1)
})

test('cut off, work goes on, is called local, and arrives on return', async ({
  server,
  board,
  openTab,
}) => {
  const [ada, bob] = [await openTab(board), await openTab(board)]
  await ada.page.context().setOffline(true)
  await server.kill()
  await ada.dragTool('r', { x: 300, y: 300 }, { x: 400, y: 380 })
  await expect(ada.root).toHaveAttribute('data-save', 'local')
  await server.start()
  await ada.page.context().setOffline(false)
  await ada.saved()
  await bob.hasShapes(1)
})
