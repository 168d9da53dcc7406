import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { connectClient, nextEcho, until } from '../fixtures/client.ts'
import { temporaryFolder } from '../fixtures/folder.ts'
import { testServer } from '../fixtures/server.ts'
import { createRequestListener } from './app.ts'

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** Connects, draws one shape, and waits until it is stored. */
async function drawOn(url: string, id: string) {
  const client = await connectClient(url, id)
  const stored = nextEcho(client)
  client.doc.getMap('shapes').set('a', '{}')
  await stored
  return client
}

function patchTitle(url: string, id: string, title: unknown, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ title })
  return fetch(`${url}/api/documents/${id}`, { method: 'PATCH', body, headers })
}

test('a server that serves is healthy and shows numbers', async () => {
  const { url } = await testServer()
  const client = await drawOn(url, 'plan')
  const health = await fetch(`${url}/healthz`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }])
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toMatch(/^kolam_connections 1$/m)
  expect(metrics).toMatch(/^kolam_rooms 1$/m)
  expect(metrics).toMatch(/^kolam_updates_total 1$/m)
  expect(metrics).toMatch(/^kolam_documents 1$/m)
  expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  await client.close()
})

test.each([
  ['loading', { status: 'loading' }],
  ['draining', { status: 'draining' }],
  ['degraded', { status: 'degraded', reason: 'the disk is full' }],
] as const)('a server that is %s answers 503', async (_, health) => {
  const options = { webFolder: await temporaryFolder(), origins: [], log: silent }
  const listener = createRequestListener({ ...options, health: () => health, services: () => null })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const answer = await fetch(`${url}/healthz`)
  expect([answer.status, await answer.json()]).toEqual([503, health])
  const list = await fetch(`${url}/api/documents`)
  expect([list.status, await list.json()]).toMatchObject([503, { error: { code: 'unavailable' } }])
  const page = await fetch(url)
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('not built yet')])
})

test('a new title is seen by whoever has the document open, and by the list', async () => {
  const { url } = await testServer()
  const client = await drawOn(url, 'plan')
  const answer = await patchTitle(url, 'plan', '  The\n plan ')
  expect([answer.status, await answer.json()]).toEqual([200, { id: 'plan', title: 'The plan' }])
  const meta = client.doc.getMap('meta')
  await until(client.doc, () => meta.get('title') === 'The plan')
  const { documents } = (await (await fetch(`${url}/api/documents`)).json()) as {
    documents: unknown[]
  }
  expect(documents).toEqual([
    {
      id: 'plan',
      title: 'The plan',
      shapes: 1,
      createdAt: expect.any(Number),
      updatedAt: expect.any(Number),
      bytes: expect.any(Number),
    },
  ])
  expect((await patchTitle(url, 'plan', '')).status).toBe(200)
  await until(client.doc, () => meta.get('title') === '')
  await client.close()
})

test('the list learns the title and the number of shapes from the board by itself', async () => {
  const dataFolder = await temporaryFolder()
  const server = await testServer({ dataFolder })
  const client = await drawOn(server.url, 'plan')
  const stored = nextEcho(client)
  client.doc.getMap('meta').set('title', 'Drawn')
  await stored
  await server.close()
  const { url } = await testServer({ dataFolder })
  const list = await (await fetch(`${url}/api/documents`)).json()
  expect(list).toMatchObject({ documents: [{ id: 'plan', title: 'Drawn', shapes: 1 }] })
})

test('what cannot be renamed is refused in words', async () => {
  const { url } = await testServer()
  await (await drawOn(url, 'plan')).close()
  const refusals = await Promise.all([
    patchTitle(url, 'plan', 'x'.repeat(201)),
    patchTitle(url, 'plan', 7),
    fetch(`${url}/api/documents/plan`, { method: 'PATCH', body: 'no json' }),
    patchTitle(url, 'nowhere', 'x'),
    patchTitle(url, 'bad%20id', 'x'),
    patchTitle(url, 'plan', 'x', { origin: 'https://evil.example' }),
    patchTitle(url, 'plan', 'x'.repeat(20_000)),
  ])
  const answers = refusals.map(async (answer) => {
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect(error.message).toMatch(/^[A-Z].* .*[^.]$/)
    return [answer.status, error.code]
  })
  expect(await Promise.all(answers)).toEqual([
    [400, 'title-too-long'],
    [400, 'bad-request'],
    [400, 'bad-request'],
    [404, 'not-found'],
    [400, 'bad-document-id'],
    [403, 'forbidden-origin'],
    [413, 'too-large'],
  ])
  expect((await patchTitle(url, 'plan', 'x'.repeat(200))).status).toBe(200)
})

test('a board goes into the trash, comes back whole, and is removed for good', async () => {
  const { url } = await testServer()
  await (await drawOn(url, 'plan')).close()
  async function idsIn(path: string): Promise<unknown[]> {
    const answer = (await (await fetch(`${url}/api/${path}`)).json()) as {
      documents: { id: string }[]
    }
    return answer.documents.map(({ id }) => id)
  }
  async function ask(method: string, path: string): Promise<[number, unknown]> {
    const answer = await fetch(`${url}/api/${path}`, { method })
    const { error } = (await answer.json()) as { error?: { code: string } }
    return [answer.status, error?.code]
  }
  expect(await ask('DELETE', 'documents/plan')).toEqual([200, undefined])
  expect([await idsIn('documents'), await idsIn('trash')]).toEqual([[], ['plan']])
  expect((await patchTitle(url, 'plan', 'x')).status).toBe(410)
  expect(await ask('DELETE', 'documents/plan')).toEqual([410, 'trashed'])
  expect(await ask('POST', 'trash/plan/take-back')).toEqual([200, undefined])
  expect([await idsIn('documents'), await idsIn('trash')]).toEqual([['plan'], []])
  expect(await ask('DELETE', 'trash/plan')).toEqual([404, 'not-found'])
  expect(await ask('DELETE', 'documents/nowhere')).toEqual([404, 'not-found'])
  expect(await ask('DELETE', 'documents/bad%20id')).toEqual([400, 'bad-document-id'])
  await ask('DELETE', 'documents/plan')
  expect(await ask('DELETE', 'trash/plan')).toEqual([200, undefined])
  expect([await idsIn('documents'), await idsIn('trash')]).toEqual([[], []])
  expect(await ask('POST', 'trash/plan/take-back')).toEqual([410, 'deleted'])
})

test('an image goes in and comes out under the hash of its bytes', async () => {
  const { url } = await testServer()
  const post = await fetch(`${url}/api/assets`, { method: 'POST', body: PNG })
  const asset = (await post.json()) as { id: string }
  expect([post.status, asset]).toMatchObject([201, { type: 'image/png', size: PNG.length }])
  const get = await fetch(`${url}/assets/${asset.id}`)
  expect(Object.fromEntries(get.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(PNG.length),
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  })
  expect(new Uint8Array(await get.arrayBuffer())).toEqual(PNG)
  const again = await fetch(`${url}/assets/${asset.id}`, {
    headers: { 'if-none-match': `"${asset.id}"` },
  })
  expect(again.status).toBe(304)
  const head = await fetch(`${url}/assets/${asset.id}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(PNG.length)])
})

test('what is no image, too large, or from another site is refused', async () => {
  const { url } = await testServer()
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/assets`, { method: 'POST', body, headers })
  const codes = await Promise.all(
    [
      post('<html></html>'),
      post(''),
      post(PNG, { origin: 'https://evil.example' }),
      fetch(`${url}/assets/${'0'.repeat(64)}`),
    ].map(async (asked) => {
      const answer = await asked
      const { error } = (await answer.json()) as { error: { code: string } }
      return [answer.status, error.code]
    }),
  )
  expect(codes).toEqual([
    [415, 'type'],
    [400, 'empty'],
    [403, 'forbidden-origin'],
    [404, 'not-found'],
  ])
  const large = await post(new Uint8Array(25 * 1024 * 1024 + 1))
  const { error } = (await large.json()) as { error: { message: string } }
  expect([large.status, error.message]).toEqual([
    413,
    `The request is larger than ${25 * 1024 * 1024} bytes`, // said before it is read
  ])
})

test('the page answers at the addresses of boards, with a policy', async () => {
  const { url } = await testServer()
  for (const path of ['/', '/b/plan', '/b/plan?x=1', '/index.html']) {
    const page = await fetch(url + path)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Kolam')])
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'self';.*frame-ancestors/,
    )
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  }
  const missing = await fetch(`${url}/nowhere`, { headers: { accept: 'text/html' } })
  expect([missing.status, await missing.text()]).toEqual([
    404,
    expect.stringContaining('<title>Kolam'),
  ])
})

test('files are kept for ever if their name says what is in them, and asked for each time if not', async () => {
  const { url } = await testServer()
  const hashed = await fetch(`${url}/static/app-abc123.js`)
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(hashed.headers.get('content-type')).toBe('text/javascript')
  expect(hashed.headers.get('x-content-type-options')).toBe('nosniff')
  const plain = await fetch(`${url}/theme.js`)
  expect(plain.headers.get('cache-control')).toBe('no-cache')
  const etag = plain.headers.get('etag') ?? ''
  const again = await fetch(`${url}/theme.js`, { headers: { 'if-none-match': etag } })
  expect([plain.status, again.status]).toEqual([200, 304])
  const outside = await fetch(`${url}/static/..%2f..%2f..%2fetc/passwd`)
  expect(outside.status).toBe(404)
})

test('addresses and methods that are not there are refused', async () => {
  const { url } = await testServer()
  const unknown = await fetch(`${url}/api/nothing`)
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { error: { code: 'not-found', message: 'There is nothing at this address' } },
  ])
  expect((await fetch(`${url}/nothing.js`)).status).toBe(404)
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405)
})

test('a page of another site may not connect, one that is named may', async () => {
  const { url } = await testServer({ origins: ['https://friend.example'] })
  const rename = (origin: string) => patchTitle(url, 'plan', 'x', { origin })
  await (await drawOn(url, 'plan')).close()
  expect((await rename('https://friend.example')).status).toBe(200)
  expect((await rename('https://other.example')).status).toBe(403)
})
