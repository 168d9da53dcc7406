import { describe, expect, test } from 'vitest'
import { ManualClock, systemClock } from './index.ts'

describe('ManualClock', () => {
  test('advance() runs timers in the order they are due, each at its own moment', () => {
    const clock = new ManualClock(1000)
    const ran: [string, number][] = []
    const note = (name: string) => () => ran.push([name, clock.now()])
    clock.after(20, note('late'))
    clock.after(5, note('early'))
    clock.after(5, note('early too'))
    clock.after(21, note('never'))
    clock.advance(20)
    expect(ran).toEqual([
      ['early', 1005],
      ['early too', 1005],
      ['late', 1020],
    ])
    expect([clock.now(), clock.pending]).toEqual([1020, 1])
  })

  test('a timer set by a timer runs in the same advance() when it is due', () => {
    const clock = new ManualClock()
    const ran: number[] = []
    const again = () => {
      ran.push(clock.now())
      if (ran.length < 5) clock.after(10, again)
    }
    clock.after(10, again)
    clock.advance(35)
    expect(ran).toEqual([10, 20, 30])
  })

  test('after(0) waits for advance(), and a disposed timer never runs', () => {
    const clock = new ManualClock()
    const ran: string[] = []
    clock.after(0, () => ran.push('soon'))
    clock.after(0, () => ran.push('disposed'))()
    expect(ran).toEqual([])
    clock.advance(0)
    expect(ran).toEqual(['soon'])
  })

  test('time cannot go back', () => {
    expect(() => new ManualClock().advance(-1)).toThrow('cannot go back')
  })
})

describe('systemClock', () => {
  test('after() calls back, unless it was disposed before', async () => {
    const ran: string[] = []
    systemClock.after(0, () => ran.push('disposed'))()
    await new Promise<void>((resolve) => systemClock.after(0, resolve))
    await new Promise<void>((resolve) => systemClock.after(-5, resolve))
    expect(ran).toEqual([])
  })

  test('a wait too long for the platform is cut, not run at once', async () => {
    const ran: string[] = []
    const cancel = systemClock.after(2 ** 40, () => ran.push('at once'))
    await new Promise<void>((resolve) => systemClock.after(5, resolve))
    cancel()
    expect(ran).toEqual([])
  })
})
