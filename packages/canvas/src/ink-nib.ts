/** How wide the pen is: by the pressure that was felt, or by speed where none was. Pure. */

/** A pen of stroke width 1 is this wide at middling pressure. */
const PEN_SIZE = 2.8

/** How much of the width pressure takes away or adds. */
const THINNING = 0.5

/** The simulated pressure a stroke begins with: the hand is about to be quick. */
const SPEED_START = 0.4

/** How much of the way to the pressure of the speed it has a simulated one goes in one pen's width. */
const SPEED_EASE = 0.275

/** How much of the way to the pressure felt the pen goes from sample to sample. */
const FELT_EASE = 0.6

/** What a stroke is drawn with. */
export interface Nib {
  /** Page units. */
  readonly size: number
  /** Whether the width follows recorded pressure (true) or speed. */
  readonly pressure: boolean
}

/** The nib of a shape. */
export function nibOf(shape: { readonly strokeWidth: number; readonly pressure: boolean }): Nib {
  return { size: shape.strokeWidth * PEN_SIZE, pressure: shape.pressure }
}

/** The pressure a stroke begins with. */
export function firstPressure({ pressure }: Nib, felt: number): number {
  return pressure ? felt : SPEED_START
}

/** The pressure `distance` page units after a sample with pressure `before`. */
export function nextPressure(
  { size, pressure }: Nib,
  { before, felt, distance }: { before: number; felt: number; distance: number },
): number {
  if (pressure) return before + (felt - before) * FELT_EASE
  const speed = Math.min(1, distance / size)
  return before + (1 - speed - before) * speed * SPEED_EASE
}

/** Half the width at this pressure. */
export function nibRadius({ size }: Nib, pressure: number): number {
  const share = 0.5 - THINNING * (0.5 - Math.min(1, Math.max(0, pressure)))
  return size * Math.sin((share * Math.PI) / 2)
}
