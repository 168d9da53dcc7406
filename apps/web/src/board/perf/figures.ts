/** What many frames come to. Pure. */
import type { FrameStats } from '@kolam/canvas'
import { Ring } from './ring.ts'

/** Frames that times are made of, and bars of the chart. */
export const FRAMES_SHOWN = 120
/** As many as the fastest screens show in a second. */
const FRAMES_KEPT = 360
const SECOND_MS = 1_000

export interface FrameFigures {
  /** Frames that began in the last second; 0 on an idle board. */
  readonly perSecond: number
  /** The newest frame. */
  readonly newest: FrameStats
  /** Milliseconds that 95 of 100 of the shown frames did not go above. */
  readonly p95Ms: number
  readonly longestMs: number
  /** Milliseconds of each shown frame, the oldest first. */
  readonly durations: readonly number[]
}

/** Room for the frames that figures are made of. */
export function frameRing(): Ring<FrameStats> {
  return new Ring(FRAMES_KEPT)
}

/** The figures at `nowMs`, on the clock of the frames; null before the first frame. */
export function figuresOf(ring: Ring<FrameStats>, nowMs: number): FrameFigures | null {
  const frames = ring.newest(FRAMES_KEPT)
  const newest = frames.at(-1)
  if (!newest) return null
  const durations = frames.slice(-FRAMES_SHOWN).map(durationMs)
  return {
    perSecond: frames.filter(({ atMs }) => atMs > nowMs - SECOND_MS).length,
    newest,
    p95Ms: quantile(durations, 0.95),
    longestMs: quantile(durations, 1),
    durations,
  }
}

/** What the script of a frame took, in milliseconds; what the browser does with the picture comes on top. */
export function durationMs({ sceneMs, overlayMs }: FrameStats): number {
  return sceneMs + overlayMs
}

/** The smallest value that so large a share is not above. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
