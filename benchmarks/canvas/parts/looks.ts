/** Moving about on a board that is open and drawn: pan, zoom, everything in view, and pan there. */
import { enter, fit, fitOnce, pan, zoom } from '../browser/gestures.ts'
import { watchGesture } from '../browser/meter.ts'
import { type SceneName, VIEW } from '../config.ts'
import type { Figures } from '../harness/statistics.ts'
import type { SceneFiles } from '../scenes/files.ts'
import type { Visit, Visiting } from './visit.ts'

export const LOOKING: Visit = {
  scenarios: ['pan', 'zoom', 'fit', 'far'],
  scene: (variant) => variant as SceneName,
  camera: middleOf,
  measure,
}

/** The middle of the scene at full size. */
export function middleOf({ bounds: { x, y, w, h } }: SceneFiles): {
  x: number
  y: number
  zoom: number
} {
  return { x: x + (w - VIEW.w) / 2, y: y + (h - VIEW.h) / 2, zoom: 1 }
}

async function* measure({ tab, peer, wants }: Visiting): ReturnType<Visit['measure']> {
  await enter(tab)
  if (wants('pan')) yield ['pan', { ...(await watchGesture(tab, () => pan(tab))), zoom: 1 }]
  if (wants('zoom')) yield ['zoom', await zoomFigures({ tab, peer })]
  if (wants('fit')) yield ['fit', await watchGesture(tab, () => fit(tab))]
  if (!wants('far')) return
  await fitOnce(tab)
  const farthest = await peer.zoom(tab)
  yield ['far', { ...(await watchGesture(tab, () => pan(tab))), zoom: farthest }]
}

/** With the zoom that was reached between out and in. */
async function zoomFigures({ tab, peer }: Pick<Visiting, 'tab' | 'peer'>): Promise<Figures> {
  let farthest = Number.NaN
  const figures = await watchGesture(tab, async () => {
    await zoom(tab, 'out')
    farthest = await peer.zoom(tab)
    await zoom(tab, 'in')
  })
  return { ...figures, zoom: farthest }
}
