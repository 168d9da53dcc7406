/** Pages with nothing in them but what tests of the canvas need; nothing comes over a network. */
import path from 'node:path'
import { test as base, expect, type Browser, type JSHandle, type Page } from '@playwright/test'
import { build } from 'vite'
import type { Differences } from './canvas-compare.ts'
import type { CanvasStage } from './canvas-stage.ts'

/** Nobody answers there: the test does. */
const ADDRESS = 'http://localhost/canvas'

const HTML =
  '<!doctype html><meta charset="utf-8"><style>body{margin:0}</style><script type="module" src="/canvas.js"></script>'

/** Size of the view in CSS pixels: a few tiles at any pixel ratio. */
export const SIZE = { w: 560, h: 400 } as const

interface Fixtures {
  /** A page of its own with `window.canvasLab` on it. */
  openLab: (dpr?: number) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  openLab: async ({ browser }, use) => {
    const errors: string[] = []
    const pages: Page[] = []
    await use(async (dpr = 1) => {
      const page = await openPage(browser, dpr)
      page.on('pageerror', (error) => errors.push(String(error)))
      pages.push(page)
      return page
    })
    for (const page of pages) await page.context().close()
    expect(errors, 'uncaught errors in the pages').toEqual([])
  },
})

/** What the compositor makes of the page, as base64. */
export async function screenshot(page: Page): Promise<string> {
  return (await page.screenshot({ scale: 'device' })).toString('base64')
}

/**
 * Nobody can tell the two pictures apart. A form that reaches over the edge of a tile is smoothed a shade differently there,
 * and where it overlaps itself a few pixels may shine through; a seam would be most of a border, and
 * something missing or left behind a good part of a flat area.
 */
export function expectAlike({ share, atBorders, flat, spots }: Differences, where: string): void {
  const isAlike = share <= 0.002 && atBorders <= 0.01 && flat <= 0.0001
  const found = JSON.stringify({ share, atBorders, flat, spots })
  expect(isAlike ? 'alike' : found, where).toBe('alike')
}

export { expect }
export type Stage = JSHandle<CanvasStage>

async function openPage(browser: Browser, deviceScaleFactor: number): Promise<Page> {
  const viewport = { width: SIZE.w, height: SIZE.h }
  const context = await browser.newContext({ viewport, deviceScaleFactor })
  const page = await context.newPage()
  const script = await labScript()
  await page.route('**/*', async (route) => {
    const isScript = route.request().url().endsWith('.js')
    const [body, contentType] = isScript ? [script, 'text/javascript'] : [HTML, 'text/html']
    await route.fulfill({ body, contentType })
  })
  await page.goto(ADDRESS)
  return page
}

let built: Promise<string> | null = null

/** The script of the page, made once for all tests of a file. */
function labScript(): Promise<string> {
  return (built ??= buildLab())
}

async function buildLab(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    root: import.meta.dirname,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      reportCompressedSize: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'canvas-lab.ts'),
        output: { format: 'es', entryFileNames: 'canvas.js', codeSplitting: false },
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('The script of the page was not built')
  return output.output[0].code
}
