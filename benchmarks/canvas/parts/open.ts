/** From an address to a board that is drawn and at rest. */
import { rest } from '../browser/meter.ts'
import { rendererMb } from '../browser/memory.ts'
import { readOpening } from '../browser/opening-probe.ts'
import { OPENING, type SceneName, VIEW } from '../config.ts'
import type { Figures } from '../harness/statistics.ts'
import type { Camera } from '../pages/handle.ts'
import type { Tab } from '../browser/tab.ts'
import type { SceneFiles } from '../scenes/files.ts'
import type { Visit, Visiting } from './visit.ts'

/** As much of a scene as everybody can show: Excalidraw goes no farther than a tenth. */
const ZOOM_MIN = 0.1
const POLL_MS = 200

export const OPENING_VISIT: Visit = {
  scenarios: ['open'],
  scene: (variant) => variant as SceneName,
  camera: wholeOf,
  measure,
}

/** All of the scene in view, or the middle of it. */
export function wholeOf({ bounds: { x, y, w, h } }: SceneFiles): Camera {
  const zoom = Math.min(1, Math.max(ZOOM_MIN, Math.min(VIEW.w / w, VIEW.h / h)))
  return { x: x + w / 2 - VIEW.w / zoom / 2, y: y + h / 2 - VIEW.h / zoom / 2, zoom }
}

async function* measure({ tab, others }: Visiting): ReturnType<Visit['measure']> {
  const figures = await openingFigures(tab)
  const { othersShare } = await others.read()
  yield ['open', { ...figures, ...(await memoryFigures(tab)), othersShare }]
}

/** Waits until the page has come to rest; times in ms. */
export async function openingFigures({ page }: Tab): Promise<Figures> {
  for (;;) {
    const times = await page.evaluate(readOpening)
    const rested = Math.max(times.paint, times.idle, times.longTask)
    if (times.now - rested >= OPENING.quietMs) {
      const { bytes, paint } = times
      return {
        bytesMs: bytes,
        paintMs: paint,
        restMs: rested,
        paintAfterMs: paint - bytes,
        restAfterMs: rested - bytes,
      }
    }
    await rest(POLL_MS)
  }
}

/** In MB (10^6), after a collection. */
async function memoryFigures({ cdp, page }: Tab): Promise<Figures> {
  for (let time = 0; time < 2; time++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  const usage = (await cdp.send('Runtime.getHeapUsage')) as { backingStorageSize?: number }
  const buffers = usage.backingStorageSize ?? Number.NaN
  return {
    heapMb: heap / 1e6,
    buffersMb: buffers / 1e6,
    heapAndBuffersMb: (heap + buffers) / 1e6,
    rendererMb: await rendererMb(page),
  }
}
