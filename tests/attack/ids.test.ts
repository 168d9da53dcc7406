/** Document ids that try to be paths, and those that only look like trouble and are names like any other. */
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay, testOfServer } from './support/attack-test.ts'
import { kolamHonest, stockHonest } from './support/honest.ts'
import { Rally } from './support/rally.ts'
import { RawSocket, upgradeRequest } from './support/raw-socket.ts'
import type { Scene } from './support/scene.ts'

/** Taken as part of a path below `/sync/`, and found to be no id. */
const BAD_IDS = [
  '',
  '?',
  '?id=honest',
  '#honest',
  '..',
  '.',
  './',
  '../',
  '../honest',
  'honest/',
  'honest/..',
  'honest/../honest',
  '/honest',
  '//honest',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f',
  '%2e%2e',
  '%2e',
  '%2E%2E',
  '.%2e',
  '%2F',
  '%5c..%5c',
  '..\\..\\honest',
  '%00',
  'honest%00',
  'honest%0a',
  'honest%0d%0aX:y',
  '%',
  '%zz',
  '%f',
  '%c0%ae',
  '%ed%a0%80',
  '%252e%252e',
  '%2568onest',
  'hon%20est',
  'hon+est',
  '%C3%A9',
  '%E2%80%AE',
  '%EF%BB%BFhonest',
  '%F0%9F%90%98',
  'honest:1',
  'honest*',
  "honest'--",
  'honest;DROP',
  '{honest}',
  '$honest',
  '@honest',
  'http://127.0.0.1/sync/honest',
  'x'.repeat(129),
  'x'.repeat(8_000),
  '%78'.repeat(129),
]

/** Not below `/sync/` at all, or no request HTTP knows. */
const BAD_TARGETS = [
  '/',
  '/sync',
  '/SYNC/honest',
  '//sync/honest',
  '/./sync/honest',
  '/x/../sync/honest',
  '/%73ync/honest',
  '\\sync\\honest',
  'sync/honest',
  '*',
  'http://127.0.0.1/sync/honest',
  'ws://evil.example/sync/honest',
  '/healthz',
  '/api/documents',
  '/sync/ho nest',
  '/sync/\u0000',
  '/sync/honest\u007f',
]

/** Kolam's clients are told at once why they may not come in, stock ones a little later. */
const KOLAM = { 'Sec-WebSocket-Protocol': 'kolam.1' }

/** Names every language and file system would rather not have, and Kolam does not mind. */
const GOOD_IDS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '0',
  '-1',
  '...',
  '..a',
  '~',
  '-',
  '_',
  'CON',
  'kolam.db',
  'x'.repeat(128),
]

describe('ids that are none', () => {
  testOfRelay()('are accepted and closed with 4404, and no room is made', async ({ scene }) => {
    const codes: [string, number | null][] = []
    for (const id of BAD_IDS) codes.push([id, await codeOf(scene, `/sync/${id}`)])
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(BAD_IDS.map((id) => [id, 4404])))
    expect(await scene.target.fullness()).toMatchObject({ sessions: 2, rooms: 1 })
    expect(await scene.target.store.list()).toHaveLength(1)
  })

  testOfServer()(
    'are refused by a whole server too, and other paths with HTTP',
    async ({ scene }) => {
      for (const id of BAD_IDS) expect(await codeOf(scene, `/sync/${id}`), id).toBe(4404)
      for (const path of BAD_TARGETS) {
        const raw = scene.welcome(await RawSocket.connect(scene.target.port))
        raw.write(upgradeRequest(path))
        expect([400, 404], path).toContain(await raw.status())
        raw.leave()
      }
      expect(await scene.target.fullness()).toMatchObject({ sessions: 2, rooms: 1 })
    },
  )
})

describe('ids that look like trouble', () => {
  testOfServer()('are documents of their own like any other', async ({ scene }) => {
    await Promise.all(GOOD_IDS.map((id) => workOn(scene, id)))
    for (const id of GOOD_IDS) {
      const reader = scene.welcome(stockHonest('reader', { url: scene.target.url, id }))
      await reader.synced()
      expect(reader.doc.getMap('rounds').toJSON(), id).toEqual({ [`${id}-a`]: 1, [`${id}-b`]: 1 })
    }
  })

  testOfRelay()(
    'may come with a query and be written in any way a URL can be',
    async ({ scene }) => {
      for (const id of ['honest?', 'honest?x=/../..', '%68onest', 'hones%74?id=%00']) {
        const guest = scene.welcome(await Attacker.open(scene.target, { id }))
        await guest.until(() => guest.of('step1').length === 1)
        expect(await guest.outcome(), id).toBeNull()
      }
      expect(await scene.target.fullness()).toMatchObject({ rooms: 1 })
    },
  )
})

async function codeOf(scene: Scene, path: string): Promise<number | null> {
  const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, path, KOLAM))
  const code = await raw.closeCode()
  raw.leave()
  return code
}

/** Two people work on a document and leave it. */
async function workOn(scene: Scene, id: string): Promise<void> {
  const place = { url: scene.target.url, id }
  const pair = [stockHonest(`${id}-a`, place), kolamHonest(`${id}-b`, place)] as const
  for (const person of pair) scene.welcome(person)
  await Promise.all(pair.map((person) => person.synced()))
  const rally = new Rally(pair)
  rally.start()
  await rally.stop()
  for (const person of pair) person.leave()
}
