import { expect, test } from 'vitest'
import { ClickCounter, type Press } from './clicks.ts'

const press: Press = { at: { x: 10, y: 10 }, button: 0, timeMs: 1000 }

function counts(...presses: Partial<Press>[]): number[] {
  const counter = new ClickCounter()
  return presses.map((one) => counter.press({ ...press, ...one }))
}

test('two presses at one spot in a short time are a double click, the third begins again', () => {
  expect(counts({}, { timeMs: 1300 }, { timeMs: 1500 })).toEqual([1, 2, 1])
})

test('late, far and other-button presses are clicks of their own', () => {
  expect(counts({}, { timeMs: 1500 })).toEqual([1, 1])
  expect(counts({}, { at: { x: 30, y: 10 } })).toEqual([1, 1])
  expect(counts({}, { button: 2 })).toEqual([1, 1])
})
