/**
 * Browsers with tabs, copies and channels on one relay, one clock and one chance. Tabs open, reload, crash without a
 * word, and sit in a tunnel; what each wrote is remembered, so that nothing can be lost unnoticed.
 */

import { ManualClock, seededRandom } from '@kolam/base'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { Client } from '../client.ts'
import { OfflineCopy } from '../offline/copy.ts'
import { MemoryStore } from '../offline/memory-store.ts'
import type { OpenSocket } from '../socket.ts'
import { Tabs } from '../tabs/tabs.ts'
import { ChannelHub } from './channel-hub.ts'
import { FakeRelay } from './fake-relay.ts'
import { FaultyStore } from './faulty-store.ts'
import { Network } from './network.ts'

/** Lets promises that are ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}

const LIMITS = { updatesMax: 6, tailBytesMin: 400 }

/** A server, its network, and what went wrong. */
export class BrowserWorld {
  readonly clock = new ManualClock(1_000_000)
  readonly random: () => number
  readonly network: Network
  readonly relay: FakeRelay
  readonly browsers: Browser[] = []
  readonly faults: string[] = []

  constructor(seed: number) {
    this.random = seededRandom(seed)
    const { clock, random } = this
    this.network = new Network(clock, random)
    this.relay = new FakeRelay({
      clock,
      random,
      known: seed % 2 ? 'step2 only' : 'every message',
    })
  }

  addBrowser(): Browser {
    const browser = new Browser(this)
    this.browsers.push(browser)
    return browser
  }

  /** Moves time on, with everything that happens on the way. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      this.clock.advance(Math.min(left, 50))
      for (const { hub } of this.browsers) hub.deliver()
      await settle()
    }
    this.check()
  }

  /** Whoever is shown `saved` has everything on disk. */
  check(): void {
    for (const { client } of this.browsers.flatMap(({ pages }) => pages)) {
      if (client.save.name === 'saved' && !this.relay.holds(client.doc))
        this.faults.push(`a lie at ${this.clock.now()}`)
    }
  }
}

/** One profile: a store, a channel, and a network that may be missing. */
export class Browser {
  readonly world: BrowserWorld
  readonly store = new MemoryStore()
  readonly hub = new ChannelHub()
  pages: Page[] = []
  hasNetwork = true

  constructor(world: BrowserWorld) {
    this.world = world
  }

  async openPage(): Promise<Page> {
    const page = new Page(this)
    this.pages.push(page)
    await page.open()
    return page
  }

  setNetwork(hasNetwork: boolean): void {
    this.hasNetwork = hasNetwork
    for (const { client } of this.pages) {
      if (hasNetwork) client.wentOnline()
      else client.wentOffline()
    }
  }
}

/** One tab. */
export class Page {
  readonly browser: Browser
  readonly doc = new Doc()
  readonly client: Client
  readonly copy: OfflineCopy
  readonly store: FaultyStore
  readonly #tabs: Tabs
  #alive = true
  /** What was written here, in order. */
  readonly wrote: string[] = []

  constructor(browser: Browser) {
    const { world, hub } = browser
    const { clock, random } = world
    this.browser = browser
    this.doc.clientID = Math.floor(random() * 2 ** 32)
    const awareness = new Awareness(this.doc)
    const channel = hub.join()
    this.#tabs = new Tabs({ doc: this.doc, awareness, channel, clock })
    this.client = new Client({
      url: 'ws://kolam.test/sync/board',
      doc: this.doc,
      awareness,
      clock,
      random,
      openSocket: this.#mortal(world.network.socketsTo(world.relay)),
    })
    this.client.joinTabs(this.#tabs)
    this.client.on('save', ({ name }) => {
      if (name === 'saved' && this.#alive) world.check()
    })
    this.store = new FaultyStore(browser.store)
    const { client, store } = this
    this.copy = new OfflineCopy({ store, document: 'board', client, clock, limits: LIMITS })
  }

  async open(): Promise<void> {
    const opened = this.copy.open()
    await settle()
    await opened
    this.#tabs.start(this.client)
    this.client.connect()
    if (!this.browser.hasNetwork) this.client.wentOffline()
  }

  /** Adds something that nobody else adds, changes what others change too, and deletes. */
  edit(): void {
    const { random } = this.browser.world
    const name = `${this.doc.clientID}:${this.wrote.length}`
    this.wrote.push(name)
    this.doc.transact(() => {
      this.doc.getMap('all').set(name, 1)
      const shapes = this.doc.getMap('shapes')
      if (random() < 0.3) shapes.delete([...shapes.keys()][0] ?? '')
      else shapes.set(`shape ${Math.floor(random() * 8)}`, random())
      const list = this.doc.getArray('list')
      if (random() < 0.3 && list.length > 0) list.delete(0, 1)
      else list.insert(Math.floor(random() * list.length), [name])
    })
  }

  /** The page goes as pages should. */
  async close(): Promise<void> {
    this.client.destroy()
    this.#tabs.stop()
    await this.copy.stop()
    this.#end()
  }

  /** The page is gone without a word; what its store was doing is left undone. */
  crash(): void {
    this.store.diesAfter = 0
    this.#alive = false
    this.client.destroy()
    this.#tabs.stop()
    this.#end()
  }

  #end(): void {
    this.doc.destroy()
    this.browser.pages = this.browser.pages.filter((page) => page !== this)
  }

  /** What a dead page sends goes nowhere. */
  #mortal(open: OpenSocket): OpenSocket {
    return (url, protocols) => {
      const socket = open(url, protocols)
      const send = socket.send.bind(socket)
      socket.send = (bytes) => {
        if (this.#alive) send(bytes)
      }
      return socket
    }
  }
}
