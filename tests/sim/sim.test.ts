/**
 * Many seeded worlds on one clock: the real clients and the real relay, a network that delays, cuts and swallows, a server
 * that is killed, and a disk that fills up. One seed again: `SEED=17 npx vitest run tests/sim`.
 */
import { expect, test } from 'vitest'
import { SimWorld } from './support/sim-world.ts'

const WORLDS = 200
const STEPS = 120

/** Seeds that once found something. */
const FOUND: readonly number[] = [1092, 1436, 5743, 5781, 5940]

const given = process.env['SEED']
const first = Number(given ?? Date.now() % 1e6)
const count = given === undefined ? WORLDS : 1
const seeds = [...FOUND, ...Array.from({ length: count }, (_, index) => first + index)]

test(`everybody converges, nothing seen is lost, and saved is never a lie (SEED=${first} and on)`, async () => {
  const totals = { saved: 0, deaths: 0, updates: 0 }
  for (const seed of seeds) {
    const { faults, saved, deaths, updates } = await new SimWorld(seed).run(STEPS)
    expect(faults, `SEED=${seed}`).toEqual([])
    totals.saved += saved
    totals.deaths += deaths
    totals.updates += updates
  }
  expect(totals.saved).toBeGreaterThan(seeds.length * 5)
  expect(totals.deaths).toBeGreaterThan(seeds.length / 2)
  expect(totals.updates).toBeGreaterThan(seeds.length * 100)
}, 600_000)
