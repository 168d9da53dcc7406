import { afterEach, expect, test, vi } from 'vitest'
import { sheetsOver } from './live-ink-surface.ts'
import { fakeCanvas } from './testing/fake-canvas.ts'

const VIEW = { camera: { x: 0, y: 0, zoom: 1 }, w: 400, h: 300, dpr: 2 }

afterEach(() => vi.unstubAllGlobals())

/** A page that makes elements, and remembers what was asked of its canvases. */
function page(desynchronized: boolean) {
  const asked: unknown[] = []
  const onPage = new Set<object>()
  const createElement = (name: string): object => {
    const { canvas, context } = fakeCanvas()
    Object.assign(context, { getContextAttributes: () => ({ desynchronized }) })
    const holder = { style: {}, setAttribute: () => {}, append: () => {} }
    const getContext = (_kind: string, options: unknown) => (asked.push(options), context)
    if (name === 'canvas') return Object.assign(canvas, { getContext })
    return Object.assign(holder, { remove: () => onPage.delete(holder) })
  }
  vi.stubGlobal('document', { createElement })
  const below = { after: (holder: object) => onPage.add(holder) } as unknown as HTMLCanvasElement
  return { asked, below, onPage }
}

test('a sheet is two canvases as large as the view, on the page until it is removed', () => {
  const { asked, below, onPage } = page(true)
  const sheet = sheetsOver(below)(VIEW, 0.5)!
  expect(asked).toEqual([0, 1].map(() => ({ alpha: true, desynchronized: true })))
  for (const { canvas } of [sheet.settled, sheet.loose]) {
    expect([canvas.width, canvas.height]).toEqual([800, 600])
  }
  const [holder] = [...onPage] as { style: { cssText: string } }[]
  expect(holder!.style.cssText).toContain('pointer-events:none;opacity:0.5')
  expect([onPage.size, sheet.isAhead]).toEqual([1, true])
  sheet.remove()
  expect(onPage.size).toBe(0)
})

test('it is ahead of the others only where the platform says so, and nowhere without a page', () => {
  expect(sheetsOver(page(false).below)(VIEW, 1)?.isAhead).toBe(false)
  vi.unstubAllGlobals()
  expect(sheetsOver({} as HTMLCanvasElement)(VIEW, 1)).toBe(null)
})
