/** The gestures, the same events for everyone. */
import { HANDS, LOOKS, VIEW } from '../config.ts'
import { type HandEvent, play } from './hands.ts'
import { rest } from './meter.ts'
import type { Tab } from './tab.ts'

/** Where the pointer is meanwhile: over the board, not over anybody's buttons. */
const MIDDLE = { x: VIEW.w / 2, y: VIEW.h / 2 } as const
const CONTROL = 2

/** The wheel to one side and back, several times. */
export function pan(tab: Tab): Promise<void> {
  const { events, dx, dy, turnEvery } = LOOKS.pan
  return play(
    tab.cdp,
    Array.from({ length: events }, (_, index): HandEvent => {
      const way = Math.floor(index / turnEvery) % 2 === 0 ? 1 : -1
      return { type: 'mouseWheel', ...MIDDLE, deltaX: way * dx, deltaY: way * dy }
    }),
  )
}

/** A pinch: the wheel with Control. */
export function zoom(tab: Tab, way: 'out' | 'in'): Promise<void> {
  const { events, delta } = LOOKS.zoom
  const deltaY = way === 'out' ? delta : -delta
  const event: HandEvent = { type: 'mouseWheel', ...MIDDLE, deltaX: 0, deltaY, modifiers: CONTROL }
  return play(
    tab.cdp,
    Array.from({ length: events }, () => event),
  )
}

/** Everything in view, and back to full size, by keys. */
export async function fit(tab: Tab): Promise<void> {
  const start = performance.now()
  for (let press = 0; press < LOOKS.fit.presses; press++) {
    const wait = start + press * LOOKS.fit.everyMs - performance.now()
    if (wait > 0) await rest(wait)
    await tab.page.keyboard.press(press % 2 === 0 ? 'Shift+Digit1' : 'Shift+Digit0')
  }
  await rest(LOOKS.fit.everyMs)
}

/** Everything in view, and time to draw it. */
export async function fitOnce(tab: Tab): Promise<void> {
  await tab.page.keyboard.press('Shift+Digit1')
  await rest(LOOKS.settleMs)
}

/** The pointer comes over the board, as it would be before a gesture. */
export async function enter(tab: Tab): Promise<void> {
  await tab.page.mouse.move(MIDDLE.x, MIDDLE.y)
  await rest(HANDS.restMs)
}
