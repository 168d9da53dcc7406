/** Several rounds of a cell as one row: medians, and the worst where nothing may go wrong. */
import { WORST_COUNTS } from '../config.ts'
import type { Figures } from './figures.ts'

/** All rounds of one server in one scenario. */
export interface Row {
  readonly server: string
  readonly rounds: readonly Figures[]
  /** What failed, in words. */
  readonly problems: readonly string[]
  readonly figures: Figures
}

export function rowOf(
  server: string,
  rounds: readonly Figures[],
  problems: readonly string[],
): Row {
  return { server, rounds, problems, figures: combined(rounds) }
}

/** How far apart the rounds were, as a share of the median. */
export function spread({ rounds, figures }: Row, measure: string): number {
  const values = rounds.map((round) => round[measure] ?? Number.NaN)
  return (Math.max(...values) - Math.min(...values)) / (figures[measure] ?? Number.NaN)
}

function combined(rounds: readonly Figures[]): Figures {
  const measures = Object.keys(rounds[0] ?? {})
  return Object.fromEntries(
    measures.map((measure) => {
      const values = rounds.map((round) => round[measure] ?? Number.NaN)
      return [measure, WORST_COUNTS.has(measure) ? Math.max(...values) : median(values)]
    }),
  )
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  return (sorted[middle - 1]! + sorted[middle]!) / 2
}
