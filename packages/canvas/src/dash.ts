/** Dash patterns. Pure. */
import type { Dash } from '@kolam/board'

/** A line gets at most about this many dashes; browsers hang on millions. */
export const DASHES_MAX = 4_000

/** A line to be dashed. */
export interface DashedLine {
  readonly width: number
  readonly length: number
  /** On a closed line the last gap is as long as the others. */
  readonly closed: boolean
}

/** Lengths of dashes and gaps; empty for a solid line. */
export function dashPattern(dash: Dash, { width, length, closed }: DashedLine): number[] {
  const pattern = basePattern(dash, width)
  const period = pattern.reduce((sum, part) => sum + part, 0)
  if (period === 0) return []
  const count = Math.min(length / period, DASHES_MAX)
  const whole = closed && count > 1 ? Math.round(count) : count
  const stretch = whole > 0 ? length / period / whole : 1
  return pattern.map((part) => part * stretch)
}

/** Caps are round: a dot is a dash of no length, and a dash looks one width longer than it is. */
function basePattern(dash: Dash, width: number): number[] {
  if (dash === 'dashed') return [4 + 2 * width, 4 + 2.5 * width]
  if (dash === 'dotted') return [0.01, 3 + 2 * width]
  return []
}
