import { describe, expect, test } from 'vitest'
import { EMPTY_VECTOR, makeLiveBench } from './testing/bench.ts'
import { TIMING } from './timing.ts'

/** A live client whose server closes with that code; what it shows, and when it will try again. */
function closedWith(code: number) {
  const bench = makeLiveBench()
  const refusals: unknown[] = []
  bench.client.on('refused', (refusal) => refusals.push(refusal))
  bench.socket().drop(code, 'Because')
  const { state } = bench.client
  const waitMs =
    state.name === 'offline' && state.retryAt ? state.retryAt - bench.clock.now() : null
  return { ...bench, state, waitMs, refusals }
}

describe('each close code', () => {
  test.each([
    [1000, 'a client that leaves, or a proxy'],
    [1001, 'the other side goes away'],
    [1005, 'no code'],
    [1006, 'no close at all'],
    [1012, 'a restart whose goodbye was lost'],
    [3000, 'a code nobody knows'],
    [4399, 'below the permanent ones'],
    [4500, 'above the permanent ones'],
  ])('[C13] %i (%s) is a line that is gone', (code) => {
    const { state, waitMs, refusals, sockets, clock } = closedWith(code)
    expect(waitMs).toBe(TIMING.retryFirstMs)
    expect(state).toEqual({ name: 'offline', retryAt: clock.now() + TIMING.retryFirstMs })
    expect(refusals).toEqual([])
    clock.advance(TIMING.retryFirstMs)
    expect(sockets).toHaveLength(2)
  })

  test.each([
    [1011, 'something broke'],
    [1013, 'full, or a disk that does not keep up'],
    [4408, 'a page that slept while its line was being opened'],
  ])(
    '[C12] %i (%s) is passing, but not at once: a sync does not make the next attempt quick',
    (code) => {
      const bench = closedWith(code)
      const { client, clock, socket } = bench
      expect(bench.refusals).toEqual([])
      for (const waitMs of [500, 1_000, 2_000]) {
        expect(client.state).toEqual({
          name: 'offline',
          retryAt: clock.now() + waitMs,
          trouble: { code, reason: 'Because' },
        })
        clock.advance(waitMs)
        bench.goLive()
        socket().drop(code, 'Because')
      }
      clock.advance(4_000)
      bench.goLive()
      for (let i = 0; i < 10; i++) {
        clock.advance(1_000)
        socket().raw(1, 1, 0)
      }
      socket().drop()
      expect(client.state).toEqual({ name: 'offline', retryAt: clock.now() + 100 })
    },
  )

  test('[C4] 1012 after goodbye waits as long as it was told', () => {
    const { client, socket, clock } = makeLiveBench()
    socket().say({ type: 'goodbye', retryAfterMs: 3_000 })
    socket().drop(1012, 'The server restarts')
    expect(client.state).toEqual({ name: 'offline', retryAt: clock.now() + 3_000 + 1_500 + 100 })
  })

  test.each([4400, 4401, 4403, 4404, 4409, 4410, 4429, 4499])(
    '[C5] %i stops until connect()',
    (code) => {
      const { client, state, refusals, sockets, clock } = closedWith(code)
      expect(state).toEqual({ name: 'refused', code, reason: 'Because' })
      expect(refusals).toEqual([{ code, reason: 'Because' }])
      clock.advance(600_000)
      client.wentOffline()
      client.wentOnline()
      client.probe()
      expect([client.state, sockets.length]).toEqual([state, 1])
      client.connect()
      expect([client.state.name, sockets.length]).toEqual(['connecting', 2])
    },
  )
})

describe('1009', () => {
  test('[C11] says that something is too large, and waits much longer, again and again', () => {
    const { client, waitMs, refusals, edit, clock, socket, sockets } = closedWith(1009)
    expect(waitMs).toBe(TIMING.tooLargeMs + 500)
    expect(client.state).toMatchObject({ trouble: { code: 1009, reason: 'Because' } })
    expect(refusals).toEqual([{ code: 1009, reason: 'Because' }])
    edit()
    expect(client.save).toMatchObject({ name: 'local', changes: 1 })
    clock.advance(TIMING.tooLargeMs + 499)
    expect(sockets).toHaveLength(1)
    clock.advance(1)
    expect(sockets).toHaveLength(2)
    socket().accept()
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    socket().drop(1009, 'Because')
    expect(client.state).toMatchObject({ retryAt: clock.now() + TIMING.tooLargeMs + 1_000 })
    expect(refusals).toHaveLength(2)
    expect(client.save).toMatchObject({ name: 'local', changes: 1 })
  })

  test('[C11] neither the page nor the network makes it try sooner, connect() does', () => {
    const { client, clock, sockets } = closedWith(1009)
    client.probe()
    client.wentOffline()
    clock.advance(1_000_000)
    client.wentOnline()
    client.probe()
    expect(sockets).toHaveLength(1)
    expect(client.state).toMatchObject({ name: 'offline', trouble: { code: 1009 } })
    clock.advance(TIMING.tooLargeMs + 1_000)
    expect(sockets).toHaveLength(2)
    client.disconnect()
    client.connect()
    expect(sockets).toHaveLength(3)
  })

  test('[C11] connect() tries at once', () => {
    const { client, sockets } = closedWith(1009)
    client.connect()
    expect(sockets).toHaveLength(2)
  })
})
