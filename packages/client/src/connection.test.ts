import { encodeAwarenessEntries } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { Doc } from 'yjs'
import {
  type Bench,
  EMPTY_UPDATE,
  EMPTY_VECTOR,
  makeBench,
  makeLiveBench,
} from './testing/bench.ts'
import { TIMING } from './timing.ts'

const SOMEBODY = encodeAwarenessEntries([{ clientId: 77, clock: 1, state: '{}' }])

/** Drops every line before it syncs and returns the waits until `count` further attempts. */
function waits({ clock, sockets, client }: Bench, count: number): number[] {
  return Array.from({ length: count }, () => {
    sockets.at(-1)?.accept()
    sockets.at(-1)?.drop()
    const { state } = client
    if (state.name !== 'offline' || state.retryAt === undefined) throw new Error('No retry')
    const waitMs = state.retryAt - clock.now()
    const before = sockets.length
    clock.advance(waitMs - 0.5)
    expect(sockets).toHaveLength(before)
    clock.advance(0.5)
    expect(sockets).toHaveLength(before + 1)
    return waitMs
  })
}

describe('one line at a time', () => {
  test('[C1] nothing an ended line’s socket says is heard', () => {
    const bench = makeLiveBench()
    const { client, socket, clock, edit } = bench
    const old = socket()
    const { handlers } = old
    old.drop()
    clock.advance(100)
    bench.goLive()
    socket().say({ type: 'known' })
    edit()
    clock.advance(33)
    handlers?.onmessage(new Uint8Array([102]))
    handlers?.onmessage(new Uint8Array([]))
    handlers?.onopen('kolam.1')
    handlers?.onclose(4401, 'late')
    expect([client.state.name, client.save.name]).toEqual(['live', 'saving'])
    expect(old.handlers).toBeNull()
  })

  test('[C1] a socket that opens after it was given up is not used', () => {
    const { client, socket, clock } = makeBench()
    client.connect()
    const { handlers } = socket()
    clock.advance(10_000)
    handlers?.onopen('kolam.1')
    expect(client.state.name).toBe('offline')
  })
})

describe('coming back', () => {
  test('[C2] at once after a line that synced, then slower and slower up to 1.5 s', () => {
    const bench = makeLiveBench()
    expect(waits(bench, 6)).toEqual([100, 500, 1000, 1500, 1500, 1500])
  })

  test('[C2] up to 10 s when the lines have been ending for 30 s', () => {
    const bench = makeLiveBench()
    const { clock } = bench
    const sinceMs = clock.now()
    const all = waits(bench, 24)
    const long = all.indexOf(10_000)
    expect(all.slice(3, long).every((ms) => ms === 1500)).toBe(true)
    expect(all.slice(long).every((ms) => ms === 10_000)).toBe(true)
    const beganMs = all.slice(0, long).reduce((sum, ms) => sum + ms, sinceMs)
    expect(beganMs - sinceMs).toBeGreaterThanOrEqual(TIMING.retrySoonMs)
    expect(beganMs - sinceMs).toBeLessThan(TIMING.retrySoonMs + TIMING.retrySoonCapMs)
    bench.goLive()
    expect(waits(bench, 5)).toEqual([100, 500, 1000, 1500, 1500])
  })

  test('[C2] and at once up to 10 s while the server is there and cannot', () => {
    const bench = makeLiveBench()
    bench.socket().drop(1013, 'Full')
    bench.clock.advance(500)
    expect(waits(bench, 6)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  test('[C2] with jitter', () => {
    const bench = makeBench({ random: () => 0.25 })
    bench.client.connect()
    expect(waits(bench, 3)).toEqual([25, 125, 250])
  })

  test('[C3] an open line alone does not make it quick again, a sync does', () => {
    const bench = makeLiveBench()
    waits(bench, 4)
    bench.socket().accept()
    bench.socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    expect(waits(bench, 1)).toEqual([1500])
    bench.goLive()
    expect(waits(bench, 1)).toEqual([100])
  })

  test('[C3] after a malformed line only a sync that lasts does', () => {
    const bench = makeLiveBench()
    const { socket, client, clock } = bench
    const retryMs = () => {
      const { state } = client
      return state.name === 'offline' && state.retryAt ? state.retryAt - clock.now() : 0
    }
    for (const expected of [500, 1000, 2000]) {
      socket().raw()
      expect(retryMs()).toBe(expected)
      clock.advance(expected)
      bench.goLive()
    }
    for (let i = 0; i < 10; i++) {
      clock.advance(1_000)
      socket().raw(1, 1, 0)
    }
    socket().drop()
    expect(retryMs()).toBe(100)
  })

  test('[C4] goodbye’s pause is kept, with jitter on top', () => {
    const bench = makeLiveBench()
    const { client, socket, clock } = bench
    socket().say({ type: 'goodbye', retryAfterMs: 2_000 })
    socket().drop(1012)
    expect(client.state).toEqual({ name: 'offline', retryAt: clock.now() + 2_000 + 1_000 + 100 })
    clock.advance(3_100)
    bench.goLive()
    socket().drop()
    expect(client.state).toEqual({ name: 'offline', retryAt: clock.now() + 100 })
  })

  test('[C4] but never longer than a minute and a half', () => {
    const { client, socket, clock } = makeLiveBench()
    socket().say({ type: 'goodbye', retryAfterMs: 86_400_000 })
    socket().drop(1012)
    expect(client.state).toEqual({ name: 'offline', retryAt: clock.now() + 90_100 })
  })

  test.each([4400, 4401, 4429, 4499])('[C5] close code %i stops until connect()', (code) => {
    const { client, socket, sockets, clock } = makeLiveBench()
    const refusals: unknown[] = []
    client.on('refused', (refusal) => refusals.push(refusal))
    socket().drop(code, 'Not for you')
    clock.advance(600_000)
    client.wentOffline()
    client.wentOnline()
    client.probe()
    expect(client.state).toEqual({ name: 'refused', code, reason: 'Not for you' })
    expect([refusals, sockets.length]).toEqual([[{ code, reason: 'Not for you' }], 1])
    client.connect()
    expect([client.state.name, sockets.length]).toEqual(['connecting', 2])
  })

  test('[C6] without a network there is no line and no attempt, with one again at once', () => {
    const { client, socket, sockets, clock } = makeLiveBench()
    client.wentOffline()
    expect([client.state, socket().closed?.code]).toEqual([{ name: 'offline' }, 1000])
    clock.advance(600_000)
    expect(sockets).toHaveLength(1)
    client.wentOnline()
    expect(sockets).toHaveLength(2)
  })

  test('[C6] a probe tries once although the machine says there is no network', () => {
    const { client, socket, sockets, clock } = makeLiveBench()
    client.wentOffline()
    client.probe()
    expect(sockets).toHaveLength(2)
    socket().drop()
    clock.advance(600_000)
    expect(sockets).toHaveLength(2)
  })

  test('[C6] online and probe cut a wait short', () => {
    const { client, sockets, socket } = makeLiveBench()
    socket().drop()
    client.probe()
    expect(sockets).toHaveLength(2)
    socket().drop()
    client.wentOnline()
    expect(sockets).toHaveLength(3)
  })

  test('[C7] a socket that does not open within 10 s is given up', () => {
    const { client, socket, sockets, clock } = makeBench()
    client.connect()
    clock.advance(9_999)
    expect(client.state.name).toBe('connecting')
    clock.advance(1)
    expect([client.state.name, socket().closed !== null]).toEqual(['offline', true])
    clock.advance(100)
    expect(sockets).toHaveLength(2)
  })

  test('[C7] nor may a socket that cannot be made stop the client', () => {
    let attempts = 0
    const { client, clock } = makeBench({
      openSocket: () => {
        attempts += 1
        throw new SyntaxError('bad url')
      },
    })
    client.connect()
    clock.advance(100 + 500)
    expect([attempts, client.state.name]).toEqual([3, 'offline'])
  })
})

describe('leaving', () => {
  test('[C8] disconnect() hands over what waits, takes presence back, and stays away', () => {
    const { client, socket, sockets, edit, clock } = makeLiveBench()
    edit()
    client.disconnect()
    expect(socket().sent.map(({ type }) => type)).toEqual(['update', 'awareness'])
    expect(socket().closed).toEqual({ code: 1000, reason: '' })
    expect(client.state).toEqual({ name: 'offline' })
    expect(client.save).toMatchObject({ name: 'local', changes: 1 })
    client.probe()
    clock.advance(600_000)
    expect(sockets).toHaveLength(1)
    client.connect()
    expect(sockets).toHaveLength(2)
  })

  test('[C8] disconnect() while waiting for a retry cancels it', () => {
    const { client, socket, sockets, clock } = makeLiveBench()
    socket().drop()
    client.disconnect()
    clock.advance(600_000)
    expect([client.state, sockets.length]).toEqual([{ name: 'offline' }, 1])
  })

  test('[C8] destroy() is for good and leaves no timer and no listener', () => {
    const { client, doc, edit, sockets, clock, saves } = makeLiveBench()
    client.destroy()
    client.destroy()
    edit()
    client.connect()
    client.probe()
    expect([sockets.length, saves, clock.pending]).toEqual([1, [], 0])
    expect(doc.isDestroyed).toBe(false)
  })

  test('[C8] a destroyed document takes the client with it', () => {
    const doc = new Doc()
    const { client, socket } = makeLiveBench({ doc })
    doc.destroy()
    expect([socket().closed?.code, client.state.name]).toEqual([1000, 'offline'])
  })
})

describe('what others expect', () => {
  test('[C9] status and sync follow the line', () => {
    const { client, socket, goLive } = makeBench()
    const told: unknown[] = []
    client.on('status', ({ status }) => told.push(status))
    client.on('sync', (synced) => told.push(synced))
    client.connect()
    goLive()
    socket().drop()
    expect(told).toEqual(['connecting', 'connected', true, false, 'disconnected'])
  })

  test('[C10] health shows degraded and live again, also when it came before the document', () => {
    const { client, socket, states } = makeBench()
    client.connect()
    socket().accept()
    socket().say({ type: 'health', degraded: true, reason: 'The disk is full' })
    expect(client.state.name).toBe('syncing')
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    socket().say({ type: 'health', degraded: false, reason: '' })
    expect(states.slice(2)).toEqual([
      { name: 'degraded', reason: 'The disk is full' },
      { name: 'live' },
    ])
  })
})

describe('the option `timing`', () => {
  test('[C14] replaces waits before and after a line', () => {
    const { client, clock, socket } = makeBench({
      timing: { connectMs: 50, retryFirstMs: 7, retryBaseMs: 20, tooLargeMs: 90 },
    })
    client.connect()
    clock.advance(49)
    expect(client.state.name).toBe('connecting')
    clock.advance(1)
    expect(client.state).toEqual({ name: 'offline', retryAt: clock.now() + 7 })
    clock.advance(7)
    socket().drop(1009, 'Too much')
    expect(client.state).toMatchObject({ retryAt: clock.now() + 90 + 20 })
  })

  test('[C14] replaces waits on a line, and leaves the others as they are', () => {
    const { client, clock, socket, edit } = makeLiveBench({
      timing: { flushMs: 5, presenceMs: 6, quietMs: 400 },
    })
    edit()
    clock.advance(0)
    edit()
    clock.advance(5)
    expect(socket().take('update')).toHaveLength(2)
    clock.advance(6)
    socket().say({ type: 'awareness', bytes: SOMEBODY })
    client.awareness.setLocalState({ x: 1 })
    clock.advance(0)
    client.awareness.setLocalState({ x: 2 })
    clock.advance(6)
    expect(socket().take('awareness')).toHaveLength(2)
    clock.advance(400)
    expect(socket().take('ping')).toHaveLength(1)
    clock.advance(4_900)
    expect(client.state.name).toBe('live')
    clock.advance(100)
    expect(client.state.name).toBe('offline')
  })
})
