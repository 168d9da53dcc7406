/** Frame times as bars, for an SVG path. Pure. */
import { FRAMES_SHOWN } from './figures.ts'

/** What a frame may take on a screen that shows sixty a second. */
export const BUDGET_MS = 1_000 / 60

/** Units of the chart: one a frame across, one a millisecond upwards. */
export const CHART = { w: FRAMES_SHOWN, h: 2 * BUDGET_MS } as const

/** The shortest frame is seen too. */
const LEAST = 1

/** Path data: bars of frames within the budget, and of those over it. */
export interface Bars {
  readonly within: string
  readonly over: string
}

/** Bars of frame times in milliseconds, the newest at the right edge; taller ones end at the chart's top. */
export function barsOf(durations: readonly number[]): Bars {
  const first = CHART.w - durations.length
  const bars = durations.map((ms, index) => ({ ms, path: barPath(first + index, ms) }))
  const pathOf = (shown: readonly { readonly path: string }[]): string =>
    shown.map(({ path }) => path).join('')
  return {
    within: pathOf(bars.filter(({ ms }) => ms <= BUDGET_MS)),
    over: pathOf(bars.filter(({ ms }) => ms > BUDGET_MS)),
  }
}

function barPath(x: number, ms: number): string {
  const h = Math.min(CHART.h, Math.max(LEAST, ms))
  return `M${x} ${CHART.h.toFixed(2)}v${(-h).toFixed(2)}h1v${h.toFixed(2)}z`
}
