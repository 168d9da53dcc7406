/** One tab on a board, driven as a person would: keys, mouse, the file input. */
import { expect, type Locator, type Page } from '@playwright/test'

export type SaveState = 'saved' | 'saving' | 'local'

export interface Spot {
  readonly x: number
  readonly y: number
}

export class BoardPage {
  readonly page: Page
  readonly root: Locator
  /** The save light, with its words. */
  readonly light: Locator

  constructor(page: Page) {
    this.page = page
    this.root = page.locator('[data-shapes]')
    this.light = page.locator('header button:has(> i)')
  }

  /** Open the board and wait until it is live, drawn and saved. */
  async open(serverUrl: string, id: string): Promise<void> {
    await this.page.goto(`${serverUrl}/b/${id}`)
    await this.settled()
  }

  /** Everything typed is on the server's disk and everything visible is drawn. */
  async settled(): Promise<void> {
    await this.saved()
    await expect(this.root).toHaveAttribute('data-idle', 'true')
  }

  async saved(): Promise<void> {
    await expect(this.root).toHaveAttribute('data-save', 'saved', { timeout: 30_000 })
  }

  async hasShapes(count: number): Promise<void> {
    await expect(this.root).toHaveAttribute('data-shapes', String(count), { timeout: 30_000 })
  }

  async shapeCount(): Promise<number> {
    return Number(await this.root.getAttribute('data-shapes'))
  }

  /** Choose `file` in the board's one file input, as the menu does. */
  async importFile(
    file: string | { name: string; mimeType: string; buffer: Buffer },
  ): Promise<void> {
    await this.page.locator('input[type="file"]').setInputFiles(file)
  }

  /** Drop `text` on the middle of the board as a file called `name`. */
  async dropFile(name: string, text: string): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ([fileName, content]) => {
        const data = new DataTransfer()
        data.items.add(new File([content], fileName, { type: 'application/json' }))
        return data
      },
      [name, text] as const,
    )
    const at = { clientX: 640, clientY: 400, dataTransfer: transfer }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.page.locator('canvas').last().dispatchEvent(type, at)
    }
  }

  /** Choose a tool by its key and drag from one spot to another. */
  async dragTool(key: string, from: Spot, to: Spot): Promise<void> {
    await this.page.keyboard.press(key)
    await this.drag(from, to)
  }

  async drag(from: Spot, to: Spot): Promise<void> {
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
    await mouse.move(to.x, to.y, { steps: 4 })
    await mouse.up()
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+z')
  }

  /**
   * Show the whole board, the same in every tab of the same size, with nothing selected. Another zoom in
   * between, in case the camera is there already.
   */
  async fit(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await this.page.keyboard.press('v')
    await this.page.keyboard.press('ControlOrMeta+Minus')
    await this.settled()
    await this.page.keyboard.press('Shift+1')
    await this.page.mouse.move(640, 60)
    await this.settled()
  }

  /** The drawn scene, put together from its tiles, to compare two tabs or two moments with `differingPixels`. */
  async picture(): Promise<string> {
    await expect(this.root).toHaveAttribute('data-idle', 'true')
    return this.page.evaluate(sceneOnOneCanvas)
  }

  /** How many pixels of the scene visibly differ from `picture`. */
  async differingPixels(picture: string): Promise<number> {
    return this.page.evaluate(countDifferent, [await this.picture(), picture, TOLERANCE] as const)
  }

  /** Wait until this tab shows the same scene as `other`. */
  async looksLike(other: BoardPage): Promise<void> {
    await expect.poll(async () => this.differingPixels(await other.picture())).toBe(0)
  }
}

/** Levels of 255 two smoothed edges may be apart: not a difference anybody sees. */
const TOLERANCE = 12

/** Runs in the page: decodes two pictures and counts the pixels further apart than `tolerance`. */
async function countDifferent([a, b, tolerance]: readonly [
  string,
  string,
  number,
]): Promise<number> {
  const pixels = async (url: string) => {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    return context.getImageData(0, 0, image.width, image.height).data
  }
  const [one, two] = [await pixels(a), await pixels(b)]
  if (one.length !== two.length) return Infinity
  let different = 0
  for (let i = 0; i < one.length; i += 4) {
    const apart = [0, 1, 2].some((c) => Math.abs(one[i + c]! - two[i + c]!) > tolerance)
    if (apart) different++
  }
  return different
}

/** Runs in the page: every tile of the scene where it stands, lower ones first. */
function sceneOnOneCanvas(): string {
  const scene = document.querySelector<HTMLElement>('.scene > div')!
  const sheet = Object.assign(document.createElement('canvas'), {
    width: scene.clientWidth,
    height: scene.clientHeight,
  })
  const context = sheet.getContext('2d')!
  context.fillStyle = scene.style.background
  context.fillRect(0, 0, sheet.width, sheet.height)
  const order = (tile: HTMLElement) => Number(tile.style.zIndex)
  const tiles = [...scene.querySelectorAll('canvas')].sort((a, b) => order(a) - order(b))
  for (const tile of tiles) {
    const { x, y, width, height } = tile.getBoundingClientRect()
    context.drawImage(tile, x, y, width, height)
  }
  return sheet.toDataURL()
}
