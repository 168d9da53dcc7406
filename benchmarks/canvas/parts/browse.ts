/** Boards of one kind of thing only: the longest frame while somebody looks about after they have loaded. */
import { enter, fitOnce, pan } from '../browser/gestures.ts'
import { watchGesture } from '../browser/meter.ts'
import type { SceneName } from '../config.ts'
import { middleOf } from './looks.ts'
import { openingFigures } from './open.ts'
import type { Visit, Visiting } from './visit.ts'

export const BROWSING: Visit = {
  scenarios: ['browse'],
  scene: (variant) => variant as SceneName,
  camera: middleOf,
  measure,
}

/** At full size, and again with everything in view. */
async function* measure({ tab }: Visiting): ReturnType<Visit['measure']> {
  await openingFigures(tab)
  await enter(tab)
  const near = await watchGesture(tab, () => pan(tab))
  await fitOnce(tab)
  const far = await watchGesture(tab, () => pan(tab))
  yield [
    'browse',
    {
      ...near,
      farFps: far['fps']!,
      farLongestMs: far['longestMs']!,
      mainMs: near['mainMs']! + far['mainMs']!,
      browserMs: near['browserMs']! + far['browserMs']!,
      othersShare: Math.max(near['othersShare']!, far['othersShare']!),
    },
  ]
}
