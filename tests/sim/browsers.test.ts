/**
 * Many seeded worlds of browsers: tabs that share a copy and a channel, pages that die, stores that refuse or are emptied, days
 * without a network; on the server, the disk and the network of every world. One seed again: `SEED=17 npx vitest run tests/sim`.
 */
import { expect, test } from 'vitest'
import { type BrowsersOutcome, BrowsersWorld } from './support/sim-browsers-world.ts'

const WORLDS = 200
const STEPS = 100

/** Seeds that once found something. */
const FOUND: readonly number[] = [69, 537208]

const given = process.env['SEED']
const first = Number(given ?? Date.now() % 1e6)
const count = given === undefined ? WORLDS : 1
const seeds = [...FOUND, ...Array.from({ length: count }, (_, index) => first + index)]

test(`[O10, O11, N4, N6, A1] what a browser kept is never lost, nobody is a ghost, and saved is never a lie (SEED=${first} and on)`, async () => {
  const outcomes: BrowsersOutcome[] = []
  for (const seed of seeds) {
    const outcome = await new BrowsersWorld(seed).run(STEPS)
    expect(outcome.faults, `SEED=${seed}`).toEqual([])
    outcomes.push(outcome)
  }
  if (given !== undefined) return
  // All of it happened.
  const total = (name: Exclude<keyof BrowsersOutcome, 'faults'>): number =>
    outcomes.reduce((sum, outcome) => sum + outcome[name], 0)
  expect(total('saved')).toBeGreaterThan(seeds.length * 10)
  expect(total('updates')).toBeGreaterThan(seeds.length * 50)
  expect(total('pages')).toBeGreaterThan(seeds.length * 10)
  const disasters = (['deaths', 'crashes', 'illnesses', 'tunnels'] as const).map(total)
  expect(Math.min(...disasters)).toBeGreaterThan(seeds.length / 2)
}, 600_000)
