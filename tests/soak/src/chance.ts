/** Choices of a seeded run. */
import type { Random } from '@kolam/base'

/** Something that is chosen more or less often. */
export interface Weighted {
  readonly weight: number
}

/** One of the list. */
export function pick<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)]
}

/** One of the list, the heavier the likelier. */
export function pickWeighted<Item extends Weighted>(random: Random, items: readonly Item[]): Item {
  let left = random() * items.reduce((sum, { weight }) => sum + weight, 0)
  const found = items.find(({ weight }) => (left -= weight) < 0) ?? items.at(-1)
  if (!found) throw new Error('There is nothing to choose from')
  return found
}

/** A number between the two. */
export function between(random: Random, from: number, to: number): number {
  return from + (to - from) * random()
}
