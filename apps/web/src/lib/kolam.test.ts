import { expect, test } from 'vitest'
import { diamondDots, kolamPath } from './kolam.ts'

test('diamondDots() gives 1, 3, 5, 3, 1 dots', () => {
  const dots = diamondDots(5)
  const rows = [-2, -1, 0, 1, 2].map((row) => dots.filter(({ y }) => y === row).length)
  expect(rows).toEqual([1, 3, 5, 3, 1])
})

test.each([1, 3, 5, 7])('the line around a diamond of %i never ends', (widest) => {
  const ends = [...kolamPath(diamondDots(widest)).matchAll(/M(\S+ \S+?)C\S+ \S+ \S+ \S+ ([^M]+)/g)]
  expect(ends.length).toBe(4 * diamondDots(widest).length)
  const met = new Map<string, number>()
  for (const [, from, to] of ends) {
    for (const end of [from ?? '', to ?? '']) met.set(end, (met.get(end) ?? 0) + 1)
  }
  for (const times of met.values()) expect(times % 2).toBe(0)
})
