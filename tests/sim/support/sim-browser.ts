/** One browser: what it keeps, the channel of its tabs, its network, and the pages that are open in it. */
import * as Y from 'yjs'
import { SimChannel } from './sim-channel.ts'
import { SimCopies } from './sim-copies.ts'
import { holdsAll } from './sim-contents.ts'
import type { LineHost, SimLine } from './sim-line.ts'
import { SimLocks } from './sim-locks.ts'
import { SimPage } from './sim-page.ts'
import type { SimSite } from './sim-site.ts'

/** `gone` is known to the pages, `lost` is not. */
export type Network = 'there' | 'gone' | 'lost'

export class SimBrowser {
  readonly name: string
  /** Null where the browser keeps nothing. */
  readonly copies: SimCopies | null
  /** Ids of all pages there ever were. */
  readonly authors = new Set<number>()
  readonly #site: SimSite
  readonly #channel: SimChannel | null
  readonly #locks: SimLocks | null
  readonly #host: LineHost
  #pages: readonly SimPage[] = []
  #network: Network = 'there'

  constructor(site: SimSite, name: string) {
    const { clock, random, server, disk } = site
    this.#site = site
    this.name = name
    const saved = (kept: Y.Doc): void => {
      if (!disk.holds(kept)) site.fault(`${name} keeps as saved what the server lacks`)
    }
    this.copies = random() < 0.85 ? new SimCopies(clock, random, saved) : null
    this.#channel = random() < 0.85 ? new SimChannel(clock, random) : null
    this.#locks = random() < 0.7 ? new SimLocks(clock) : null
    const isThere = (): boolean => this.#network === 'there'
    this.#host = { accept: (...line) => (isThere() ? server.accept(...line) : null) }
  }

  /** The pages somebody is at. */
  get pages(): readonly SimPage[] {
    return this.#pages
  }

  anyPage(): SimPage | undefined {
    return this.#pages[this.#site.below(this.#pages.length)]
  }

  openPage(id: number): SimPage {
    const { clock, random } = this.#site
    const page = new SimPage({
      id,
      clock,
      random,
      store: this.copies?.openFor() ?? null,
      channel: this.#channel?.join() ?? null,
      locks: this.#locks?.join() ?? null,
      connect: (protocols) => this.#connect(protocols),
    })
    this.authors.add(id)
    this.#pages = [...this.#pages, page]
    void this.#open(page)
    return page
  }

  /** The app lets the document go. */
  close(page: SimPage): void {
    page.close()
    this.#forget(page)
  }

  /** The page is gone, after a goodbye or without one. */
  kill(page: SimPage, saysGoodbye: boolean): void {
    if (saysGoodbye) page.hide()
    page.kill()
    this.#forget(page)
  }

  setNetwork(network: Network): void {
    if (this.#network === network) return
    this.#network = network
    for (const page of this.#pages) {
      if (network === 'there') page.client.wentOnline()
      else page.loseLine()
      if (network === 'gone') page.client.wentOffline()
    }
  }

  /** Everything that was kept when the page began to read is in it when it has read in time. */
  async #open(page: SimPage): Promise<void> {
    const kept = this.copies?.kept
    const before = new Y.Doc()
    if (kept) Y.applyUpdate(before, Y.encodeStateAsUpdate(kept))
    await page.open()
    if (!page.isAlive) return
    if (this.#network === 'gone') page.client.wentOffline()
    const hasRead = page.copy?.state.name === 'kept' && this.copies?.kept === kept
    if (hasRead && !holdsAll(page.doc, before))
      this.#site.fault(`page ${page.id} lacks something that was kept`)
  }

  #connect(protocols: readonly string[]): SimLine {
    return this.#site.connect(protocols, this.#host)
  }

  #forget(page: SimPage): void {
    this.#pages = this.#pages.filter((other) => other !== page)
  }
}
