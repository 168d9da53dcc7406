/** Whether Kolam reached what it must. */
import type { Target } from '../config.ts'
import type { Row } from './rounds.ts'

/** One target and what came of it. */
export interface Verdict {
  readonly target: Target
  /** The measure, or how many times the other's it is; NaN where one of them is not there. */
  readonly value: number
  /** Which of the others was the best. */
  readonly against: string | null
  readonly met: boolean | null
}

export function verdictsOf(rows: readonly Row[], targets: readonly Target[]): Verdict[] {
  return targets.map((target) => verdictOf(rows, target))
}

function verdictOf(rows: readonly Row[], target: Target): Verdict {
  const own = figureOf(rows, 'kolam', target.measure)
  if (!target.timesBestOf) return { target, value: own, against: null, met: judge(own, target) }
  const best = bestOf(rows, target.timesBestOf, target.measure)
  const value = best ? own / best.figure : Number.NaN
  return { target, value, against: best?.server ?? null, met: judge(value, target) }
}

/** The lowest; null unless all of them were measured, for a best of some would be easier to reach. */
function bestOf(
  rows: readonly Row[],
  servers: readonly string[],
  measure: string,
): { server: string; figure: number } | null {
  const others = servers.map((server) => ({ server, figure: figureOf(rows, server, measure) }))
  if (others.some(({ figure }) => Number.isNaN(figure))) return null
  return others.reduce((best, other) => (other.figure < best.figure ? other : best))
}

function figureOf(rows: readonly Row[], server: string, measure: string): number {
  return rows.find((row) => row.server === server)?.figures[measure] ?? Number.NaN
}

function judge(value: number, { atMost }: Target): boolean | null {
  return Number.isNaN(value) ? null : value <= atMost
}
