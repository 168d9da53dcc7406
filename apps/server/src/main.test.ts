import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { connectClient, nextEcho, type TestClient } from './fixtures/client.ts'
import { temporaryFolder } from './fixtures/folder.ts'
import { startProcess } from './fixtures/process.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** Writes numbered shapes without a pause, a few on the way at once; `acknowledged` counts those that came back. */
function writeOn(
  client: TestClient,
  name: string,
): { readonly acknowledged: string[]; ended: Promise<void> } {
  const shapes = client.doc.getMap('shapes')
  const written: string[] = []
  const acknowledged: string[] = []
  function write(): void {
    written.push(`${name}-${written.length}`)
    shapes.set(written.at(-1)!, `{"kind":"rectangle","by":"${name}"}`)
  }
  client.onEcho = () => {
    acknowledged.push(written[acknowledged.length]!)
    write()
  }
  for (let ahead = 0; ahead < 5; ahead++) write()
  const ended = new Promise<void>((resolve) => {
    client.socket.addEventListener('close', () => resolve())
  })
  return { acknowledged, ended }
}

test(`kill -9 while people draw loses nothing that came back to them (SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  const KOLAM_DATA = await temporaryFolder()
  const kept: Record<string, string[]> = { a: [], b: [] }
  for (let round = 0; round < 3; round++) {
    const server = startProcess({ KOLAM_DATA })
    const url = await server.url
    for (const [id, names] of Object.entries(kept)) {
      const reader = await connectClient(url, id)
      expect(names.filter((name) => !reader.doc.getMap('shapes').has(name))).toEqual([])
      await reader.close()
    }
    if (round === 2) continue
    const places = ['a', 'a', 'b']
    const clients = await Promise.all(places.map((id) => connectClient(url, id)))
    const writers = clients.map((client, index) => writeOn(client, `${round}.${index}`))
    const patience = 30 + Math.floor(random() * 200)
    await whenEchoes(clients, patience)
    server.kill('SIGKILL')
    await server.ended
    await Promise.all(writers.map(({ ended }) => ended))
    for (const [index, { acknowledged }] of writers.entries())
      kept[places[index]!]!.push(...acknowledged)
    expect(Object.values(kept).flat().length).toBeGreaterThanOrEqual(patience)
  }
})

/** Resolves when the clients together have had so many updates come back. */
function whenEchoes(clients: readonly TestClient[], count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count
    for (const client of clients) {
      const { onEcho } = client
      client.onEcho = () => {
        onEcho()
        left -= 1
        if (left === 0) resolve()
      }
    }
  })
}

test('SIGTERM stores what came, tells everybody to come back, and exits 0', async () => {
  const KOLAM_DATA = await temporaryFolder()
  const server = startProcess({ KOLAM_DATA })
  const client = await connectClient(await server.url, 'plan')
  const stored = nextEcho(client)
  client.doc.getMap('shapes').set('a', '{}')
  await stored
  const closed = new Promise<number>((resolve) => {
    client.socket.addEventListener('close', ({ code }) => resolve(code))
  })
  server.kill('SIGTERM')
  expect(await closed).toBe(1012)
  expect(await server.ended).toEqual({ code: 0, signal: null, errors: '' })

  const next = startProcess({ KOLAM_DATA })
  const reader = await connectClient(await next.url, 'plan')
  expect(reader.doc.getMap('shapes').size).toBe(1)
})

test('a port in use, a folder in use and a bad value end the start with one sentence', async () => {
  const KOLAM_DATA = await temporaryFolder()
  const server = startProcess({ KOLAM_DATA })
  const { port } = new URL(await server.url)
  const [samePort, sameFolder, badPort] = await Promise.all([
    startProcess({ KOLAM_DATA: await temporaryFolder(), PORT: port }).ended,
    startProcess({ KOLAM_DATA }).ended,
    startProcess({ KOLAM_DATA, PORT: 'x' }).ended,
  ])
  expect(samePort).toMatchObject({ code: 1 })
  expect(samePort.errors).toMatch(
    /^Cannot listen on 127\.0\.0\.1:\d+: another program .* PORT .*\n$/,
  )
  expect(sameFolder).toMatchObject({ code: 1 })
  expect(sameFolder.errors).toMatch(
    new RegExp(`^Cannot use the data folder .*process ${server.pid} .*\n$`),
  )
  expect(badPort).toEqual({
    code: 2,
    signal: null,
    errors: expect.stringMatching(/^PORT is "x".*\n$/),
  })
})
