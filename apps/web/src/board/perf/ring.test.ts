import { expect, test } from 'vitest'
import { Ring } from './ring.ts'

test('the newest are kept in the order they came', () => {
  const ring = new Ring<number>(4)
  expect(ring.newest(3)).toEqual([])
  for (const item of [1, 2]) ring.add(item)
  expect(ring.newest(3)).toEqual([1, 2])
  for (const item of [3, 4, 5, 6]) ring.add(item)
  expect(ring.newest(9)).toEqual([3, 4, 5, 6])
  expect(ring.newest(2)).toEqual([5, 6])
})

test('however many are added, it is what the end of a list would be', () => {
  for (let capacity = 1; capacity <= 5; capacity++) {
    const ring = new Ring<number>(capacity)
    const all: number[] = []
    for (let item = 0; item < 17; item++) {
      ring.add(item)
      all.push(item)
      expect(ring.newest(capacity)).toEqual(all.slice(-capacity))
    }
  }
})
