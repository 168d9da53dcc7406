/**
 * The scale tiles are painted at: the exact one when the camera rests, the nearest power of two while
 * somebody zooms, so that what was painted a moment ago can still be used.
 */

/** A zoom that has not moved for so long is at rest. */
export const REST_MS = 120

/** Follows the scale from frame to frame. */
export class TargetScale {
  #scale = NaN
  #changedAt = -Infinity
  #isZooming = false

  /** Whether the scale has been changing lately: ask again in the next frame. */
  get isZooming(): boolean {
    return this.#isZooming
  }

  /** The scale to paint at for one shown now, both in device pixels per page unit. */
  at(scale: number, nowMs: number): number {
    const isRecent = nowMs - this.#changedAt < REST_MS
    if (scale !== this.#scale) {
      // A single step is a jump: what it leads to is wanted at once, and exactly.
      this.#isZooming = isRecent
      this.#scale = scale
      this.#changedAt = nowMs
    } else if (!isRecent) this.#isZooming = false
    return this.#isZooming ? powerOfTwoNear(scale) : scale
  }
}

/** The power of two that differs least in size. */
export function powerOfTwoNear(scale: number): number {
  return 2 ** Math.round(Math.log2(scale))
}
