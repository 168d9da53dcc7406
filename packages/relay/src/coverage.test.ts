import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { Coverage, decodeStateVector, encodeStateVector } from './coverage.ts'

/** `client` has structs from each `from` to before `to`. */
function runs(client: number, ...pairs: readonly (readonly [from: number, to: number])[]) {
  return pairs.map(([from, to]) => ({ client, clock: from, length: to - from }))
}

function clocksOf(coverage: Coverage): Record<number, number> {
  return Object.fromEntries(decodeStateVector(coverage.stateVector()) ?? [])
}

describe('Coverage', () => {
  test('[R5] a gap is not advertised until it is filled', () => {
    const coverage = new Coverage()
    coverage.add(runs(7, [0, 3], [5, 9]))
    expect(clocksOf(coverage)).toEqual({ 7: 3 })
    coverage.add(runs(7, [3, 5]))
    expect(clocksOf(coverage)).toEqual({ 7: 9 })
  })

  test('[R5] a client whose first struct is missing is not advertised at all', () => {
    const coverage = new Coverage()
    coverage.add(runs(7, [1, 3]))
    expect(clocksOf(coverage)).toEqual({})
    expect(coverage.covers(runs(7, [1, 3]))).toBe(true)
  })

  test('covers() needs every struct', () => {
    const coverage = new Coverage()
    coverage.add([...runs(1, [0, 3], [5, 6]), ...runs(2, [0, 1])])
    expect(coverage.covers([...runs(1, [1, 3]), ...runs(2, [0, 1])])).toBe(true)
    expect(coverage.covers(runs(1, [2, 4]))).toBe(false)
    expect(coverage.covers(runs(1, [2, 6]))).toBe(false)
    expect(coverage.covers(runs(3, [0, 1]))).toBe(false)
    expect(coverage.covers([])).toBe(true)
  })

  const seeds = process.env['SEED'] ? [Number(process.env['SEED'])] : [1, 2, 3, 4, 5]
  test.each(seeds)('agrees with a plain set of clocks (SEED=%i)', (seed) => {
    const random = seededRandom(seed)
    const upTo = (max: number) => Math.floor(random() * max)
    const coverage = new Coverage()
    const there = new Set<string>()
    for (let step = 0; step < 300; step++) {
      const [client, clock, length] = [upTo(3), upTo(60), upTo(6)]
      const ids = Array.from({ length }, (_, i) => `${client}:${clock + i}`)
      expect(coverage.covers([{ client, clock, length }])).toBe(ids.every((id) => there.has(id)))
      if (random() < 0.3) {
        coverage.add([{ client, clock, length }])
        for (const id of ids) there.add(id)
      }
    }
    for (const client of [0, 1, 2]) {
      let end = 0
      while (there.has(`${client}:${end}`)) end += 1
      expect(clocksOf(coverage)[client] ?? 0).toBe(end)
    }
  })
})

describe('state vectors', () => {
  test('decode to what was encoded', () => {
    const clocks = new Map([
      [3, 4],
      [2 ** 40, 1],
    ])
    expect(decodeStateVector(encodeStateVector(clocks))).toEqual(clocks)
  })

  test('anything else decodes to null', () => {
    for (const bytes of [[], [1], [1, 2], [0, 0], [255, 255, 255, 255, 15], [1, 1, 1, 1]]) {
      expect(decodeStateVector(new Uint8Array(bytes))).toBeNull()
    }
  })
})
