/**
 * When clients come back after their server was gone: the client's own schedule for each of them, on one clock that
 * nobody waits for. A line opens, or is refused, in no time.
 */
import { ManualClock, type Random, seededRandom } from '../../packages/base/src/index.ts'
import { Retry } from '../../packages/client/src/retry.ts'
import { TIMING } from '../../packages/client/src/timing.ts'
import { DEFAULT_LIMITS } from '../../packages/relay/src/limits.ts'

/** What is simulated. */
export interface StormOptions {
  readonly clients: number
  readonly seed: number
  /** From the end of all lines until the server takes new ones. */
  readonly awayMs: number
  /** Whether each wait is drawn by lot, as it is in Kolam, or is as long as it may be. */
  readonly jitter: boolean
  /** Whether the server said goodbye, and when to come back, as it does when it is told to stop. */
  readonly goodbye: boolean
}

/** What came of it. */
export interface Storm {
  /** How many tried in each tenth of a second since the lines ended. */
  readonly attempts: readonly number[]
  /** When each client was back, since the server takes lines again, in order. */
  readonly backMs: readonly number[]
}

/** A slot of `attempts`. */
export const SLOT_MS = 100

/** Runs until everybody is back. */
export function storm(options: StormOptions): Storm {
  const { clients, seed, awayMs, goodbye } = options
  const clock = new ManualClock()
  const lot = seededRandom(seed)
  const attempts: number[] = []
  const backMs: number[] = []
  for (let i = 0; i < clients; i++) {
    const run = (): void => {
      const slot = Math.floor(clock.now() / SLOT_MS)
      attempts[slot] = (attempts[slot] ?? 0) + 1
      retry.begin()
      if (clock.now() < awayMs) retry.schedule()
      else backMs.push(clock.now() - awayMs)
    }
    const retry = new Retry({ clock, random: waits(options, lot), timing: TIMING, run })
    if (goodbye) retry.serverAsks(pauseAsked(lot))
    retry.schedule()
  }
  while (clock.pending > 0) clock.advance(SLOT_MS)
  return { attempts: Array.from(attempts, (count) => count ?? 0), backMs }
}

/** Of its own for each client, as in a browser each. */
function waits({ jitter }: StormOptions, lot: Random): Random {
  return jitter ? seededRandom(lot() * 2 ** 32) : () => 1
}

/** As the relay draws it for each of its connections. */
function pauseAsked(lot: Random): number {
  const { retryAfterMsMin: min, retryAfterMsMax: max } = DEFAULT_LIMITS
  return min + lot() * (max - min)
}
