import { ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { limitsOf } from '../limits.ts'
import { Refusals } from './refusals.ts'

function refusals() {
  const clock = new ManualClock()
  const limits = limitsOf({ refusalDelayMs: 100, refusalsWaitingMax: 2 })
  const closed: string[] = []
  const waiting = new Refusals({ clock, limits })
  const refuse = (name: string) => waiting.later(() => closed.push(name))
  return { clock, closed, refuse }
}

describe('Refusals', () => {
  test('[H3] the refused hear it a while later', () => {
    const { clock, closed, refuse } = refusals()
    refuse('ada')
    clock.advance(99)
    expect(closed).toEqual([])
    clock.advance(1)
    expect(closed).toEqual(['ada'])
  })

  test('[H3] where too many wait, at once', () => {
    const { clock, closed, refuse } = refusals()
    const leave = refuse('ada')
    refuse('bob')
    refuse('cleo')()
    expect(closed).toEqual(['cleo'])
    leave()
    leave()
    refuse('dora')
    refuse('eve')
    expect(closed).toEqual(['cleo', 'eve'])
    clock.advance(100)
    expect(closed).toEqual(['cleo', 'eve', 'bob', 'dora'])
    refuse('finn')
    expect([closed.length, clock.pending]).toEqual([4, 1])
  })
})
