/** What tests of the canvas find on `window.canvasLab`. Bundled for the page; imports nothing of Node. */
import { Board, EMPTY_OVERLAY, FIRST_PAGE } from '@kolam/board'
import * as Y from 'yjs'
import { ManualClock, seededRandom } from '../../../packages/base/src/index.ts'
import { randomEdit } from '../../../packages/board/src/testing/random-edits.ts'
import { deviceOrigin } from '../../../packages/canvas/src/view.ts'
import { countDifferences, findColor, pictureOf } from './canvas-compare.ts'
import { directPicture } from './canvas-direct.ts'
import { mixedShapes } from './canvas-shapes.ts'
import { animationFrame, CanvasStage } from './canvas-stage.ts'

const lab = {
  Board,
  CanvasStage,
  EMPTY_OVERLAY,
  FIRST_PAGE,
  ManualClock,
  Y,
  animationFrame,
  countDifferences,
  directPicture,
  findColor,
  mixedShapes,
  pictureOf,
  randomEdit,
  seededRandom,
  /** Where borders of tiles cross, in device pixels. */
  tileOrigin: deviceOrigin,
}

declare global {
  interface Window {
    canvasLab: typeof lab
  }
}

window.canvasLab = lab
