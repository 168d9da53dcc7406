/** What many durations come to. */
import type { Figures } from './job.ts'

/** Median, 99th percentile and longest, in the unit of the durations; NaN of none. */
export function spreadOf(durations: readonly number[]): Figures {
  const sorted = durations.toSorted((a, b) => a - b)
  return {
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    longestMs: quantile(sorted, 1),
  }
}

/** The smallest that so large a share is not above. */
function quantile(sorted: readonly number[], share: number): number {
  const index = Math.max(0, Math.ceil(sorted.length * share) - 1)
  return sorted[index] ?? Number.NaN
}
