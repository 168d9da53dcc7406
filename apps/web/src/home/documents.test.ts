import { expect, test } from 'vitest'
import { shapesText } from './documents.ts'

test('shapesText() counts', () => {
  expect([0, 1, 2, 12_345].map(shapesText)).toEqual([
    '0 shapes',
    '1 shape',
    '2 shapes',
    '12,345 shapes',
  ])
})
