import { expect, test } from 'vitest'
import { nextItem } from './menu-keys.ts'

const names = ['Open', 'Save', 'Settings', 'Quit']

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 0, 1],
  ['ArrowDown', 3, 0],
  ['ArrowUp', 0, 3],
  ['ArrowUp', -1, 3],
  ['ArrowRight', 1, 2],
  ['ArrowLeft', 1, 0],
  ['Home', 2, 0],
  ['End', 1, 3],
  ['s', 0, 1],
  ['s', 1, 2],
  ['S', 2, 1],
  ['x', 2, null],
  [' ', 2, null],
  ['Enter', 2, null],
])('%s from %i goes to %j', (key, at, next) => {
  expect(nextItem({ key, at, names })).toBe(next)
})

test('an empty list goes nowhere', () => {
  expect(nextItem({ key: 'ArrowDown', at: -1, names: [] })).toBeNull()
})
