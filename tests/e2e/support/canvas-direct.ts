/** The picture to compare with: every shape painted in order on one canvas, without tiles or anything kept. Runs in the page. */
import type { Board } from '@kolam/board'
import type { ImageSource } from '../../../packages/canvas/src/index.ts'
import { textMeasurer } from '../../../packages/canvas/src/index.ts'
import { createContext } from '../../../packages/canvas/src/canvases.ts'
import { Drawables } from '../../../packages/canvas/src/drawables.ts'
import { paintShapes } from '../../../packages/canvas/src/paint-shapes.ts'
import { roughSets } from '../../../packages/canvas/src/rough.ts'
import { Scratch } from '../../../packages/canvas/src/scratch.ts'
import { BACKGROUND } from '../../../packages/canvas/src/theme.ts'
import { deviceMatrix, deviceSize } from '../../../packages/canvas/src/view.ts'
import type { View } from '../../../packages/canvas/src/view.ts'

/** Paints what `view` shows of the board; pictures must have been loaded. */
export function directPicture({
  board,
  view,
  images,
}: {
  readonly board: Board
  readonly view: View
  readonly images: ImageSource
}): ImageData {
  const within = deviceSize(view)
  const context = createContext(within, { alpha: false })!
  context.fillStyle = BACKGROUND.light
  context.fillRect(0, 0, within.w, within.h)
  const looks = {
    theme: 'light',
    zoom: view.camera.zoom,
    editing: null,
    erasing: new Set<string>(),
  } as const
  const drawables = new Drawables({ measurer: textMeasurer(), sketch: () => roughSets })
  const scratch = new Scratch(createContext)
  const job = { ...looks, context, images, drawables, scratch, within, lookup: board }
  paintShapes({ ...job, device: deviceMatrix(view), onWaiting: () => {} }, board.ordered())
  return context.getImageData(0, 0, within.w, within.h)
}
