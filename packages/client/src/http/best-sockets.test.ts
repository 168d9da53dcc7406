import { ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { Doc } from 'yjs'
import { Client } from '../client.ts'
import { TestSocket } from '../testing/socket-pair.ts'
import { BestSockets } from './best-sockets.ts'

/** Sockets of both kinds, in the order they were opened. */
function makeBest(memory = { failures: 0 }, canMake = true) {
  const clock = new ManualClock(1_000_000)
  const opened: { kind: 'ws' | 'http'; socket: TestSocket }[] = []
  const opener = (kind: 'ws' | 'http') => (_: string, protocols: string[]) => {
    if (kind === 'ws' && !canMake) throw new Error('The page may not')
    const socket = new TestSocket(protocols)
    opened.push({ kind, socket })
    return socket
  }
  const best = new BestSockets({
    clock,
    random: () => 1,
    memory,
    openWebSocket: opener('ws'),
    openHttp: opener('http'),
  })
  const told: unknown[] = []
  const open = () => {
    const socket = best.open('ws://kolam.test/sync/board', ['kolam.1'])
    socket.handlers = {
      onopen: (protocol) => told.push(['open', protocol]),
      onmessage: (bytes) => told.push([...bytes]),
      onclose: (code) => told.push(['close', code]),
    }
    return socket
  }
  const last = () => opened.at(-1)!.socket
  return { clock, best, opened, open, told, last, memory, kinds: () => opened.map((o) => o.kind) }
}

/** A line over HTTP that is open. */
function onHttp(memory = { failures: 2 }) {
  const bench = makeBest(memory)
  const socket = bench.open()
  bench.last().accept()
  bench.told.length = 0
  return { ...bench, socket, http: bench.last() }
}

describe('which way', () => {
  test('[T1] two WebSockets in a row that never opened, then HTTP, and then at once', () => {
    const { open, last, kinds, told, memory } = makeBest()
    open()
    last().drop()
    open().close(4408, 'slow')
    open()
    last().accept()
    last().drop()
    open()
    expect(kinds()).toEqual(['ws', 'ws', 'http', 'http'])
    expect(told).toEqual([
      ['close', 1006],
      ['open', 'kolam.1'],
      ['close', 1006],
    ])
    const next = makeBest(memory)
    next.open()
    expect(next.kinds()).toEqual(['http'])
  })

  test('[T1] one that opened counts from the beginning; one its owner did not want does not count', () => {
    const { open, last, kinds } = makeBest()
    open()
    last().drop()
    open()
    last().accept()
    last().drop()
    open()
    last().drop()
    open().close(1000, '')
    open().close(1000, '')
    open()
    expect(kinds()).toEqual(Array(6).fill('ws'))
  })

  test('[T1] a WebSocket that cannot even be made counts', () => {
    const { open, kinds } = makeBest({ failures: 0 }, false)
    expect(open).toThrow('may not')
    expect(open).toThrow('may not')
    open()
    expect(kinds()).toEqual(['http'])
  })

  test('[T2] where HTTP reaches nobody either, a WebSocket is next; a refusal is no reason', () => {
    const { open, last, kinds } = makeBest({ failures: 2 })
    open()
    last().drop()
    open()
    last().drop()
    open()
    last().drop(4401)
    open()
    expect(kinds()).toEqual(['http', 'ws', 'http', 'http'])
  })
})

describe('on a line over HTTP', () => {
  test('[T3] a WebSocket is tried on the side: soon, then ever more seldom', () => {
    const { clock, kinds, last, opened } = onHttp()
    const waits: number[] = []
    for (let tries = 0; tries < 7; tries++) {
      const before = opened.length
      const startMs = clock.now()
      while (opened.length === before) clock.advance(1_000)
      waits.push((clock.now() - startMs) / 1_000)
      last().drop()
    }
    expect(waits).toEqual([5, 60, 120, 240, 480, 600, 600])
    expect(kinds()).toEqual(['http', ...Array<string>(7).fill('ws')])
  })

  test('[T3] one that opens and brings nothing does not work, nor one that is closed', () => {
    const { clock, last, told, http } = onHttp()
    clock.advance(5_000)
    last().accept()
    clock.advance(10_000)
    expect(last().closed).toEqual({ code: 1000, reason: '' })
    clock.advance(60_000)
    last().accept()
    last().drop(1013)
    expect([told, http.closed]).toEqual([[], null])
  })

  test('[T3] when one brings a message the line ends, and the next is a WebSocket', () => {
    const { clock, last, told, http, open, kinds, memory } = onHttp()
    clock.advance(5_000)
    last().accept()
    last().raw(1)
    expect([told, http.closed?.code, last().closed?.code]).toEqual([[['close', 1001]], 1001, 1000])
    open()
    expect([kinds(), memory.failures, clock.pending]).toEqual([['http', 'ws', 'ws'], 0, 0])
  })

  test('[T3] when the network changes it is tried at once, and soon again', () => {
    const { best, clock, kinds, last } = onHttp()
    clock.advance(5_000)
    last().drop()
    best.wentOnline()
    best.wentOnline()
    expect(kinds()).toEqual(['http', 'ws', 'ws'])
    last().drop()
    clock.advance(5_000)
    expect(kinds()).toEqual(['http', 'ws', 'ws', 'ws'])
  })

  test('[T3] with the line the look-out ends', () => {
    const { socket, clock, http } = onHttp()
    socket.close(1000, '')
    expect([clock.pending, http.closed?.code]).toEqual([0, 1000])
    const other = onHttp()
    other.clock.advance(5_000)
    other.http.drop()
    expect([other.clock.pending, other.last().closed?.code]).toEqual([0, 1000])
    other.best.wentOnline()
    expect(other.kinds()).toEqual(['http', 'ws'])
  })

  test('[T3] a client moves over by itself, and what was not answered is sent again', () => {
    const { clock, best, opened, last } = makeBest({ failures: 2 })
    const doc = new Doc()
    const client = new Client({
      url: 'ws://kolam.test/sync/board',
      doc,
      clock,
      random: () => 1,
      openSocket: best.open,
    })
    client.connect()
    const http = last()
    http.accept()
    http.say({ type: 'pong', nonce: 1 })
    http.say({ type: 'step1', stateVector: new Uint8Array([0]) })
    http.say({ type: 'step2', update: new Uint8Array([0, 0]) })
    doc.getMap('shapes').set('a', 1)
    expect(client.save.name).toBe('saving')
    best.wentOnline()
    last().accept()
    last().raw(1)
    clock.advance(100)
    const webSocket = last()
    expect([opened.length, opened.at(-1)?.kind]).toEqual([3, 'ws'])
    webSocket.accept()
    webSocket.say({ type: 'step1', stateVector: new Uint8Array([0]) })
    expect(webSocket.take('step2')[0]!.update.length).toBeGreaterThan(2)
    webSocket.say({ type: 'known' })
    expect(client.save.name).toBe('saved')
  })
})
