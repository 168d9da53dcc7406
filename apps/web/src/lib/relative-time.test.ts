import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const NOW = Date.UTC(2026, 5, 15, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [0, 'just now'],
  [-HOUR, 'just now'],
  [59_999, 'just now'],
  [MINUTE, '1 minute ago'],
  [59 * MINUTE, '59 minutes ago'],
  [2 * HOUR, '2 hours ago'],
  [DAY, 'yesterday'],
  [6 * DAY, '6 days ago'],
  [14 * DAY, '2 weeks ago'],
  [60 * DAY, '2 months ago'],
  [800 * DAY, '2 years ago'],
])('%i ms ago is %s', (ago, words) => {
  expect(relativeTime(NOW - ago, NOW)).toBe(words)
})
