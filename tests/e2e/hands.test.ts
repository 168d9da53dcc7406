/** What one person does with mouse and keys: every tool, every way out, small windows, dark. */
import { expect, test } from './support/test.ts'
import type { BoardPage } from './support/board-page.ts'

const TOOLS = [
  ['r', 'rectangle'],
  ['o', 'ellipse'],
  ['a', 'arrow'],
  ['l', 'line'],
  ['p', 'draw'],
] as const

for (const [key, name] of TOOLS) {
  test(`${name}: drag makes one, undo takes it back, redo brings it again`, async ({
    board,
    openTab,
  }) => {
    const ada = await openTab(board)
    await ada.dragTool(key, { x: 400, y: 300 }, { x: 520, y: 380 })
    await ada.hasShapes(1)
    await ada.undo()
    await ada.hasShapes(0)
    await ada.page.keyboard.press('ControlOrMeta+Shift+z')
    await ada.hasShapes(1)
  })
}

test('escape while dragging leaves nothing behind', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.page.keyboard.press('r')
  await ada.page.mouse.move(400, 300)
  await ada.page.mouse.down()
  await ada.page.mouse.move(500, 400, { steps: 4 })
  await ada.page.keyboard.press('Escape')
  await ada.page.mouse.up()
  await ada.hasShapes(0)
  await ada.saved()
})

test('the eraser removes what it touches, as one step', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.dragTool('r', { x: 300, y: 300 }, { x: 360, y: 360 })
  await ada.dragTool('r', { x: 450, y: 300 }, { x: 510, y: 360 })
  await ada.hasShapes(2)
  await ada.dragTool('e', { x: 270, y: 330 }, { x: 540, y: 330 })
  await ada.hasShapes(0)
  await ada.undo()
  await ada.hasShapes(2)
})

test('text typed on the board stays after a reload', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.page.keyboard.press('t')
  await ada.page.mouse.click(400, 300)
  await ada.page.keyboard.type('good morning')
  await ada.page.keyboard.press('Escape')
  await ada.hasShapes(1)
  await ada.saved()
  await ada.page.reload()
  await ada.hasShapes(1)
  await ada.page.mouse.dblclick(430, 312)
  await expect(ada.page.locator('textarea')).toHaveValue('good morning')
})

test('keyboard alone: select all, nudge, duplicate, group, delete', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.dragTool('r', { x: 300, y: 300 }, { x: 360, y: 360 })
  await ada.dragTool('o', { x: 450, y: 300 }, { x: 510, y: 360 })
  const { keyboard } = ada.page
  await keyboard.press('ControlOrMeta+a')
  await keyboard.press('ArrowRight')
  await keyboard.press('ControlOrMeta+d')
  await ada.hasShapes(4)
  await keyboard.press('ControlOrMeta+g')
  await ada.hasShapes(5)
  await keyboard.press('Delete')
  await ada.hasShapes(2)
  await ada.saved()
})

test('letters typed into a field are not shortcuts', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.dragTool('r', { x: 300, y: 300 }, { x: 360, y: 360 })
  await ada.page
    .getByRole('button', { name: /rename|title|untitled/i })
    .first()
    .click()
  await ada.page.keyboard.type('rope')
  await ada.page.keyboard.press('Backspace')
  await ada.page.keyboard.press('Enter')
  await ada.hasShapes(1)
  await expect(ada.page).toHaveTitle(/rop/)
})

test('every button has a name, and the first tab stop is visible', async ({ board, openTab }) => {
  const ada = await openTab(board)
  for (const button of await ada.page.getByRole('button').all()) {
    await expect(button).toHaveAccessibleName(/\w|[+−-]/)
  }
  await ada.page.keyboard.press('Tab')
  const focused = ada.page.locator(':focus-visible')
  await expect(focused).toBeVisible()
  expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
})

for (const [name, size] of [
  ['a phone', { width: 390, height: 844 }],
  ['a small laptop', { width: 1024, height: 600 }],
] as const) {
  test(`on ${name} nothing overflows and drawing works`, async ({ board, openTab }) => {
    const ada = await openTab(board)
    await ada.page.setViewportSize(size)
    await ada.dragTool('r', { x: 120, y: 250 }, { x: 220, y: 330 })
    await ada.hasShapes(1)
    await ada.settled()
    expect(await overflow(ada)).toEqual({ x: 0, y: 0 })
  })
}

test('dark mode is taken from the system and from the menu', async ({ board, openTab }) => {
  const ada = await openTab(board)
  await ada.page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(ada)).toBeLessThan(60)
  await ada.page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => background(ada)).toBeGreaterThan(200)
  await ada.page.getByRole('button', { name: /theme|appearance/i }).click()
  await ada.page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(() => background(ada)).toBeLessThan(60)
})

async function overflow(tab: BoardPage): Promise<{ x: number; y: number }> {
  return tab.page.evaluate(() => ({
    x: Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
    y: Math.max(0, document.documentElement.scrollHeight - window.innerHeight),
  }))
}

/** How light the empty middle of the board looks, 0…255, from a screenshot's pixel. */
async function background(tab: BoardPage): Promise<number> {
  const shot = await tab.page.screenshot({ clip: { x: 640, y: 250, width: 1, height: 1 } })
  return tab.page.evaluate(async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    if (!context) return -1
    context.drawImage(image, 0, 0)
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data
    return (r + g + b) / 3
  }, shot.toString('base64'))
}
