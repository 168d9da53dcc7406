import { expect, test } from 'vitest'
import { type MemorySample, median, verdictOn } from './memory.ts'

function life(generation: number, ...rss: number[]): MemorySample[] {
  return rss.map((rssMib, seconds) => ({
    seconds,
    generation,
    rssMib,
    heapMib: 20,
    externalMib: 5,
  }))
}

test('the longest life is judged, its first quarter against its last', () => {
  const verdict = verdictOn([
    ...life(1, 900, 900),
    ...life(2, 100, 102, 110, 300, 300, 300, 150, 152),
    ...life(3, 10, 999),
  ])
  expect(verdict).toMatchObject({ generation: 2, samples: 8, isFlat: true })
  expect(verdict?.rssMib).toEqual({ first: 101, last: 151, allowed: 101 * 1.25 + 32 })
})

test('more than a quarter and 32 MiB above is growth', () => {
  expect(verdictOn(life(1, 100, 100, 100, 157))?.isFlat).toBe(true)
  expect(verdictOn(life(1, 100, 100, 100, 158))?.isFlat).toBe(false)
})

test('the heap is judged too', () => {
  const samples = life(1, 100, 100, 100, 100)
  const grown = samples.map((sample, index) => ({ ...sample, heapMib: 20 + 20 * index }))
  expect(verdictOn(grown)).toMatchObject({ isFlat: false, heapMib: { first: 20, last: 80 } })
})

test('a life without four quarters is not judged', () => {
  expect(verdictOn(life(1, 100, 100, 500))).toBeNull()
  expect(verdictOn([])).toBeNull()
})

test('the median is the middle one, or between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, 0])
})
