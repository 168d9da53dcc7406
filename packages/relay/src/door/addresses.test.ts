import { ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { type Limits, limitsOf } from '../limits.ts'
import { Addresses, type Entry } from './addresses.ts'

function table(limits: Partial<Limits> = {}) {
  const clock = new ManualClock()
  const rate = { addressConnectsPerSecond: 1, addressConnectsBurst: 3, addressConnectionsMax: 2 }
  return { clock, addresses: new Addresses({ clock, limits: limitsOf({ ...rate, ...limits }) }) }
}

function leave(entry: Entry): void {
  if (!entry.ok) throw new Error(entry.closing.reason)
  entry.leave()
}

function codes(entries: readonly Entry[]): (number | null)[] {
  return entries.map((entry) => (entry.ok ? null : entry.closing.code))
}

describe('Addresses', () => {
  test('[H7] an address has a bounded number of connections at a time', () => {
    const { addresses } = table({ addressConnectsBurst: 99 })
    const entries = [addresses.enter('a'), addresses.enter('a')]
    const more = addresses.enter('a')
    expect(codes([...entries, more, addresses.enter('b')])).toEqual([null, null, 4429, null])
    expect(more).toMatchObject({ closing: { reason: expect.stringContaining('2 connections') } })
    leave(entries[0]!)
    leave(entries[0]!) // once is enough
    expect(codes([addresses.enter('a'), addresses.enter('a')])).toEqual([null, 4429])
  })

  test('[H7] an address connects so often at once, and so often a second', () => {
    const { addresses, clock } = table()
    const come = () => {
      const entry = addresses.enter('a')
      if (entry.ok) entry.leave()
      return entry
    }
    expect(codes([come(), come(), come(), come()])).toEqual([null, null, null, 4429])
    expect(come()).toMatchObject({ closing: { reason: expect.stringContaining('too often') } })
    clock.advance(1000)
    expect(codes([come(), come()])).toEqual([null, 4429])
  })

  test('[H7] an address that has rested is forgotten', () => {
    const { addresses, clock } = table()
    leave(addresses.enter('a'))
    leave(addresses.enter('a'))
    const stays = addresses.enter('a')
    leave(addresses.enter('b'))
    expect(addresses.size).toBe(2)
    leave(stays)
    clock.advance(3000)
    leave(addresses.enter('c'))
    expect(addresses.size).toBe(1)
  })

  test('[H7] what is remembered is bounded, and of the refused there is nothing', () => {
    const { addresses } = table({ addressesMax: 10, addressConnectsBurst: 2 })
    const stays = addresses.enter('stays')
    for (let i = 0; i < 100; i++) {
      leave(addresses.enter(`a${i}`))
      expect(addresses.size).toBeLessThanOrEqual(11)
    }
    const none = table({ addressesMax: 10, addressConnectsBurst: 0 })
    for (let i = 0; i < 100; i++) none.addresses.enter(`a${i}`)
    expect(none.addresses.size).toBe(0)
    leave(stays)
    expect(addresses.size).toBe(10)
  })
})
