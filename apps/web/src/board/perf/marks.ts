/** Marks of frames in the browser's profiler. */
import type { FrameStats } from '@kolam/canvas'

/** The part of `performance` that is used. */
export type Profiler = Pick<Performance, 'measure' | 'clearMeasures'>

/** Marks one frame as `kolam:scene` and `kolam:overlay`. */
export function markFrame(
  { atMs, sceneMs, overlayMs }: FrameStats,
  profiler: Profiler = performance,
): void {
  mark(profiler, { name: 'kolam:scene', start: atMs, duration: sceneMs })
  mark(profiler, { name: 'kolam:overlay', start: atMs + sceneMs, duration: overlayMs })
}

/** A profiler that records has it at once; the page's own list of measures would grow with every frame. */
function mark(
  profiler: Profiler,
  { name, start, duration }: { name: string; start: number; duration: number },
): void {
  profiler.measure(name, { start, duration })
  profiler.clearMeasures(name)
}
