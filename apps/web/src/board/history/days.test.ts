import { expect, test } from 'vitest'
import { dayText, groupByDay, momentText, timeText } from './days.ts'
import type { Point } from './points.ts'

/** Of this machine's calendar, as a person reads it. */
function at(year: number, month: number, day: number, hour = 12, minute = 0): number {
  return new Date(year, month - 1, day, hour, minute).getTime()
}

const NOW = at(2026, 11, 15, 0, 30)

test.each([
  [at(2026, 11, 15, 0, 1), 'Today'],
  [at(2026, 11, 14, 23, 59), 'Yesterday'],
  [at(2026, 11, 14, 0, 0), 'Yesterday'],
  [at(2026, 11, 13, 23, 59), '13 November'],
  [at(2026, 1, 1), '1 January'],
  [at(2025, 11, 15), '15 November 2025'],
])('the day of %i', (then, words) => {
  expect(dayText(then, NOW)).toBe(words)
})

test('yesterday of the first of January is in another year', () => {
  expect(dayText(at(2025, 12, 31), at(2026, 1, 1))).toBe('Yesterday')
})

test('a moment inside a sentence', () => {
  expect(timeText(at(2026, 11, 15, 9, 5))).toBe('09:05')
  expect(momentText(at(2026, 11, 15, 0, 5), NOW)).toBe('00:05 today')
  expect(momentText(at(2026, 11, 14, 14, 32), NOW)).toBe('14:32 yesterday')
  expect(momentText(at(2026, 11, 12, 14, 32), NOW)).toBe('14:32 on 12 November')
})

test('groupByDay() keeps the order and puts a day together', () => {
  const times = [
    at(2026, 11, 15, 0, 20),
    at(2026, 11, 15, 0, 10),
    at(2026, 11, 12),
    at(2026, 11, 12, 9),
  ]
  const points = times.map((time, i) => ({ number: 9 - i, at: time }) as Point)
  const days = groupByDay(points, NOW)
  expect(days.map(({ key, label }) => [key, label])).toEqual([
    ['2026-11-15', 'Today'],
    ['2026-11-12', '12 November'],
  ])
  expect(days.map((day) => day.points.map(({ number }) => number))).toEqual([
    [9, 8],
    [7, 6],
  ])
  expect(groupByDay([], NOW)).toEqual([])
})
