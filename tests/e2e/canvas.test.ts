/** The scene put together from tiles looks as if every shape had been painted on one canvas. */
import type { Page } from '@playwright/test'
import type { View } from '../../packages/canvas/src/view.ts'
import { expect, expectAlike, screenshot, SIZE, test } from './support/canvas-page.ts'
import type { Stage } from './support/canvas-page.ts'
import type { MixedOptions } from './support/canvas-shapes.ts'

const ZOOMS = [0.07, 0.33, 0.9, 1, 1.37, 3.3, 16]
/** Where positive and negative meet, and far out with fractions. */
const PLACES = [
  { x: 0, y: 0 },
  { x: -52_013.37, y: 31_007.61 },
]
/** Where every pixel of a place's middle is off the grid. */
const viewOf = (place: { x: number; y: number }, zoom: number, dpr: number): View => ({
  ...SIZE,
  dpr,
  camera: { x: place.x - 281.3 / zoom, y: place.y - 190.7 / zoom, zoom },
})

for (const dpr of [1, 2, 3]) {
  test(`tiles look like direct drawing at pixel ratio ${dpr}`, async ({ openLab }) => {
    const page = await openLab(dpr)
    const drawings = PLACES.flatMap((place) => [10, 1].map((size) => ({ ...place, size })))
    const stage = await openDrawings(page, drawings, viewOf(PLACES[0]!, 1, dpr))
    for (const [i, zoom] of ZOOMS.entries()) {
      await looksDirect(page, stage, viewOf(PLACES[(i + dpr) % 2]!, zoom, dpr))
    }
  })
}

test('tiles look like direct drawing ten million units out, from 1 % to 6,400 %', async ({
  openLab,
}) => {
  const page = await openLab(2)
  const far = [
    { x: 1e7, y: -1e7, zoom: 0.01 },
    { x: -1e7, y: 1e7, zoom: 1 },
    { x: -1e7, y: -1e7, zoom: 64 },
    { x: 1e7, y: 1e7, zoom: 64 },
    { x: 0, y: 0, zoom: 0.01 },
  ]
  const drawings = far.map(({ x, y, zoom }) => ({ x, y, size: 1 / zoom }))
  const stage = await openDrawings(page, drawings, viewOf(far[0]!, 0.01, 2))
  for (const { zoom, ...place } of far) await looksDirect(page, stage, viewOf(place, zoom, 2))
})

test('a form of one colour over many tiles has no other anywhere, at rest and while zooming', async ({
  openLab,
}) => {
  for (const dpr of [1, 1.1, 1.5, 3]) {
    const page = await openLab(dpr)
    const stage = await page.evaluateHandle(
      (view) => {
        const { Board, CanvasStage, FIRST_PAGE, Y } = window.canvasLab
        const board = new Board(new Y.Doc())
        const look = { fill: '#2f6fde', stroke: 'none' }
        board.insert([{ kind: 'rectangle', at: [FIRST_PAGE, -2e4, -2e4], w: 4e4, h: 4e4, ...look }])
        return new CanvasStage({ board, view, byHand: true, slowMs: 1 })
      },
      viewOf(PLACES[0]!, 1, dpr),
    )
    await stage.evaluate(async (on) => {
      await on.idle()
      while (on.frame());
    })
    const isOneColour = async (zoom: number): Promise<void> => {
      const png = await screenshot(page)
      const found = await page.evaluate(async (shot) => {
        const { findColor, pictureOf } = window.canvasLab
        const picture = await pictureOf(shot)
        const { count } = findColor(picture, [0x2f, 0x6f, 0xde])
        return { others: picture.width * picture.height - count }
      }, png)
      expect(found, `pixel ratio ${dpr}, zoom ${zoom}`).toEqual({ others: 0 })
    }
    for (const zoom of [0.97, 0.61, 0.83, 1.9, 2.7]) {
      // One frame of a zoom on its way: what there is stands in for what is not painted yet.
      await stage.evaluate((on, view) => (on.show(view), on.frame()), viewOf(PLACES[0]!, zoom, dpr))
      await isOneColour(zoom)
    }
    await stage.evaluate(async (on) => on.idle())
    await isOneColour(2.7)
    await page.close()
  }
})

async function openDrawings(
  page: Page,
  drawings: readonly MixedOptions[],
  view: View,
): Promise<Stage> {
  return page.evaluateHandle(
    ([all, first]) => {
      const { Board, CanvasStage, mixedShapes, Y } = window.canvasLab
      const board = new Board(new Y.Doc())
      for (const each of all) board.insert(mixedShapes(each))
      return new CanvasStage({ board, view: first })
    },
    [drawings, view] as const,
  )
}

/** What the browser shows, and what the tests of time read from the elements, is the direct drawing. */
async function looksDirect(page: Page, stage: Stage, view: View): Promise<void> {
  await stage.evaluate(async (on, next) => {
    on.show(next)
    await on.idle()
  }, view)
  const found = await stage.evaluate(
    async (on, png) => {
      const { countDifferences, directPicture, pictureOf, tileOrigin } = window.canvasLab
      const [wanted, shown] = [directPicture(on), await pictureOf(png)]
      const seen = countDifferences(shown, wanted, tileOrigin(on.view))
      return { seen, read: countDifferences(on.picture(), shown) }
    },
    await screenshot(page),
  )
  const where = `pixel ratio ${view.dpr}, ${JSON.stringify(view.camera)}`
  expectAlike(found.seen, where)
  expect(found.read, `${where}: what tests read is what is seen`).toMatchObject({
    share: 0,
    flat: 0,
  })
}
