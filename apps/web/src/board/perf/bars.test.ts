import { expect, test } from 'vitest'
import { barsOf, BUDGET_MS, CHART } from './bars.ts'

/** Left edge and height of each bar. */
function read(path: string): { x: number; h: number }[] {
  const bars = path.matchAll(/M(\S+) (\S+)v-(\S+)h1v(\S+)z/g)
  return Array.from(bars, ([, x, y, up, down]) => {
    expect([y, down]).toEqual([CHART.h.toFixed(2), up])
    return { x: Number(x), h: Number(up) }
  })
}

test('bars end at the right edge, with the newest frame', () => {
  const { within, over } = barsOf([4, 8])
  expect(read(within)).toEqual([
    { x: CHART.w - 2, h: 4 },
    { x: CHART.w - 1, h: 8 },
  ])
  expect(over).toBe('')
})

test('frames over the budget are told apart, and stay inside the chart', () => {
  const { within, over } = barsOf([BUDGET_MS, 20, 500])
  expect(read(within).map(({ x }) => x)).toEqual([CHART.w - 3])
  expect(read(over)).toEqual([
    { x: CHART.w - 2, h: 20 },
    { x: CHART.w - 1, h: Number(CHART.h.toFixed(2)) },
  ])
})

test('the shortest frame is seen, and as many as are shown fill the chart', () => {
  const bars = read(barsOf(Array.from({ length: CHART.w }, () => 0)).within)
  expect(bars[0]).toEqual({ x: 0, h: 1 })
  expect(bars).toHaveLength(CHART.w)
})

test('no frames, no bars', () => {
  expect(barsOf([])).toEqual({ within: '', over: '' })
})
