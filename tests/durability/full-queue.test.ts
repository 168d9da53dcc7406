/** What waits for a disk that is full stays below its bound: who sends more is sent away, keeps it, and brings it later. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom, systemClock, systemRandom } from '@kolam/base'
import { expect, onTestFinished, test } from 'vitest'
import { openSickStore } from '../../packages/persistence/src/sqlite/fixtures/sick-store.ts'
import type { Store } from '../../packages/persistence/src/store.ts'
import { Relay } from '../../packages/relay/src/index.ts'
import { serveWebSocket } from '../../packages/relay/src/ws/index.ts'
import { docOf, yjsDocuments } from '../relay/support/yjs-documents.ts'
import { tagsOn } from './src/edit.ts'
import { Scribe } from './src/scribe.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const QUEUE_BYTES_MAX = 64 * 1024
const TOO_BUSY = 1013

/** Of four people together they are more than the bound, of one or two they are not. */
const EDITS_EACH = 10

test(`while the disk is full the queue keeps its bound, and then all of everybody is saved (SEED=${seed})`, async () => {
  const { store, sicken } = await openSickStore(await temporaryFolder())
  onTestFinished(() => store.close())
  const { relay, syncUrl } = await serve(store)
  const people = Array.from({ length: 4 }, (_, number) => {
    const place = { syncUrl, id: `board-${number % 2}` }
    const scribe = new Scribe(`scribe ${number}`, place, seededRandom(seed + number))
    onTestFinished(() => scribe.leave())
    return scribe
  })
  await Promise.all(people.map((one) => one.until(() => one.state === 'live')))

  sicken('full')
  const [ada] = people as [Scribe, ...Scribe[]]
  await ada.writeUntil(() => ada.state === 'degraded')
  const waited: number[] = []
  const isSentAway = (one: Scribe): boolean => {
    waited.push(relay.stats.queuedBytes)
    return one.closeCode === TOO_BUSY
  }
  for (let round = 0; round < EDITS_EACH; round++) for (const one of people) one.write()
  await Promise.any(people.map((one) => one.until(() => isSentAway(one))))
  expect(relay.health).toMatchObject({
    state: 'degraded',
    reason: expect.stringContaining('the disk is full'),
  })
  expect(Math.max(...waited)).toBeGreaterThan(QUEUE_BYTES_MAX / 2)
  expect(Math.max(...waited)).toBeLessThanOrEqual(QUEUE_BYTES_MAX)

  sicken('none')
  await Promise.all(people.map((one) => one.until(() => one.isSaved && one.state === 'live')))
  expect(relay.health).toEqual({ state: 'ok' })
  const tags = new Set([...(await storedTags(store, 0)), ...(await storedTags(store, 1))])
  expect(people.flatMap((one) => one.tags).filter((tag) => !tags.has(tag))).toEqual([])
})

async function serve(store: Store): Promise<{ relay: Relay; syncUrl: string }> {
  const server = createServer()
  const relay = new Relay({
    store,
    documents: yjsDocuments,
    clock: systemClock,
    random: systemRandom,
    // Short logs are compacted too, so that the disk is full under that as well.
    limits: {
      queueBytesMax: QUEUE_BYTES_MAX,
      retryCapMs: 500,
      compactUpdates: 2,
      compactPauseMs: 1,
    },
  })
  const unserve = serveWebSocket({
    server,
    relay,
    authorize: async () => ({ ok: true, role: 'editor', person: '' }),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await relay.close({ graceMs: 500 })
    unserve()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { relay, syncUrl: `ws://127.0.0.1:${port}/sync` }
}

async function storedTags(store: Store, number: number): Promise<Set<string>> {
  const { snapshot, updates } = await store.open(`board-${number}`)
  return tagsOn(docOf(...(snapshot ? [snapshot, ...updates] : updates)))
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kolam-queue-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
