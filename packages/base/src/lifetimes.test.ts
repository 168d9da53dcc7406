import { describe, expect, test } from 'vitest'
import { assert, Disposers, Emitter, exhaustive } from './index.ts'

describe('Disposers', () => {
  test('dispose() runs all in reverse order, once', () => {
    const disposers = new Disposers()
    const ran: number[] = []
    for (const n of [1, 2, 3]) disposers.add(() => ran.push(n))
    disposers.dispose()
    disposers.dispose()
    expect(ran).toEqual([3, 2, 1])
  })

  test('one that throws does not stop the rest, and is not swallowed', () => {
    const disposers = new Disposers()
    const ran: number[] = []
    disposers.add(() => ran.push(1))
    disposers.add(() => {
      throw new Error('two')
    })
    disposers.add(() => ran.push(3))
    expect(() => disposers.dispose()).toThrow('two')
    expect(ran).toEqual([3, 1])
  })

  test('add() after dispose() runs at once', () => {
    const disposers = new Disposers()
    const ran: string[] = []
    disposers.dispose()
    disposers.add(() => ran.push('late'))
    expect(ran).toEqual(['late'])
  })
})

describe('Emitter', () => {
  type Events = { moved: [x: number, y: number]; ended: [] }

  test('emit() tells the listeners of that event in order', () => {
    const emitter = new Emitter<Events>()
    const heard: string[] = []
    emitter.on('moved', (x, y) => heard.push(`a${x},${y}`))
    emitter.on('moved', (x, y) => heard.push(`b${x},${y}`))
    emitter.on('ended', () => heard.push('ended'))
    emitter.emit('moved', 1, 2)
    expect(heard).toEqual(['a1,2', 'b1,2'])
  })

  test('the same function may listen twice, and each disposer removes one', () => {
    const emitter = new Emitter<Events>()
    let count = 0
    const listener = () => {
      count += 1
    }
    const off = emitter.on('ended', listener)
    emitter.on('ended', listener)
    emitter.emit('ended')
    off()
    off()
    emitter.emit('ended')
    expect(count).toBe(3)
  })

  test('a listener removed by an earlier one is not called; one added is called next time', () => {
    const emitter = new Emitter<Events>()
    const heard: string[] = []
    emitter.on('ended', () => {
      heard.push('first')
      off()
      if (heard.length === 1) emitter.on('ended', () => heard.push('added'))
    })
    const off = emitter.on('ended', () => heard.push('removed'))
    emitter.emit('ended')
    emitter.emit('ended')
    expect(heard).toEqual(['first', 'first', 'added'])
  })

  test('one that throws does not stop the rest; several become an AggregateError', () => {
    const emitter = new Emitter<Events>()
    let told = 0
    const fail = () => {
      throw new Error('listener')
    }
    emitter.on('ended', fail)
    emitter.on('ended', () => {
      told += 1
    })
    expect(() => emitter.emit('ended')).toThrow('listener')
    emitter.on('ended', fail)
    expect(() => emitter.emit('ended')).toThrow(AggregateError)
    expect(told).toBe(2)
  })

  test('clear() forgets every listener', () => {
    const emitter = new Emitter<Events>()
    const heard: string[] = []
    emitter.on('ended', () => heard.push('ended'))
    emitter.clear()
    emitter.emit('ended')
    expect(heard).toEqual([])
  })
})

describe('assert() and exhaustive()', () => {
  test('assert() throws its message only when the condition does not hold', () => {
    expect(() => assert(0, 'zero')).toThrow('Assertion failed: zero')
    expect(() => assert(1, 'one')).not.toThrow()
  })

  test('exhaustive() always throws', () => {
    expect(() => exhaustive('surprise' as never)).toThrow('surprise')
  })
})
