import type { PointInfo } from '@kolam/persistence'
import { expect, test } from 'vitest'
import { everySecond, outdated } from './thinning.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Noon of some day, on the hour. */
const NOW = 20_000 * DAY + 12 * HOUR

/** Points so many milliseconds ago, the oldest first; numbers from 1. */
function points(ages: readonly number[], change: Partial<PointInfo> = {}): PointInfo[] {
  const said = { kind: 'automatic', name: '', author: '', updates: 1, authors: [] } as const
  return ages.map((age, index) => {
    return { ...said, ...change, number: index + 1, at: NOW - age, seq: index, bytes: 10 }
  })
}

const gone = (list: readonly PointInfo[], days: number | null = null) =>
  outdated(list, { days, now: NOW })

test('of the last hour every point stays', () => {
  expect(gone(points([59, 40, 30, 20, 10, 1].map((minutes) => minutes * MINUTE)))).toEqual([])
})

test('of each earlier hour of a day the last point stays', () => {
  const ages = [3 * HOUR + 50 * MINUTE, 3 * HOUR + 10 * MINUTE, 2 * HOUR + 30 * MINUTE, MINUTE]
  expect(gone(points(ages))).toEqual([1])
})

test('of each day of a month the last point stays, and then of each week', () => {
  const days = [80, 79.8, 45, 44.9, 5.3, 5.2, 5.1, 3]
  const left = points([...days.map((day) => day * DAY), 0]).filter(
    ({ number }) => !gone(points([...days.map((day) => day * DAY), 0])).includes(number),
  )
  expect(left.map(({ number }) => days[number - 1] ?? 0)).toEqual([79.8, 44.9, 5.1, 3, 0])
})

test('thinning out again takes nothing more, until time passes', () => {
  const ages = Array.from({ length: 400 }, (_, index) => index * 17 * MINUTE).reverse()
  const all = points(ages)
  const first = new Set(gone(all))
  const left = all.filter(({ number }) => !first.has(number))
  expect(gone(left)).toEqual([])
  expect(left.length).toBeLessThan(45)
  expect(left.length).toBeGreaterThan(25)
})

test('what was named stays whatever its age, what was there before somebody went back for a month', () => {
  const ages = [400, 300, 20.2, 20.1, 20].map((day) => day * DAY)
  expect(gone(points([...ages, 0], { kind: 'named' }), 1)).toEqual([])
  expect(gone(points([...ages, 0], { kind: 'before-restore' }))).toEqual([])
  expect(
    gone(
      points(
        [40.2, 40.1, 0].map((day) => day * DAY),
        { kind: 'before-restore' },
      ),
    ),
  ).toEqual([1])
})

test('beyond the days that are kept everything goes but the last point', () => {
  const ages = [200, 100, 95, 91].map((day) => day * DAY)
  expect(gone(points(ages), 90)).toEqual([1, 2, 3])
})

test('where there is too little room every second one goes, and at last the only one that may', () => {
  expect(everySecond(points([9, 8, 7, 6, 5]))).toEqual([1, 3])
  expect(everySecond(points([9, 8]))).toEqual([1])
  expect(everySecond(points([9]))).toEqual([])
  expect(everySecond(points([9, 8, 7], { kind: 'named' }))).toEqual([])
})
