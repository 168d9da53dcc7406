import { expect, test } from 'vitest'
import { countText, megabytesText, msText } from './words.ts'

test('figures keep their digits, and what is not known is a dash', () => {
  expect([2, 0.04, 99.94, 99.96, 263.6].map(msText)).toEqual([
    '2.0 ms',
    '0.0 ms',
    '99.9 ms',
    '100 ms',
    '264 ms',
  ])
  expect([0, 50_000].map(countText)).toEqual(['0', '50,000'])
  expect([0, 1_048_576, 48_200_000].map(megabytesText)).toEqual(['0.0 MB', '1.0 MB', '48.2 MB'])
  expect([msText(undefined), countText(undefined), megabytesText(undefined)]).toEqual([
    '–',
    '–',
    '–',
  ])
})
