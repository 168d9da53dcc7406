/** Lines over HTTP, request by request: what is taken once, what is said again, what is refused, and when a line ends. */
import { request } from 'node:http'
import type { Message } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { serveLines } from './support/http-served.ts'
import { ask, bytesOf, LineClient } from './support/line-client.ts'

/** An edit that is nobody else's. */
function edit(text = 'x'): Message {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, text)
  return { type: 'update', update: Y.encodeStateAsUpdate(doc) }
}

const PING = (nonce: number): Message => ({ type: 'ping', nonce })

/** Says hello and waits until the relay has answered, so that everything before it was handled. */
function nonces(client: LineClient): number[] {
  return client.messages.flatMap((message) => (message.type === 'pong' ? [message.nonce] : []))
}

async function turns(): Promise<void> {
  await new Promise(setImmediate)
}

describe('opening', () => {
  test('[T1] the first record names the line and the subprotocol; nothing on the way may keep it', async () => {
    const { url } = await serveLines()
    const ada = await LineClient.stream(url)
    expect(ada.records[0]).toMatchObject({ protocol: 'kolam.1', type: 'opened' })
    expect(ada.name).toMatch(/^[\w-]{22}$/)
    expect(ada.incoming.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    await ada.until(() => ada.messages.some(({ type }) => type === 'step1'))
    const bob = await LineClient.polled(url)
    expect(bob.name).not.toBe(ada.name)
  })

  test('[T1] a request without bytes is answered in the stream, so that it is known to get through', async () => {
    const { url } = await serveLines()
    const ada = await LineClient.stream(url)
    expect((await ask(ada.address(''), { method: 'POST' })).status).toBe(204)
    await ada.until(() => ada.records.some(({ type }) => type === 'heard'))
    // Once is enough; a flood of them leaves nothing behind.
    for (let time = 0; time < 20; time++) await ask(ada.address(''), { method: 'POST' })
    await ada.post([PING(1)])
    await ada.until(() => nonces(ada).length === 1)
    expect(ada.records.filter(({ type }) => type === 'heard')).toHaveLength(1)
  })

  test('[T1] pages of other sites and names that are not its own are closed with 4403', async () => {
    const { url } = await serveLines({ hosts: ['board.example'], origins: ['http://ok.example'] })
    const foreign = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { host: 'evil.example' },
    ]
    for (const headers of foreign) {
      const ada = await LineClient.polled(url, headers)
      expect(ada.closed?.code).toBe(4403)
    }
    const friend = await ask(`${url}?transport=http&poll`, {
      headers: { origin: 'http://ok.example' },
    })
    expect(friend.status).toBe(200)
    const ada = await LineClient.stream(url)
    for (const headers of foreign) {
      const body = bytesOf([PING(1)])
      const answer = await ask(ada.address('&at=0'), { method: 'POST', body, headers })
      expect(answer.status).toBe(403)
    }
    expect(await ada.post([PING(1)])).toBe(204)
  })

  test('[T1] what is no document id, and who may not come in, hear it as over WebSocket', async () => {
    const { url, relay } = await serveLines({
      authorize: () => ({ ok: false, code: 4401, reason: 'Who?' }),
    })
    const ada = await LineClient.stream(url)
    await ada.until(() => ada.closed !== null)
    expect(ada.closed).toEqual({ code: 4401, reason: 'Who?' })
    const bad = await LineClient.polled(url.replace('doc', 'a%2Fb'))
    expect([bad.closed?.code, relay.stats.closings.get(4401)]).toEqual([4404, 1])
  })

  test('[T1] nothing is read before it is known who it is, and nothing is lost', async () => {
    const known = Promise.withResolvers<void>()
    const { url, relay } = await serveLines({
      authorize: async () => {
        await known.promise
        return { ok: true, role: 'editor', person: 'ada' }
      },
    })
    const ada = await LineClient.stream(url)
    const answers: number[] = []
    const older = ada.post([PING(6)]).then((status) => answers.push(status))
    expect((await ask(ada.address(''), { method: 'POST' })).status).toBe(204)
    expect([relay.stats.receivedFrames, ada.messages, answers]).toEqual([0, [], []])
    // A client makes one request at a time: a newer one is all it believes in.
    const newer = ada.post([PING(7)])
    await older
    expect(answers).toEqual([409])
    known.resolve()
    expect(await newer).toBe(204)
    await ada.until(() => nonces(ada).length === 1)
    expect(nonces(ada)).toEqual([7])
  })

  test('[T1] who is asked about again and may not stay is closed', async () => {
    let code = 0
    const { url, service } = await serveLines({
      authorize: () =>
        code > 0
          ? { ok: false, code, reason: 'Out' }
          : { ok: true, role: 'editor', person: 'somebody' },
    })
    const ada = await LineClient.stream(url)
    code = 4403
    await service.recheck({ person: 'somebody' })
    await ada.until(() => ada.closed !== null)
    expect(ada.closed).toEqual({ code: 4403, reason: 'Out' })
  })

  test('[T11] lines are bounded, and one address has as many as it may have WebSockets', async () => {
    const full = await serveLines({ limits: { httpLinesMax: 2 } })
    await LineClient.stream(full.url)
    await LineClient.polled(full.url)
    expect((await LineClient.polled(full.url)).closed?.code).toBe(1013)
    expect(full.lines.lines()).toBe(2)

    const limits = { addressConnectionsMax: 2 }
    const { url, port } = await serveLines({ limits, trustedProxies: 1 })
    const headers = { 'x-forwarded-for': '203.0.113.7' }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/doc`, { headers } as never)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    await LineClient.stream(url, headers)
    expect((await LineClient.polled(url, headers)).closed?.code).toBe(4429)
    expect((await LineClient.polled(url)).closed).toBeNull()
    socket.close()
  })

  test('[T11] a flood of lines from one address costs it its lines and nobody else theirs', async () => {
    const limits = { addressConnectionsMax: 500, addressConnectsBurst: 20 }
    const { url, lines, relay, clock } = await serveLines({ limits, trustedProxies: 1 })
    const flood = Array.from({ length: 200 }, () =>
      LineClient.polled(url, { 'x-forwarded-for': '203.0.113.7' }),
    )
    const closed = (await Promise.all(flood)).filter((line) => line.closed?.code === 4429)
    expect(closed).toHaveLength(180)
    const bob = await LineClient.stream(url, { 'x-forwarded-for': '203.0.113.8' })
    expect(await bob.post([PING(1)])).toBe(204)
    clock.advance(20_000)
    while (relay.stats.sessions > 1) await turns()
    expect(lines.lines()).toBe(1)
  })
})

describe('sending', () => {
  test('[T3] a request that comes again is taken once; a gap and an overlap are refused', async () => {
    const { url, relay } = await serveLines()
    const ada = await LineClient.stream(url)
    const first = bytesOf([PING(1)])
    for (let time = 0; time < 3; time++) expect(await ada.postBytes(first, 0)).toBe(204)
    expect(await ada.postBytes(bytesOf([PING(9)]), first.length + 1)).toBe(409)
    expect(await ada.postBytes(bytesOf([PING(9), PING(9)]), first.length - 1)).toBe(409)
    expect(await ada.postBytes(bytesOf([PING(2)]), first.length)).toBe(204)
    await ada.until(() => nonces(ada).length === 2)
    expect([nonces(ada), relay.stats.receivedFrames]).toEqual([[1, 2], 2])
  })

  test('[T2] a frame may come in many requests, and many frames in one', async () => {
    const { url } = await serveLines()
    const ada = await LineClient.stream(url)
    const bytes = bytesOf([PING(1), edit('long text'), PING(2), PING(3)])
    for (let at = 0; at < bytes.length; at += 7) {
      expect(await ada.postBytes(bytes.subarray(at, at + 7), at)).toBe(204)
    }
    await ada.until(() => nonces(ada).length === 3)
    expect(nonces(ada)).toEqual([1, 2, 3])
    await ada.until(() => ada.messages.some(({ type }) => type === 'update'))
  })

  test('[T4] a request is answered when what it brings was taken: who sends too fast has to wait', async () => {
    const limits = { messagesPerSecond: 20, messagesBurst: 2 }
    const { url, relay } = await serveLines({ limits })
    const ada = await LineClient.stream(url)
    expect(await ada.post([PING(1), PING(2)])).toBe(204)
    const framesWhenAnswered = ada
      .post([PING(3), PING(4), PING(5)])
      .then(() => relay.stats.receivedFrames)
    expect(await framesWhenAnswered).toBe(5)
    expect(relay.stats.pauses).toBeGreaterThan(0)
    expect(await ada.post([PING(6)])).toBe(204)
    await ada.until(() => nonces(ada).length === 6)
    expect(nonces(ada)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('[T9] a body over its limit is not taken and closes with 1009', async () => {
    const { url, relay } = await serveLines({ limits: { httpPostBytesMax: 1000 } })
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const ada = await LineClient.stream(url)
      const body = new Uint8Array(100_000)
      const sent = ask(ada.address('&at=0'), { method: 'POST', body, headers }).catch(() => null)
      await ada.until(() => ada.closed !== null)
      expect(ada.closed?.code).toBe(1009)
      expect([413, undefined]).toContain((await sent)?.status)
    }
    expect(relay.stats.receivedFrames).toBe(0)
  })

  test('[T9] a frame over its limit closes with 1009 before it is there', async () => {
    const { url } = await serveLines({ limits: { frameBytesMax: 1000 } })
    const ada = await LineClient.stream(url)
    await ada.postBytes(bytesOf([edit('x'.repeat(5000))]).subarray(0, 10), 0)
    await ada.until(() => ada.closed !== null)
    expect(ada.closed?.code).toBe(1009)
  })

  test('[T9] what is no record, and a record only the relay sends, close with 4400', async () => {
    const { url } = await serveLines()
    for (const bytes of [
      [0, 0, 0, 1, 77],
      [0, 0, 0, 0],
      [0, 0, 0, 1, 3],
    ]) {
      const ada = await LineClient.stream(url)
      await ada.postBytes(Uint8Array.from(bytes), 0)
      await ada.until(() => ada.closed !== null)
      expect([bytes, ada.closed?.code]).toEqual([bytes, 4400])
    }
  })

  test('[T9] a body that breaks off is not taken at all, and may be sent again', async () => {
    const { url, relay } = await serveLines()
    const ada = await LineClient.stream(url)
    const body = bytesOf([PING(1), PING(2)])
    const broken = request(ada.address('&at=0'), {
      method: 'POST',
      headers: { 'content-length': body.length },
      agent: false,
    })
    broken.on('error', () => {})
    await new Promise<void>((resolve) => void broken.write(body.subarray(0, -1), () => resolve()))
    broken.destroy()
    expect(await ada.post([PING(1), PING(2)])).toBe(204)
    await ada.until(() => nonces(ada).length === 2)
    expect([nonces(ada), relay.stats.receivedFrames]).toEqual([[1, 2], 2])
  })

  test('[T3] the newest request is the one that counts: one that is still coming is given up', async () => {
    const { url } = await serveLines()
    const ada = await LineClient.stream(url)
    const body = bytesOf([PING(1)])
    const headers = { 'content-length': body.length }
    const older = request(ada.address('&at=0'), { method: 'POST', headers, agent: false })
    const given = new Promise((resolve) => older.on('close', resolve))
    older.on('error', () => {})
    older.write(body.subarray(0, -1))
    while ((await ada.post([PING(2)], 0)) !== 204);
    await given
    await ada.until(() => nonces(ada).length === 1)
    expect(nonces(ada)).toEqual([2])
  })

  test('[T10] a line nobody knows, or of another document, is not there', async () => {
    const { url } = await serveLines()
    const ada = await LineClient.stream(url)
    const body = bytesOf([PING(1)])
    const wrong = [
      `${url}?line=${'A'.repeat(22)}`,
      `${url}?line=`,
      ada.address('').replace('doc', 'cod'),
    ]
    for (const line of wrong) {
      expect((await ask(`${line}&at=0`, { method: 'POST', body })).status).toBe(404)
      expect((await ask(`${line}&after=0`)).status).toBe(404)
      expect((await ask(`${line}&leave`, { method: 'POST' })).status).toBe(404)
    }
    expect((await ask(ada.address('&at=x'), { method: 'POST', body })).status).toBe(400)
    expect((await ask(ada.address('&after=-1'))).status).toBe(405)
    expect((await ask(ada.address(''), { method: 'DELETE' })).status).toBe(405)
    expect((await ask(`${url}?transport=http`, { method: 'POST', body })).status).toBe(405)
    expect((await ask(url)).status).toBe(404)
    expect(await ada.post([PING(1)])).toBe(204)
  })
})

describe('polling', () => {
  test('[T5] what was answered and not acknowledged is answered again', async () => {
    const { url } = await serveLines()
    const ada = await LineClient.polled(url)
    await ada.post([PING(1)])
    const again = ada.address(`&after=${ada.received}`)
    const first = await ask(again)
    expect(first.bytes.length).toBeGreaterThan(0)
    expect((await ask(again)).bytes.subarray(0, first.bytes.length)).toEqual(first.bytes)
    await ada.pollUntil(() => nonces(ada).length === 1)
    expect(await ada.post([PING(2)])).toBe(204)
    await ada.pollUntil(() => nonces(ada).length === 2)
    // What was acknowledged is forgotten, and nobody can have what was never said.
    expect((await ask(again)).status).toBe(409)
    expect((await ask(ada.address(`&after=${ada.received + 1}`))).status).toBe(409)
    expect(nonces(ada)).toEqual([1, 2])
  })

  test('[T5] where nothing comes a poll ends with nothing; the newest poll is the one that counts', async () => {
    const { url, clock } = await serveLines()
    const ada = await LineClient.polled(url)
    await ada.pollUntil(() => ada.messages.length > 0)
    const [older, newer] = [ada.poll(), turns().then(() => ada.poll())]
    expect(await older).toBe(204)
    clock.advance(19_999)
    clock.advance(1)
    expect(await newer).toBe(204)
    const next = ada.poll()
    await ada.post([PING(1)])
    expect(await next).toBe(200)
  })

  test('[T5] an answer has a limit, and what is over it comes with the next', async () => {
    const { url } = await serveLines({ limits: { httpPollBytesMax: 1000 } })
    const bob = await LineClient.stream(url)
    await bob.post([edit('x'.repeat(5000))])
    await bob.until(() => bob.messages.some(({ type }) => type === 'update'))
    const ada = await LineClient.polled(url)
    await ada.post([{ type: 'step1', stateVector: new Uint8Array([0]) }])
    const sizes: number[] = []
    while (!ada.messages.some(({ type }) => type === 'step2')) {
      const before = ada.received
      await ada.poll()
      sizes.push(ada.received - before)
    }
    expect(Math.max(...sizes)).toBe(1000)
  })

  test('[T7] why it ended waits for the next poll, for a while', async () => {
    const { url, clock, lines } = await serveLines()
    const [ada, bob] = [await LineClient.polled(url), await LineClient.polled(url)]
    for (const line of [ada, bob]) await line.postBytes(Uint8Array.from([0, 0, 0, 2, 0, 77]), 0)
    await ada.pollUntil(() => ada.closed !== null)
    expect(ada.closed?.code).toBe(4400)
    expect([await ada.poll(), await ada.poll()]).toEqual([204, 404])
    expect([await bob.post([PING(1)]), lines.lines()]).toEqual([204, 1])
    clock.advance(5_000)
    expect([await bob.poll(), lines.lines(), clock.pending]).toEqual([404, 0, 0])
  })
})

describe('ending', () => {
  test('[T8] who leaves is gone at once, with what came in the same request', async () => {
    const { url, relay, lines, clock } = await serveLines()
    const ada = await LineClient.stream(url)
    const body = bytesOf([PING(1)])
    const answer = await ask(ada.address('&at=0&leave'), { method: 'POST', body })
    expect([answer.status, lines.lines(), clock.pending]).toEqual([204, 0, 0])
    expect([relay.stats.sessions, relay.stats.receivedFrames]).toEqual([0, 1])
  })

  test('[T8] a line whose stream broke takes what is on its way, and is gone a moment later', async () => {
    const { url, relay, clock } = await serveLines()
    const ada = await LineClient.stream(url)
    ada.incoming.destroy()
    while (clock.pending === 0) await turns()
    expect(await ada.post([PING(1)])).toBe(204)
    expect([relay.stats.sessions, relay.stats.receivedFrames]).toEqual([1, 1])
    clock.advance(1_000)
    expect([relay.stats.sessions, clock.pending]).toEqual([0, 0])
    expect(await ada.post([PING(1)])).toBe(404)
  })

  test('[T8] a line that is polled no more is gone after a while; one that is, is not', async () => {
    const { url, relay, clock } = await serveLines()
    const ada = await LineClient.polled(url)
    await ada.pollUntil(() => ada.messages.length > 0)
    for (let time = 0; time < 5; time++) {
      const poll = ada.poll()
      while (clock.pending > 1) await turns()
      await ada.post([])
      clock.advance(9_999)
      await ada.post([PING(time)])
      await poll
    }
    expect(relay.stats.sessions).toBe(1)
    clock.advance(10_000)
    expect([relay.stats.sessions, clock.pending]).toEqual([0, 0])
  })

  test('[T8] a poll that is broken off counts as none', async () => {
    const { url, relay, clock } = await serveLines()
    const ada = await LineClient.polled(url)
    await ada.pollUntil(() => ada.messages.length > 0)
    const controller = new AbortController()
    const poll = fetch(ada.address(`&after=${ada.received}`), { signal: controller.signal })
    await ask(ada.address(''), { method: 'POST' })
    await poll
    controller.abort()
    clock.advance(10_000)
    expect([relay.stats.sessions, clock.pending]).toEqual([0, 0])
  })

  test('[T12] stopping cuts everybody and leaves no timer behind', async () => {
    const { url, lines, clock, relay } = await serveLines()
    const ada = await LineClient.stream(url)
    await LineClient.polled(url)
    lines()
    expect([lines.lines(), clock.pending, relay.stats.sessions]).toEqual([0, 0, 0])
    await new Promise((resolve) => ada.incoming.on('close', resolve))
    expect((await ask(`${url}?transport=http`)).status).toBe(503)
  })
})

describe('who reads slowly', () => {
  const limits = {
    presenceBufferedBytesMax: 20_000,
    bufferedBytesMax: 50_000,
    tickMs: 20,
  }

  test('[T6] as polls: what waits is bounded, and nothing is missed in the end', async () => {
    const { url, relay } = await serveLines({ limits })
    const [slow, ada] = [await LineClient.polled(url), await LineClient.stream(url)]
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 40; i++) doc.getText('text').insert(0, 'x'.repeat(10_000))
    for (const [index, update] of updates.entries()) {
      await ada.post([{ type: 'update', update }])
      await ada.until(() => ada.messages.filter(({ type }) => type === 'update').length > index)
    }
    const copy = new Y.Doc()
    let read = 0
    await slow.pollUntil(() => {
      for (const message of slow.messages.slice(read)) {
        read += 1
        if (message.type === 'update' || message.type === 'part')
          Y.applyUpdate(copy, message.update)
      }
      return copy.getText('text').length === 400_000
    })
    expect(relay.stats.resyncs).toBeGreaterThan(0)
    const singly = slow.messages.filter(({ type }) => type === 'update').length
    expect(singly).toBeLessThan(10)
  })
})
