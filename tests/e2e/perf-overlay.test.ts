/** The frame times for developers: on a key, beside the board, in nobody's way. */
import type { Locator, Page } from '@playwright/test'
import type { BoardPage } from './support/board-page.ts'
import { expect, test as base } from './support/test.ts'

const TOGGLE = 'ControlOrMeta+Alt+p'
const HIGH = { from: { x: 500, y: 200 }, to: { x: 700, y: 300 } }
const LOW = { from: { x: 500, y: 400 }, to: { x: 700, y: 500 } }

interface Fixtures {
  /** A tab on the board, with nothing on it. */
  ada: BoardPage
  /** The frame times in that tab, open or not. */
  panel: Locator
}

const test = base.extend<Fixtures>({
  ada: async ({ board, openTab }, use) => use(await openTab(board)),
  panel: async ({ ada }, use) => use(ada.page.getByRole('region', { name: 'Frame times' })),
})

test('the key opens the frame times; they and the marks in the profiler follow the board until it is pressed again', async ({
  ada,
  panel,
}) => {
  const { page } = ada
  const scripts = scriptsOf(page)
  await page.evaluate(takeNotes)
  await ada.dragTool('r', HIGH.from, HIGH.to)
  await ada.settled()
  expect(await page.evaluate(notes)).toEqual({ marks: [], rates: [] })
  expect(scripts.filter(isPanel)).toEqual([])

  await page.keyboard.press(TOGGLE)
  await expect(panel.getByText('idle')).toBeVisible()
  expect(scripts.filter(isPanel)).toHaveLength(1)
  await ada.dragTool('r', LOW.from, LOW.to)
  await expect.poll(async () => (await page.evaluate(notes)).rates).not.toEqual([])
  await expect(panel.getByText('idle')).toBeVisible()
  await expect(figure(panel, 'Shapes on the board')).toHaveText('2')
  await expect(figure(panel, 'Tiles')).toHaveText(/^[1-9]\d*$/)
  await expect(figure(panel, 'Tile memory')).toHaveText(/^\d+\.\d MB$/)
  for (const name of ['last', 'p95', 'longest', 'Scene', 'Overlay']) {
    await expect(figure(panel, name)).toHaveText(/^[\d.]+ ms$/)
  }
  expect((await page.evaluate(notes)).marks).toEqual(['kolam:overlay', 'kolam:scene'])
  expect(await page.evaluate(() => performance.getEntriesByType('measure').length)).toBe(0)

  await page.keyboard.press(TOGGLE)
  await expect(panel).toHaveCount(0)
  await page.evaluate(takeNotes)
  await ada.undo()
  await ada.hasShapes(1)
  await ada.settled()
  expect(await page.evaluate(notes)).toEqual({ marks: [], rates: [] })
})

test('its button and Escape close it, the rest lets the pointer through, and the shortcuts name it', async ({
  ada,
  panel,
}) => {
  const { keyboard } = ada.page
  const close = panel.getByRole('button', { name: 'Close the frame times' })
  await keyboard.press(TOGGLE)
  await close.click()
  await expect(panel).toHaveCount(0)

  await keyboard.press(TOGGLE)
  const { left, right, top, bottom } = await boxOf(panel)
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 }
  await ada.dragTool('r', { x: left + 20, y: bottom - 20 }, middle)
  await ada.hasShapes(1)
  await keyboard.press('Escape')
  await expect(panel).toBeVisible()
  await close.focus()
  await keyboard.press('Escape')
  await expect(panel).toHaveCount(0)

  await keyboard.press('?')
  const help = ada.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(figure(help, 'Frame times, for developers')).toHaveText(/Alt\s*P$/)
})

test('it covers no button, however large the window is', async ({ ada, panel }) => {
  const { page } = ada
  await ada.dragTool('r', { x: 240, y: 380 }, { x: 320, y: 420 })
  await page.keyboard.press(TOGGLE)
  for (const [width, height] of [
    [1280, 800],
    [900, 700],
    [390, 844],
    [844, 390],
  ] as const) {
    await page.setViewportSize({ width, height })
    const own = await boxOf(panel)
    const window = { left: 0, top: 0, right: width, bottom: height }
    expect(own).toEqual(overlap(own, window))
    const others = await page.evaluate(otherButtons)
    expect(others.length).toBeGreaterThan(10)
    const covered = others.filter(({ box }) => overlap(own, box) !== null)
    expect(covered, `${width} by ${height}`).toEqual([])
  }
})

/** What stands beside a name in a list of names and values. */
function figure(within: Locator, name: string): Locator {
  return within.locator(`dt:text-is("${name}") + dd`)
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

async function boxOf(locator: Locator): Promise<Box> {
  await expect(locator).toBeVisible()
  return locator.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left, top, right, bottom }
  })
}

/** What two boxes share; null if nothing. */
function overlap(a: Box, b: Box): Box | null {
  const left = Math.max(a.left, b.left)
  const top = Math.max(a.top, b.top)
  const right = Math.min(a.right, b.right)
  const bottom = Math.min(a.bottom, b.bottom)
  return left < right && top < bottom ? { left, top, right, bottom } : null
}

/** Runs in the page: every button that is seen, but those of the frame times. */
function otherButtons(): { name: string | null; box: Box }[] {
  const buttons = [...document.querySelectorAll('button')].filter(
    (button) => button.checkVisibility() && !button.closest('[aria-label="Frame times"]'),
  )
  return buttons.map((button) => {
    const { left, top, right, bottom } = button.getBoundingClientRect()
    return { name: button.getAttribute('aria-label'), box: { left, top, right, bottom } }
  })
}

/** Addresses of the scripts the page asks for from now on. */
function scriptsOf(page: Page): string[] {
  const scripts: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url())
  })
  return scripts
}

function isPanel(address: string): boolean {
  return address.includes('FramePanel')
}

interface Noting {
  readonly marks: Set<string>
  readonly rates: Set<string>
}

/** Runs in the page: from now on, names of measures are kept, and frame rates that are shown. */
function takeNotes(): void {
  const noting: Noting = { marks: new Set(), rates: new Set() }
  Object.assign(window, { noting })
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) noting.marks.add(name)
  }).observe({ type: 'measure' })
  new MutationObserver(() => {
    const title = document.querySelector('[aria-label="Frame times"] h2')?.textContent ?? ''
    if (/^\d+ fps$/.test(title)) noting.rates.add(title)
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}

/** Runs in the page. */
function notes(): { marks: string[]; rates: string[] } {
  const { marks, rates } = (window as unknown as { noting: Noting }).noting
  return { marks: [...marks].toSorted(), rates: [...rates] }
}
