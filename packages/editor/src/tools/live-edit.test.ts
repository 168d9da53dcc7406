import { expect, test } from 'vitest'
import { ManualClock } from '@kolam/base'
import { Pace } from './live-edit.ts'

/** How often a pace writes in a second of asking at every frame. */
function writesInASecond(shapes: number): number {
  const clock = new ManualClock()
  let writes = 0
  const pace = new Pace({ clock }, () => writes++)
  pace.weigh(shapes)
  for (let ms = 0; ms < 1_000; ms += 16) {
    pace.ask()
    clock.advance(16)
  }
  pace.stop()
  return writes
}

test('[G4] few shapes are written about 30 times a second, many less often', () => {
  expect(writesInASecond(1)).toBeGreaterThan(25)
  expect(writesInASecond(1)).toBeLessThanOrEqual(30)
  expect(writesInASecond(50)).toBe(writesInASecond(1))
  expect(writesInASecond(500)).toBeLessThanOrEqual(4)
  expect(writesInASecond(1_000)).toBe(2)
})
