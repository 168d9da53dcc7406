/** Real input, on a timetable: what is late is not waited for, as a hand does not wait for a program. */
import type { CDPSession } from '@playwright/test'
import { HANDS } from '../config.ts'

/** One event, as the browser's protocol wants it. */
export interface HandEvent {
  readonly type: 'mousePressed' | 'mouseReleased' | 'mouseMoved' | 'mouseWheel'
  readonly x: number
  readonly y: number
  readonly deltaX?: number
  readonly deltaY?: number
  readonly button?: 'left' | 'none'
  readonly buttons?: number
  readonly clickCount?: number
  /** 2 is Control, 8 is Shift. */
  readonly modifiers?: number
}

let lateness: number[] = []

/** How late events were sent since the last call, in ms: a hand that is starved is not the page's doing. */
export function takeLateness(): readonly number[] {
  const taken = lateness
  lateness = []
  return taken
}

/** Sends the events, one each `everyMs`; resolves when the page has answered them all. */
export async function play(
  cdp: CDPSession,
  events: readonly HandEvent[],
  everyMs: number = HANDS.everyMs,
): Promise<void> {
  const start = performance.now()
  const answers: Promise<unknown>[] = []
  for (const [index, event] of events.entries()) {
    const wait = start + index * everyMs - performance.now()
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait))
    lateness.push(Math.max(0, performance.now() - start - index * everyMs))
    answers.push(cdp.send('Input.dispatchMouseEvent', { ...event }))
  }
  await Promise.all(answers)
}
