/** For errors that are not ours to handle: the platform hears of them, in a turn where they can break nothing. */

import type { Clock } from '@kolam/base'

/** Throws in a turn of its own. */
export function throwLater(clock: Clock, error: unknown): void {
  clock.after(0, () => {
    throw error
  })
}
