/** Time as a parameter, so that a test can own it. The one place that reads the machine's clock. */

import type { Disposer } from './disposers.ts'
import { platform } from './platform.ts'

/** Tells the time in milliseconds since the epoch and calls back once after a while. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): Disposer
}

/** Beyond this a platform timer overflows and fires at once. */
const AFTER_MS_MAX = 2 ** 31 - 1

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => platform.Date.now(),
  after(ms, run) {
    const handle = platform.setTimeout(run, Math.min(Math.max(ms, 0), AFTER_MS_MAX))
    return () => platform.clearTimeout(handle)
  },
}
