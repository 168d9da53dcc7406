/** Every number of a run, from its length and its seed. Decides nothing later. */
import { type Random, seededRandom } from '@kolam/base'

/** How the server's process ends before it is started again. */
export type Ending = 'SIGKILL' | 'SIGTERM'

/** A restart, in seconds after the beginning. */
export interface PlannedRestart {
  readonly at: number
  readonly ending: Ending
}

/** What a run does. */
export interface Plan {
  readonly seed: number
  /** How long people work; the final look at everything comes on top. */
  readonly seconds: number
  readonly seats: number
  readonly documents: number
  readonly actionsPerSecond: number
  readonly checkpointSeconds: number
  readonly restarts: readonly PlannedRestart[]
  /** Whether the end waits until the server has let go of every document, which takes it half a minute. */
  readonly seesUnloading: boolean
}

/** Restarts fill the first and the last quarter, so that one process has half of the time for itself. */
const STORMY = [
  [0, 0.25],
  [0.75, 1],
] as const

/** Enough people to meet each other, few enough for a machine that does something else too. */
const CROWD = { seats: 24, documents: 6, actionsPerSecond: 30 }

/** The plan of a run. */
export function planOf({ seconds, seed }: { seconds: number; seed: number }): Plan {
  const random = seededRandom(seed)
  return {
    seed,
    seconds,
    ...CROWD,
    checkpointSeconds: Math.min(60, Math.max(15, seconds / 6)),
    seesUnloading: seconds >= 120,
    restarts: STORMY.flatMap(([from, to]) => restartsBetween(random, from * seconds, to * seconds)),
  }
}

/** Both endings in turn, about three in a short time and one a minute in a long one. */
function restartsBetween(random: Random, from: number, to: number): PlannedRestart[] {
  const count = Math.max(3, Math.floor((to - from) / 60))
  const step = (to - from) / count
  return Array.from({ length: count }, (_, index) => ({
    at: from + step * (index + 0.2 + 0.6 * random()),
    ending: index % 2 === 0 ? 'SIGKILL' : 'SIGTERM',
  }))
}
