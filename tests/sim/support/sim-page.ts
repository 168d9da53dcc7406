/** One page of a browser: the real client with its copy and its tabs, put together as the page does it, until it dies. */
import type { Clock, Random } from '@kolam/base'
import { Client } from '@kolam/client'
import * as Y from 'yjs'
import { OfflineCopy, Tabs } from './client-parts.ts'
import type { ChannelEnd } from './sim-channel.ts'
import type { SimClock } from './sim-clock.ts'
import type { PageStore } from './sim-copies.ts'
import type { SimLine } from './sim-line.ts'
import type { TabLocks } from './sim-locks.ts'
import { keepPresenceTime } from './sim-presence.ts'
import { ID } from './sim-site.ts'

/** What a page finds. */
export interface PagePorts {
  /** The Yjs client id, which nobody else has or had. */
  readonly id: number
  readonly clock: SimClock
  readonly random: Random
  /** Null where the browser keeps nothing. */
  readonly store: PageStore | null
  /** Null where the browser has no channels. */
  readonly channel: ChannelEnd | null
  /** Null where the browser has no locks. */
  readonly locks: TabLocks | null
  connect(protocols: readonly string[]): SimLine
}

/** So that all of it happens in a world: few updates are a long log, and a store that failed is tried again soon. */
const LIMITS = { updatesMax: 8, tailBytesMin: 400, retryMs: 1_500 }

export class SimPage {
  readonly id: number
  readonly doc = new Y.Doc()
  readonly client: Client
  readonly copy: OfflineCopy | null
  readonly #ports: PagePorts
  readonly #tabs: Tabs | null
  #line: SimLine | null = null
  /** `closed`: nobody is at it any more, but its code runs on. */
  #life: 'alive' | 'closed' | 'dead' = 'alive'
  #goneAt = Infinity
  #hasChanged = true

  constructor(ports: PagePorts) {
    const { id, store, channel, locks, random } = ports
    const clock: Clock = {
      now: () => ports.clock.now(),
      after: (ms, run) => ports.clock.after(ms, () => this.#life !== 'dead' && run()),
    }
    const { doc } = this
    doc.clientID = id
    this.id = id
    this.#ports = ports
    doc.on('update', () => (this.#hasChanged = true))
    const openSocket = (_: string, protocols: readonly string[]) => this.#open(protocols)
    const url = `ws://kolam.test/sync/${ID}`
    const client = new Client({ url, doc, clock, random, openSocket })
    const { awareness } = client
    keepPresenceTime(awareness, clock)
    this.client = client
    this.#tabs = channel && new Tabs({ doc, awareness, channel, locks, clock })
    this.copy = store && new OfflineCopy({ store, document: ID, client, clock, limits: LIMITS })
  }

  get isAlive(): boolean {
    return this.#life === 'alive'
  }

  /** When it ceased to be somebody, in time that was not slept; infinite while it is. */
  get goneAt(): number {
    return this.#goneAt
  }

  /** Whether the document has changed since this was last asked. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged
    this.#hasChanged = false
    return hasChanged
  }

  /** Reads the copy, meets the other tabs, connects. Never ends in a page that dies meanwhile. */
  async open(): Promise<void> {
    if (this.#tabs) this.client.joinTabs(this.#tabs)
    await this.copy?.open()
    if (this.#life !== 'alive') return
    this.#tabs?.start(this.client)
    this.client.connect()
  }

  /** The app lets the document go; the page stays until everything is written. */
  close(): void {
    this.#life = 'closed'
    this.#goneAt = this.#ports.clock.awakeMs
    void this.copy?.stop()
    this.#tabs?.stop()
    this.client.destroy()
  }

  /** What a page does when it is told that it goes. */
  hide(): void {
    this.client.hide()
    this.#tabs?.leave()
    void this.copy?.writeLast()
  }

  /** What a page does when it is told that it is seen again. */
  wake(): void {
    this.client.probe()
    this.#tabs?.meet()
  }

  /** No code of it runs any more. The machine closes its line, the network loses it, or nobody tells the server. */
  kill(): void {
    const { random, store, channel, locks, clock } = this.#ports
    this.#life = 'dead'
    this.#goneAt = clock.awakeMs
    store?.kill()
    channel?.kill(random() < 0.5)
    locks?.kill()
    const dice = random()
    if (dice < 0.4) this.#line?.socket.close(1006, '')
    else if (dice < 0.7) this.#line?.cut()
    else this.#line?.swallow()
    if (this.#line) this.#line.socket.handlers = null
  }

  /** The network is gone, and the line with it. */
  loseLine(): void {
    if (this.#ports.random() < 0.5) this.#line?.cut()
    else this.#line?.swallow()
  }

  #open(protocols: readonly string[]): SimLine['socket'] {
    this.#line = this.#ports.connect(protocols)
    return this.#line.socket
  }
}
