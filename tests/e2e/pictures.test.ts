/** Pictures and clipboards: what a person brings along. */
import path from 'node:path'
import { expect, test } from './support/test.ts'

const PICTURE = path.resolve(import.meta.dirname, '../../docs/images/board.png')

test('a picture becomes a shape, is seen by others and stays after a restart', async ({
  server,
  board,
  openTab,
}) => {
  const [ada, bob] = [await openTab(board), await openTab(board)]
  await ada.importFile(PICTURE)
  await ada.hasShapes(1)
  await ada.saved()
  await bob.hasShapes(1)
  await Promise.all([ada.fit(), bob.fit()])
  await bob.looksLike(ada)
  const picture = await ada.picture()
  await server.kill()
  await server.start()
  const eve = await openTab(board)
  await eve.fit()
  expect(await eve.differingPixels(picture)).toBe(0)
})

test('a file that only calls itself a picture gets one sentence and changes nothing', async ({
  board,
  openTab,
}) => {
  const ada = await openTab(board)
  const buffer = Buffer.from('<html><script>alert(1)</script></html>')
  await ada.importFile({ name: 'cat.png', mimeType: 'image/png', buffer })
  await expect(ada.page.getByRole('alert')).toHaveText(/\w+ .+/)
  await ada.hasShapes(0)
})

test('shapes are copied from one board and pasted into another', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await ada.dragTool('r', { x: 300, y: 300 }, { x: 400, y: 380 })
  await ada.dragTool('o', { x: 450, y: 300 }, { x: 550, y: 380 })
  await ada.page.keyboard.press('ControlOrMeta+a')
  await ada.page.keyboard.press('ControlOrMeta+c')
  await ada.page.goto(`${new URL(ada.page.url()).origin}/b/${board}-second`)
  await ada.settled()
  await ada.hasShapes(0)
  await ada.page.mouse.click(640, 400)
  await ada.page.keyboard.press('ControlOrMeta+v')
  await ada.hasShapes(2)
  await ada.saved()
})
