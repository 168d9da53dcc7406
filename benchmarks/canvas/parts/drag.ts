/** One, 500 or 5,000 of 10,000 shapes are selected and dragged with the mouse. */
import { enter } from '../browser/gestures.ts'
import { type HandEvent, play } from '../browser/hands.ts'
import { watchGesture, rest } from '../browser/meter.ts'
import type { Tab } from '../browser/tab.ts'
import { DRAG, HANDS, LOOKS, VIEW } from '../config.ts'
import type { Camera } from '../pages/handle.ts'
import type { SceneFiles } from '../scenes/files.ts'
import type { Visit, Visiting } from './visit.ts'

type Variant = keyof typeof DRAG.zoom

interface Spot {
  readonly x: number
  readonly y: number
}

export const DRAGGING: Visit = {
  scenarios: ['drag'],
  scene: () => DRAG.scene,
  camera: cameraOf,
  changes: true,
  measure,
}

function cameraOf({ bounds: { x, y, w, h } }: SceneFiles, variant: string): Camera {
  const zoom = DRAG.zoom[variant as Variant]
  return { x: x + w / 2 - VIEW.w / zoom / 2, y: y + h / 2 - VIEW.h / zoom / 2, zoom }
}

async function* measure({ tab, peer, files, variant }: Visiting): ReturnType<Visit['measure']> {
  await enter(tab)
  const before = await peer.places(tab)
  if (variant !== '1') await select(tab, DRAG.marquee[variant as '500' | '5000'])
  const spot = graspOf(files, variant as Variant)
  const figures = await watchGesture(tab, () => drag(tab, spot))
  const after = await peer.places(tab)
  const moved = Object.entries(before).filter(([id, [x, y]]) => {
    const [toX, toY] = after[id] ?? [x, y]
    return toX !== x || toY !== y
  })
  yield ['drag', { ...figures, moved: moved.length }]
}

/** A box around shapes, and time to show what is selected. */
async function select({ cdp }: Tab, { from, to }: { from: Spot; to: Spot }): Promise<void> {
  const left = { button: 'left', buttons: 1 } as const
  await play(cdp, [
    { type: 'mouseMoved', ...from },
    { type: 'mousePressed', ...from, ...left, clickCount: 1 },
    ...between(from, to, 10).map((at): HandEvent => ({ type: 'mouseMoved', ...at, ...left })),
    { type: 'mouseReleased', ...to, button: 'left', buttons: 0, clickCount: 1 },
  ])
  await rest(LOOKS.settleMs)
}

async function drag({ cdp }: Tab, from: Spot): Promise<void> {
  const left = { button: 'left', buttons: 1 } as const
  const to = { x: from.x + DRAG.dx * DRAG.steps, y: from.y + DRAG.dy * DRAG.steps }
  await play(cdp, [
    { type: 'mouseMoved', ...from },
    { type: 'mousePressed', ...from, ...left, clickCount: 1 },
    ...between(from, to, DRAG.steps).map((at): HandEvent => ({
      type: 'mouseMoved',
      ...at,
      ...left,
    })),
  ])
  await cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...to, button: 'left' })
}

/** The last one is `to`. */
function between(from: Spot, to: Spot, steps: number): Spot[] {
  return Array.from({ length: steps }, (_, index) => {
    const part = (index + 1) / steps
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
  })
}

/** The middle of a filled box on the screen, near the middle of what is selected. */
function graspOf(files: SceneFiles, variant: Variant): Spot {
  const camera = cameraOf(files, variant)
  const box = variant === '1' ? null : DRAG.marquee[variant]
  const around = {
    x: box ? Math.max(DRAG.freeFromX + HANDS.marginPx, (box.from.x + box.to.x) / 2) : VIEW.w / 2,
    y: box ? (box.from.y + box.to.y) / 2 : VIEW.h / 2,
  }
  const spots = files.scene.elements
    .filter(
      ({ type, backgroundColor }) => type === 'rectangle' && backgroundColor !== 'transparent',
    )
    .map(({ x, y, width, height }) => ({
      x: (x + width / 2 - camera.x) * camera.zoom,
      y: (y + height / 2 - camera.y) * camera.zoom,
    }))
  const distance = (spot: Spot): number => Math.hypot(spot.x - around.x, spot.y - around.y)
  return spots.reduce((best, spot) => (distance(spot) < distance(best) ? spot : best))
}
