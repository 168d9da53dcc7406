import { describe, expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

describe('TokenBucket', () => {
  const options = { perSecond: 10, burst: 5 }

  test('lets a burst through and then says how long is owed', () => {
    const bucket = new TokenBucket(options, 0)
    expect(bucket.take(5, 0)).toBe(0)
    expect(bucket.take(1, 0)).toBe(100)
    expect(bucket.take(1, 0)).toBe(200)
  })

  test('fills with time, up to the burst', () => {
    const bucket = new TokenBucket(options, 0)
    bucket.take(5, 0)
    expect(bucket.take(1, 100)).toBe(0)
    expect(bucket.isFull(10_000)).toBe(true)
    expect(bucket.take(5, 10_000)).toBe(0)
    expect(bucket.take(1, 10_000)).toBe(100)
  })

  test('gives nothing where there is not enough', () => {
    const bucket = new TokenBucket(options, 0)
    expect(bucket.tryTake(5, 0)).toBe(true)
    expect(bucket.tryTake(1, 50)).toBe(false)
    expect(bucket.tryTake(1, 100)).toBe(true)
  })

  test('a clock that goes back takes nothing away', () => {
    const bucket = new TokenBucket(options, 1_000)
    expect(bucket.take(5, 0)).toBe(0)
    expect(bucket.take(1, 100)).toBe(0)
  })
})
