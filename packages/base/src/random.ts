/** Chance as a parameter, so that a test can repeat it. Never used for ids or secrets. */

import { platform } from './platform.ts'

/** Gives a number in [0, 1). */
export type Random = () => number

/** The platform's own generator. */
export const systemRandom: Random = () => platform.Math.random()

/** The same numbers for the same seed: a Weyl sequence put through a 32-bit mixer. */
export function seededRandom(seed: number): Random {
  let state = Math.trunc(seed) | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    return (mix(state) >>> 0) / 2 ** 32
  }
}

/** Spreads every input bit over the whole word. */
function mix(word: number): number {
  let z = word
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return z ^ (z >>> 15)
}
