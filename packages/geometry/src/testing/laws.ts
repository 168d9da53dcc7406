/** What the law tests share: arbitrary values of the sizes boards have, and a seed that replays a failure. */
import * as fc from 'fast-check'
import type { Box } from '../box.ts'
import type { Vec } from '../vec.ts'

/** Replay one failure with `SEED=17 pnpm test packages/geometry`. */
export const SEED = Number(process.env['SEED'] ?? 1)

/** How every law is run. */
export const RUNS = { seed: SEED, numRuns: 200 }

// Sixteenths of a page unit: as fine as boards get, and exact in sums, so laws need little slack.
export const coordinate = fc.integer({ min: -160_000, max: 160_000 }).map((n) => n / 16)
export const side = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 80_000 }).map((n) => n / 16),
)
export const angle = fc.double({ min: -7, max: 7, noNaN: true })
export const point: fc.Arbitrary<Vec> = fc.record({ x: coordinate, y: coordinate })
export const points: fc.Arbitrary<Vec[]> = fc.array(point, { maxLength: 30 })
export const box: fc.Arbitrary<Box> = fc.record({ x: coordinate, y: coordinate, w: side, h: side })
