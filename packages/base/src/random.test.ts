import { describe, expect, test } from 'vitest'
import { Backoff, randomId, seededRandom, systemRandom } from './index.ts'

const take = (random: () => number, count: number) => Array.from({ length: count }, random)

describe('seededRandom', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    expect(take(seededRandom(7), 20)).toEqual(take(seededRandom(7), 20))
    expect(take(seededRandom(7), 20)).not.toEqual(take(seededRandom(8), 20))
  })

  test('numbers are in [0, 1) and spread evenly', () => {
    const numbers = take(seededRandom(1), 10_000)
    expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true)
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const n of numbers) tenths[Math.floor(n * 10)]! += 1
    expect(tenths.every((count) => count > 850 && count < 1150)).toBe(true)
  })

  test('systemRandom gives numbers in [0, 1)', () => {
    expect(take(systemRandom, 100).every((n) => n >= 0 && n < 1)).toBe(true)
  })
})

describe('randomId', () => {
  test('is 22 characters of base64url, all of them used, never the same', () => {
    const ids = Array.from({ length: 500 }, randomId)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(500)
    expect(new Set(ids.join('')).size).toBe(64)
  })
})

describe('Backoff', () => {
  const most = () => 1
  test('bounds double up to the cap, and reset() starts again', () => {
    const backoff = new Backoff({ baseMs: 100, capMs: 500, random: most })
    expect(Array.from({ length: 5 }, () => backoff.nextMs())).toEqual([100, 200, 400, 500, 500])
    expect(backoff.attempts).toBe(5)
    backoff.reset()
    expect([backoff.attempts, backoff.nextMs()]).toEqual([0, 100])
  })

  test('the first wait may have its own bound', () => {
    const backoff = new Backoff({ firstMs: 10, baseMs: 100, capMs: 500, random: most })
    expect(Array.from({ length: 4 }, () => backoff.nextMs())).toEqual([10, 100, 200, 400])
  })

  test('jitter is full: any wait from nothing to the bound', () => {
    const random = seededRandom(3)
    const waits = Array.from({ length: 200 }, () =>
      new Backoff({ baseMs: 100, capMs: 500, random }).nextMs(),
    )
    expect(Math.min(...waits)).toBeLessThan(5)
    expect(Math.max(...waits)).toBeGreaterThan(95)
    expect(Math.max(...waits)).toBeLessThan(100)
  })
})
