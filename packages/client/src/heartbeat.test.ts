import { ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { EMPTY_UPDATE, makeBench, makeLiveBench } from './testing/bench.ts'
import { TIMING } from './timing.ts'

describe('heartbeat', () => {
  test('[H1] a quiet relay is pinged after 5 s and given up 5 s later', () => {
    const { client, socket, clock } = makeLiveBench()
    clock.advance(4_999)
    expect(socket().take('ping')).toEqual([])
    clock.advance(1)
    expect(socket().take('ping')).toHaveLength(1)
    clock.advance(4_999)
    expect(client.state.name).toBe('live')
    clock.advance(1)
    expect([client.state.name, socket().closed !== null]).toEqual(['offline', true])
  })

  test('[H1] any message counts, also in the same instant as the ping', () => {
    const { client, socket, clock } = makeLiveBench()
    for (let seconds = 0; seconds < 100; seconds += 5) {
      clock.advance(5_000)
      for (const { nonce } of socket().take('ping')) socket().say({ type: 'pong', nonce })
    }
    clock.advance(3_000)
    socket().raw(1, 1, 0)
    clock.advance(4_999)
    expect(socket().take('ping')).toEqual([])
    expect(client.state.name).toBe('live')
  })

  test('[H1] the relay’s pings are answered', () => {
    const { socket } = makeLiveBench()
    socket().say({ type: 'ping', nonce: 77 })
    expect(socket().take('pong')).toEqual([{ type: 'pong', nonce: 77 }])
  })

  test('[H2] a server without kolam.1 is never pinged and may be quiet for 35 s', () => {
    const bench = makeBench()
    const { client, socket, clock } = bench
    client.connect()
    bench.goLive('')
    clock.advance(20_000)
    socket().raw(1, 1, 0)
    clock.advance(34_999)
    expect([client.state.name, socket().take('ping')]).toEqual(['live', []])
    clock.advance(1)
    expect(client.state.name).toBe('offline')
  })

  test('[H3] until the document has arrived there are 60 s', () => {
    const { client, socket, clock } = makeBench()
    client.connect()
    socket().accept()
    socket().say({ type: 'pong', nonce: 1 })
    clock.advance(30_000)
    client.probe()
    clock.advance(29_999)
    expect(client.state.name).toBe('syncing')
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.state.name).toBe('live')
  })

  test('[H3] and no more', () => {
    const { client, socket, clock } = makeBench()
    client.connect()
    socket().accept()
    clock.advance(60_000)
    expect(client.state.name).toBe('offline')
  })

  test('[H4] an upload that still moves keeps the line', () => {
    const { client, socket, clock } = makeLiveBench()
    socket().bufferedAmount = 1_000_000
    clock.advance(5_000)
    for (let left = 9; left > 0; left--) {
      socket().bufferedAmount = left * 100_000
      clock.advance(5_000)
      expect(client.state.name).toBe('live')
    }
    clock.advance(5_000)
    expect(client.state.name).toBe('offline')
  })

  test('[H5] a probe asks at once and gives 2 s', () => {
    const { client, socket, clock } = makeLiveBench()
    client.probe()
    expect(socket().take('ping')).toHaveLength(1)
    clock.advance(1_999)
    expect(client.state.name).toBe('live')
    clock.advance(1)
    expect(client.state.name).toBe('offline')
  })

  test('[H7] a machine that slept without a word of it asks as on waking', () => {
    const time = new ManualClock(1_000_000)
    let sleptMs = 0
    const clock = {
      now: () => time.now() + sleptMs,
      after: (ms: number, run: () => void) => time.after(ms, run),
    }
    const { client, socket } = makeLiveBench({ clock })
    time.advance(4_000)
    sleptMs = 3_600_000
    time.advance(1_000)
    expect(socket().take('ping')).toHaveLength(1)
    time.advance(TIMING.probeMs - 1)
    expect(client.state.name).toBe('live')
    time.advance(1)
    expect(client.state.name).toBe('offline')
  })

  test('[H7] a timer that is only a little late is no sleep', () => {
    const time = new ManualClock(1_000_000)
    let lateMs = 0
    const clock = {
      now: () => time.now() + lateMs,
      after: (ms: number, run: () => void) => time.after(ms, run),
    }
    const { client, socket } = makeLiveBench({ clock })
    lateMs = 4_000
    time.advance(5_000)
    expect(socket().take('ping')).toHaveLength(1)
    time.advance(TIMING.pongMs - 1)
    expect(client.state.name).toBe('live')
    time.advance(1)
    expect(client.state.name).toBe('offline')
  })

  test('[H5] a line that answers stays', () => {
    const { client, socket, clock } = makeLiveBench()
    client.probe()
    socket().say({ type: 'pong', nonce: 2 })
    clock.advance(4_000)
    expect([client.state.name, socket().closed]).toEqual(['live', null])
  })

  test('[H5] a server without kolam.1 is asked with step1', () => {
    const bench = makeBench()
    bench.client.connect()
    const socket = bench.goLive('')
    socket.sent.length = 0
    bench.client.probe()
    expect(socket.take('step1')).toHaveLength(1)
    socket.say({ type: 'step2', update: EMPTY_UPDATE })
    bench.clock.advance(10_000)
    expect(bench.client.state.name).toBe('live')
  })
})

describe('a half-open connection', () => {
  /** Works on a line whose other end has gone without a word; how long until that is found. */
  function foundAfterMs(options: Parameters<typeof makeLiveBench>[0], stepMs: number): number {
    const { client, socket, clock, edit } = makeLiveBench(options)
    const line = socket()
    const sinceMs = clock.now()
    while (client.state.name === 'live') {
      edit('moved')
      client.awareness.setLocalState({ at: clock.now() })
      // Nobody takes what is sent, so it piles up.
      line.bufferedAmount += 100
      clock.advance(stepMs)
    }
    expect([client.state.name, client.save.name]).toEqual(['offline', 'local'])
    expect(line.closed).not.toBeNull()
    return clock.now() - sinceMs
  }

  test('[H6] is found within 10 s of the last sign of life, also while work goes on', () => {
    expect(foundAfterMs({}, 100)).toBe(TIMING.quietMs + TIMING.pongMs)
    expect(TIMING.quietMs + TIMING.pongMs).toBe(10_000)
  })

  test('[H6] or within what the option `timing` says', () => {
    expect(foundAfterMs({ timing: { quietMs: 700, pongMs: 200 } }, 50)).toBe(900)
  })

  test('[H6] is found within 2 s when the page wakes up', () => {
    const { client, clock } = makeLiveBench()
    clock.advance(4_000)
    client.probe()
    clock.advance(TIMING.probeMs - 1)
    expect(client.state.name).toBe('live')
    clock.advance(1)
    expect(client.state.name).toBe('offline')
  })

  test('[H6] a socket on which nothing ever comes is found too', () => {
    const { client, socket, clock } = makeBench({ timing: { syncSilenceMs: 3_000 } })
    client.connect()
    socket().accept()
    clock.advance(2_999)
    expect(client.state.name).toBe('syncing')
    clock.advance(1)
    expect(client.state.name).toBe('offline')
  })
})
