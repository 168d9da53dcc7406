import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { testServer } from '../fixtures/server.ts'

/** What a request for a host by this name is answered; `fetch` does not let a test choose it. */
async function ask(url: string, path: string, host: string) {
  const asked = request(url + path, { headers: { host } }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  return { status: answer.statusCode, text }
}

/** What an upgrade is answered: the code it is closed with, or null where it is taken. */
async function connect(url: string, host: string): Promise<number | null> {
  const asked = request(`${url}/sync/plan`, {
    headers: {
      host,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-protocol': 'kolam.1',
    },
  }).end()
  const [, socket, head] = (await once(asked, 'upgrade')) as [unknown, Socket, Buffer]
  const [first] = head.length > 0 ? [head] : ((await once(socket, 'data')) as [Buffer])
  socket.destroy()
  return first[0] === 0x88 ? first.readUInt16BE(2) : null
}

test("by a name that is not the server's nothing is to be had, and it says so in words", async () => {
  const { url } = await testServer({ hosts: ['board.example'] })
  const words =
    'This server does not answer to the name "evil.example:4321": if it is its name, add it to KOLAM_HOSTS'
  for (const path of ['/', '/b/plan', '/theme.js', '/healthzz']) {
    const answer = await ask(url, path, 'evil.example:4321')
    expect([path, answer]).toEqual([path, { status: 403, text: `${words}\n` }])
  }
  for (const path of ['/api/documents', '/assets/x', '/sync/plan']) {
    const text = JSON.stringify({ error: { code: 'forbidden-host', message: words } })
    const answer = await ask(url, path, 'evil.example:4321')
    expect([path, answer]).toEqual([path, { status: 403, text }])
  }
  expect(await connect(url, 'evil.example:4321')).toBe(4403)
})

test('the names on the list are answered, and those nobody can point elsewhere', async () => {
  const { url } = await testServer({ hosts: ['board.example'] })
  for (const host of ['board.example', 'Board.Example:1', 'localhost:1', '127.0.0.1', '[::1]:1']) {
    expect((await ask(url, '/', host)).status).toBe(200)
    expect((await ask(url, '/api/documents', host)).status).toBe(200)
    expect(await connect(url, host)).toBeNull()
  }
})

test('machines may ask by any name how the server is', async () => {
  const { url } = await testServer({ hosts: [] })
  for (const path of ['/healthz', '/metrics', '/healthz?x']) {
    expect((await ask(url, path, 'kolam-7f9c.internal')).status).toBe(200)
  }
})

test('without a list every name is answered', async () => {
  const { url } = await testServer()
  expect((await ask(url, '/api/documents', 'any.example')).status).toBe(200)
  expect(await connect(url, 'any.example')).toBeNull()
})
