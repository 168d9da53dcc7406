/** Chance for scenes: the same numbers for the same seed. */
import { type Random, seededRandom } from '../../../packages/base/src/index.ts'

export type { Random }
export { seededRandom }

/** A number from one to another. */
export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low)
}

export function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!
}

/** Files hold hundredths; more digits would only make them longer. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

const WORDS =
  'what if we began with the people who draw on the ground each morning and only then asked about the machine'.split(
    ' ',
  )

/** So many words of a sentence nobody will finish. */
export function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => oneOf(random, WORDS)).join(' ')
}
