/** The whole server on a disk that fails under people who write, and recovers: what they wrote, and what they are told. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@kolam/base'
import { openSqliteStore } from '../../packages/persistence/src/sqlite/index.ts'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { type ServerProcess, startProcess } from '../../apps/server/src/fixtures/process.ts'
import { freePort } from '../e2e/support/server.ts'
import { BareGuest } from './src/bare-guest.ts'
import { tagsOn } from './src/edit.ts'
import { illnesses } from './src/illness.ts'
import { Scribe } from './src/scribe.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

test.each(illnesses())(
  `$name: everybody is told, everything can be read, and nothing is lost (SEED=${seed})`,
  async ({ words, create }) => {
    const folder = await create(await temporaryFolder())
    onTestFinished(() => folder.dispose())
    await writeQuietBoard(folder.data)
    const site = await Site.open(folder.data, folder.env)
    const [ada, bob, eve] = [site.comes('ada', 'a'), site.comes('bob', 'a'), site.comes('eve', 'b')]
    const all = [ada, bob, eve]
    await Promise.all(all.map((one) => one.until(() => one.state === 'live')))
    await Promise.all(all.map((one) => (one.write(), one.until(() => one.isSaved))))
    const before = tagsOn(await site.reads('a'))
    expect(await site.health()).toEqual([200, { status: 'ok' }])

    await folder.fallIll()
    await ada.writeUntil(() => ada.state === 'degraded')
    await Promise.all(all.map((one) => one.until(() => one.state === 'degraded')))
    const reason = expect.stringContaining(words)
    expect(await site.health()).toEqual([503, { status: 'degraded', reason }])
    for (const one of all) one.write()
    expect(ada.isSaved).toBe(false)
    const newcomer = site.comes('newcomer', 'a')
    await newcomer.until(() => newcomer.state === 'degraded')
    const shown = tagsOn(newcomer.doc)
    expect([...before].filter((tag) => !shown.has(tag))).toEqual([])
    expect(shown.has(ada.tags.at(-1)!), 'what is not stored is not shown').toBe(false)
    expect((await site.reads('quiet')).getText('text').toJSON()).toBe('quiet')

    await folder.recover()
    await Promise.all(all.map((one) => one.until(() => one.isSaved && one.state === 'live')))
    await newcomer.until(() => newcomer.state === 'live')
    expect(await site.health()).toEqual([200, { status: 'ok' }])

    await site.killAndStart()
    expect(await lostOf(site, 'a', ada, bob)).toEqual([])
    expect(await lostOf(site, 'b', eve)).toEqual([])
  },
)

test(`a folder that was removed: nothing is called saved that no start would find (SEED=${seed})`, async () => {
  const data = join(await temporaryFolder(), 'data')
  const site = await Site.open(data)
  const ada = site.comes('ada', 'a')
  await ada.until(() => ada.state === 'live')
  ada.write()
  await ada.until(() => ada.isSaved)
  await rm(data, { recursive: true })
  ada.write()
  await ada.until(() => ada.isSaved || ada.state === 'degraded')
  expect(ada.isSaved).toBe(false)
  // She has all of it, and brings it when there is a folder again.
  await site.killAndStart()
  await ada.until(() => ada.isSaved && ada.state === 'live')
  await site.killAndStart()
  expect(await lostOf(site, 'a', ada)).toEqual([])
})

/** A server on a port of its own, and the people on it. */
class Site {
  readonly #env: Readonly<Record<string, string>>
  readonly #port: number
  readonly #random = seededRandom(seed)
  #process: ServerProcess | null = null

  private constructor(port: number, env: Readonly<Record<string, string>>) {
    this.#port = port
    this.#env = env
  }

  static async open(data: string, env: Readonly<Record<string, string>> = {}): Promise<Site> {
    const port = await freePort()
    const site = new Site(port, { ...env, PORT: String(port), KOLAM_DATA: data })
    await site.#start()
    return site
  }

  comes(name: string, id: string): Scribe {
    const scribe = new Scribe(name, { syncUrl: this.#syncUrl, id }, this.#random)
    onTestFinished(() => scribe.leave())
    return scribe
  }

  /** A document as somebody sees it who has nothing and brings nothing. */
  async reads(id: string): Promise<Y.Doc> {
    const reader = new BareGuest({ syncUrl: this.#syncUrl, id }, 'y-websocket')
    await reader.synced
    reader.destroy()
    return reader.doc
  }

  async health(): Promise<[status: number, body: unknown]> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/healthz`)
    return [answer.status, await answer.json()]
  }

  async killAndStart(): Promise<void> {
    this.#process?.kill('SIGKILL')
    await this.#process?.ended
    await this.#start()
  }

  get #syncUrl(): string {
    return `ws://127.0.0.1:${this.#port}/sync`
  }

  async #start(): Promise<void> {
    this.#process = startProcess(this.#env)
    await this.#process.url
  }
}

/** Edits of these people that are not in the document, and a word where anything else of theirs is missing. */
async function lostOf(site: Site, id: string, ...people: readonly Scribe[]): Promise<string[]> {
  const doc = await site.reads(id)
  const there = tagsOn(doc)
  const lost = people.flatMap(({ tags }) => tags).filter((tag) => !there.has(tag))
  const snapshot = Y.snapshot(doc)
  const isWhole = people.every((one) =>
    Y.snapshotContainsUpdate(snapshot, Y.encodeStateAsUpdate(one.doc)),
  )
  return isWhole ? lost : [...lost, 'something']
}

/** A document that no server has in memory. */
async function writeQuietBoard(folder: string): Promise<void> {
  const doc = new Y.Doc()
  doc.getText('text').insert(0, 'quiet')
  const store = await openSqliteStore({ folder })
  await store.append([{ document: 'quiet', update: Y.encodeStateAsUpdate(doc), at: 1, author: '' }])
  await store.close()
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kolam-ill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
