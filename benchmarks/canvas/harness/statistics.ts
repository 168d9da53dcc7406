/** What many durations come to. */

/** Named numbers of one measurement, or the medians of several. */
export type Figures = Readonly<Record<string, number>>

/** The smallest value that so large a share is not above; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** The middle one, or between the middle two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[Math.ceil(middle) - 1],
    sorted[Math.floor(middle)],
  ]
  return (low + high) / 2
}

/** NaN of none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The median of each measure over the rounds that have it. */
export function medians(rounds: readonly Figures[]): Figures {
  const measures = [...new Set(rounds.flatMap((round) => Object.keys(round)))]
  return Object.fromEntries(
    measures.map((measure) => {
      const values = rounds.map((round) => round[measure] ?? Number.NaN)
      return [measure, median(values.filter((value) => !Number.isNaN(value)))]
    }),
  )
}

/** Frames a second, the 95th percentile and the longest time between two frames, of the frames' times in ms. */
export function frameFigures(times: readonly number[]): Figures {
  const gaps = times.slice(1).map((time, index) => time - times[index]!)
  const whole = (times.at(-1) ?? Number.NaN) - (times[0] ?? Number.NaN)
  return {
    fps: (gaps.length / whole) * 1000,
    p95Ms: quantile(gaps, 0.95),
    longestMs: quantile(gaps, 1),
  }
}
