import { describe, expect, test } from 'vitest'
import { ASK, closed, HEARD, makeHttpBench, message, OPENED, settle } from './testing/fake-http.ts'

/** A line that is open as a stream. */
async function openStream(timing = {}) {
  const bench = makeHttpBench(timing)
  const socket = bench.begin()
  const stream = bench.last().begin().say(OPENED)
  await settle()
  bench.last().reply(204)
  stream.say(HEARD)
  await settle()
  bench.told.length = 0
  return { ...bench, socket, stream }
}

/** A line that is polled. */
async function openPolls(timing = {}) {
  const bench = makeHttpBench(timing, { gathers: true })
  const socket = bench.begin()
  bench.last().reply(200, OPENED)
  await settle()
  bench.told.length = 0
  return { ...bench, socket }
}

describe('opening', () => {
  test('[T4] a stream is open when it has brought an answer, and what came before is not lost', async () => {
    const { begin, calls, told, last } = makeHttpBench()
    begin()
    expect(last().request.url).toBe('https://kolam.test/sync/board?transport=http&protocol=kolam.1')
    last().begin().say(OPENED, message(7))
    await settle()
    expect(calls.map(({ what }) => what)).toEqual([
      'GET transport=http&protocol=kolam.1',
      'POST line=L',
    ])
    expect(told).toEqual([])
    calls[0]!.say(HEARD, message(8))
    await settle()
    expect(told).toEqual([['open', 'kolam.1'], [7], [8]])
  })

  test.each([
    ['nothing at all', []],
    ['no answer to what was said', [OPENED]],
  ])('[T4] where %s comes in time it polls, and remembers', async (_, pieces) => {
    const { begin, calls, told, last, clock, memory } = makeHttpBench()
    begin()
    const stream = last()
    if (pieces.length > 0) stream.begin().say(...pieces)
    await settle()
    clock.advance(3_000)
    expect([stream.isAborted, last().what]).toEqual([
      true,
      'GET transport=http&protocol=kolam.1&poll',
    ])
    last().reply(200, OPENED, message(1))
    await settle()
    expect([told, memory.gathers]).toEqual([[['open', 'kolam.1'], [1]], true])
    const before = calls.length
    begin()
    expect(calls.slice(before).map(({ what }) => what)).toEqual([
      'GET transport=http&protocol=kolam.1&poll',
    ])
  })

  test('[T4] a stream that ends before it works is gathered too', async () => {
    const { begin, last } = makeHttpBench()
    begin()
    last().reply(200, OPENED)
    await settle()
    expect(last().what).toContain('&poll')
  })

  test.each([0, 400, 403, 404, 502, 503])(
    '[T9] where nobody answers (%i) it is gone, without polls',
    async (status) => {
      for (const gathers of [false, true]) {
        const { begin, calls, told, last, memory, clock } = makeHttpBench({}, { gathers })
        begin()
        if (status === 0) last().lose()
        else last().reply(status)
        await settle()
        expect([told, calls.length]).toEqual([[['close', 1006, '']], 1])
        expect([memory.gathers, clock.pending]).toEqual([gathers, 0])
      }
    },
  )

  test('[T9] a refusal is told with its code, also before it opened', async () => {
    const { begin, told, last, clock } = makeHttpBench()
    begin()
    last().begin().say(OPENED, closed(4401, 'Who?'))
    await settle()
    expect([told, clock.pending]).toEqual([[['close', 4401, 'Who?']], 0])
  })
})

describe('sending', () => {
  test('[T5] frames that wait go in one request, one request at a time', async () => {
    const { socket, calls } = await openStream()
    const before = calls.length
    socket.send(new Uint8Array([1]))
    socket.send(new Uint8Array([2]))
    await settle()
    socket.send(new Uint8Array([3]))
    socket.send(new Uint8Array([4]))
    await settle()
    expect(calls.slice(before).map(({ what }) => what)).toEqual(['POST line=L&at=0'])
    calls[before]!.reply(204)
    await settle()
    expect(calls.slice(before).map(({ what }) => what)).toEqual([
      'POST line=L&at=0',
      'POST line=L&at=12',
    ])
    expect([...calls.at(-1)!.request.body!]).toEqual([0, 0, 0, 2, 0, 3, 0, 0, 0, 2, 0, 4])
  })

  test('[T6] bufferedAmount is what no answer has acknowledged', async () => {
    const { socket, last } = await openStream()
    const amounts = [socket.bufferedAmount]
    socket.send(new Uint8Array(10))
    amounts.push(socket.bufferedAmount)
    await settle()
    amounts.push(socket.bufferedAmount)
    last().reply(204)
    await settle()
    expect([...amounts, socket.bufferedAmount]).toEqual([0, 15, 15, 0])
  })

  test('[T5] what is large goes in pieces, larger ones where that is quick, smaller where it is slow', async () => {
    const timing = { postBytesMin: 10, postBytesFirst: 20, postBytesMax: 40 }
    const { socket, last, clock } = await openStream(timing)
    socket.send(new Uint8Array(300))
    const sizes: number[] = []
    for (const tookMs of [100, 100, 1_000, 3_000, 3_000, 3_000]) {
      await settle()
      sizes.push(last().request.body!.length)
      clock.advance(tookMs)
      last().reply(204)
    }
    await settle()
    sizes.push(last().request.body!.length)
    expect(sizes).toEqual([40, 40, 40, 40, 20, 10, 10])
  })

  test('[T7] a request that got lost is made again with the same bytes, a few times', async () => {
    const { socket, calls, clock, last, told } = await openStream()
    const before = calls.length
    socket.send(new Uint8Array([1]))
    await settle()
    for (const status of [0, 502]) {
      if (status === 0) last().lose()
      else last().reply(status)
      await settle()
      socket.send(new Uint8Array([2]))
      clock.advance(500)
      await settle()
    }
    const made = calls.slice(before)
    expect(made.map(({ what }) => what)).toEqual(Array(3).fill('POST line=L&at=0'))
    expect(made.map(({ request }) => request.body!.length)).toEqual([6, 6, 6])
    for (let tries = 0; tries < 3; tries++) {
      last().lose()
      await settle()
      clock.advance(500)
      await settle()
    }
    expect([told, calls.length - before]).toEqual([[['close', 1006, '']], 5])
  })

  test('[T9] a line the server does not know is gone, but why it ended may be on its way', async () => {
    for (const isOnItsWay of [true, false]) {
      const { socket, last, stream, told, clock } = await openStream()
      socket.send(new Uint8Array([1]))
      await settle()
      last().reply(404)
      await settle()
      expect(told).toEqual([])
      if (isOnItsWay) stream.say(closed(4403, 'Out'))
      await settle()
      clock.advance(500)
      expect(told).toEqual([isOnItsWay ? ['close', 4403, 'Out'] : ['close', 1006, '']])
    }
  })

  test('[T5] a relay that asks for a sign of life gets one', async () => {
    const { stream, calls, last } = await openStream()
    const before = calls.length
    stream.say(ASK)
    await settle()
    expect([calls.length - before, last().what]).toEqual([1, 'POST line=L'])
    stream.say(ASK)
    await settle()
    expect(calls.length - before).toBe(1)
  })
})

describe('polling', () => {
  test('[T7] asks from the byte it has; an answer that broke off counts for nothing', async () => {
    const { calls, last, told, clock } = await openPolls()
    const after = OPENED.length
    expect(last().what).toBe(`GET line=L&after=${after}`)
    last().reply(200, message(1), message(2).subarray(0, 3))
    await settle()
    expect([told, last().what]).toEqual([[[1]], `GET line=L&after=${after + 9}`])
    last().begin().say(message(2).subarray(3)).lose()
    await settle()
    clock.advance(500)
    await settle()
    expect([told, last().what]).toEqual([[[1]], `GET line=L&after=${after + 9}`])
    last().reply(200, message(2).subarray(3))
    await settle()
    expect(told).toEqual([[1], [2]])
    expect(calls.filter(({ isAborted }) => isAborted)).toEqual([])
  })

  test('[T7] nothing after a while is an answer; nothing at once is none', async () => {
    const { last, told, clock, calls } = await openPolls()
    for (let time = 0; time < 10; time++) {
      clock.advance(20_000)
      last().reply(204)
      await settle()
    }
    const before = calls.length
    for (let time = 0; time < 5; time++) {
      last().reply(204)
      await settle()
      clock.advance(500)
      await settle()
    }
    expect([told, calls.length - before]).toEqual([[['close', 1006, '']], 4])
  })

  test('[T9] a line the server does not know is gone at once', async () => {
    const { last, told, clock } = await openPolls()
    last().reply(404)
    await settle()
    expect([told, clock.pending]).toEqual([[['close', 1006, '']], 0])
  })
})

describe('ending', () => {
  test('[T8] close() hands over what waits, then leaves, and only then lets go of the stream', async () => {
    const { socket, last, stream, calls, told, clock } = await openStream()
    socket.send(new Uint8Array([1]))
    await settle()
    socket.send(new Uint8Array([2]))
    socket.close(1000, '')
    socket.send(new Uint8Array([3]))
    stream.say(message(9))
    last().reply(204)
    await settle()
    expect([last().what, stream.isAborted]).toEqual(['POST line=L&at=6&leave', false])
    const made = calls.length
    last().reply(204)
    await settle()
    expect([stream.isAborted, calls.length, told, clock.pending]).toEqual([true, made, [], 0])
  })

  test('[T8] with nothing to say it only leaves', async () => {
    const { socket, last } = await openPolls()
    socket.close(1000, '')
    await settle()
    expect(last().what).toBe('POST line=L&leave')
  })

  test('[T8] where nobody answers it is over after 5 s', async () => {
    const { socket, last, stream, clock } = await openStream()
    socket.send(new Uint8Array([1]))
    socket.close(1000, '')
    await settle()
    clock.advance(5_000)
    await settle()
    expect([last().isAborted, stream.isAborted, clock.pending]).toEqual([true, true, 0])
  })

  test('[T9] a stream that ends without a word, or with nonsense, is a line that is gone', async () => {
    for (const end of ['end', 'nonsense', 'too large'] as const) {
      const { stream, told } = await openStream()
      if (end === 'end') stream.reply(200)
      else stream.say(new Uint8Array(end === 'nonsense' ? [0, 0, 0, 1, 77] : [255, 0, 0, 0, 0]))
      await settle()
      expect([end, told]).toEqual([end, [['close', 1006, '']]])
    }
  })
})
