/**
 * A random world of browsers: tabs that share a copy and a channel, pages that come, go and die, stores that refuse, weeks apart;
 * with the server, the disk and the network of every world. The seed is all there is to it.
 */
import { SimBrowser } from './sim-browser.ts'
import { editSomething } from './sim-edits.ts'
import { SimMishaps } from './sim-mishaps.ts'
import type { SimPage } from './sim-page.ts'
import {
  checkCold,
  checkEnd,
  checkHeard,
  checkKept,
  checkNow,
  checkSaved,
  type Inhabited,
} from './sim-promises.ts'
import { SimSite } from './sim-site.ts'
import type { Outcome } from './sim-world.ts'

const BROWSERS = 3
const PAGES_MAX = 3

/** What a world of browsers came to. */
export interface BrowsersOutcome extends Outcome {
  readonly pages: number
  /** Pages that died, with a goodbye or without one. */
  readonly crashes: number
  /** Times a store refused everything for a while, or was emptied. */
  readonly illnesses: number
  /** Browsers that were days without a network. */
  readonly tunnels: number
}

interface Heard {
  readonly added: readonly number[]
  readonly updated: readonly number[]
}

export class BrowsersWorld implements Inhabited {
  readonly site: SimSite
  readonly browsers: readonly SimBrowser[]
  readonly everybody = new Map<number, SimPage>()
  readonly #mishaps: SimMishaps
  readonly #counts = { saved: 0, updates: 0, pages: 0, crashes: 0 }

  constructor(seed: number) {
    this.site = new SimSite(seed)
    this.#mishaps = new SimMishaps(this.site)
    const names = Array.from({ length: BROWSERS }, (_, index) => `browser ${index}`)
    this.browsers = names.map((name) => new SimBrowser(this.site, name))
    for (const browser of this.browsers) this.#open(browser)
  }

  /** Lives for so many steps, comes to rest, and says what came of it. */
  async run(steps: number): Promise<BrowsersOutcome> {
    const { clock, random, faults } = this.site
    for (let step = 0; step < steps; step++) {
      this.#step()
      await clock.pass(random() ** 3 * 600)
      checkNow(this)
    }
    await this.#rest()
    await this.#coldStarts()
    for (const browser of this.browsers) this.#killAll(browser)
    return { faults, deaths: this.site.deaths, ...this.#counts, ...this.#mishaps.counts }
  }

  #step(): void {
    const { site } = this
    this.#mishaps.leaveTunnels()
    const dice = site.random()
    const browser = this.browsers[site.below(BROWSERS)]!
    const page = browser.anyPage() ?? this.#open(browser)
    if (dice < 0.45) this.#edit(page, 1)
    else if (dice < 0.55) this.#edit(page, 1 + site.below(20))
    else if (dice < 0.6) this.#point(page)
    else if (dice < 0.7) this.#outside()
    else if (dice < 0.9) this.#come(browser, page)
    else this.#mishaps.strike(browser)
  }

  /** Something happens to the server or to the lines. */
  #outside(): void {
    const { site } = this
    const dice = site.random()
    if (dice < 0.45) site.anyLine()?.cut()
    else if (dice < 0.6) site.anyLine()?.swallow()
    else if (dice < 0.8) site.kill()
    else if (dice < 0.9) site.restart()
    else site.fill()
  }

  /** Pages come and go. */
  #come(browser: SimBrowser, page: SimPage): void {
    const dice = this.site.random()
    if (dice < 0.35) {
      if (browser.pages.length < PAGES_MAX) this.#open(browser)
    } else if (dice < 0.5) browser.close(page)
    else if (dice < 0.6) page.wake()
    else {
      this.#counts.crashes += 1
      browser.kill(page, dice > 0.85)
      if (dice < 0.75 || dice > 0.9) this.#open(browser)
    }
  }

  /** Everything is mended, somebody is at every browser, and all have time to find that out. */
  async #rest(): Promise<void> {
    const { site, browsers } = this
    site.mend()
    for (const browser of browsers) {
      browser.copies?.recover()
      browser.setNetwork('there')
      if (browser.pages.length === 0) this.#open(browser)
    }
    await this.#pass(70)
    await checkEnd(this)
  }

  /** All pages die; those that are opened then find everything, with a network and without one. */
  async #coldStarts(): Promise<void> {
    for (const browser of this.browsers) {
      this.#killAll(browser)
      this.#open(browser)
    }
    await this.#pass(40)
    await checkEnd(this)
    checkKept(this)
    const keeping = this.browsers.filter(({ copies }) => copies)
    for (const browser of keeping) {
      this.#killAll(browser)
      browser.setNetwork(this.#mishaps.anyLoss())
      this.#open(browser)
    }
    await this.#pass(5)
    for (const page of keeping.flatMap(({ pages }) => pages)) checkCold(this.site, page)
  }

  async #pass(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left -= 5) {
      await this.site.clock.pass(5_000)
      checkNow(this)
    }
  }

  #open(browser: SimBrowser): SimPage {
    this.#counts.pages += 1
    const page = browser.openPage(this.#counts.pages)
    this.everybody.set(page.id, page)
    const { client, doc } = page
    client.awareness.setLocalState({ user: { name: browser.name }, cursor: 0 })
    client.awareness.on('update', ({ added, updated }: Heard, origin: unknown) => {
      if (page.isAlive && origin !== 'local') checkHeard(this, page, [...added, ...updated])
    })
    doc.on('update', (_, __, ___, { local }) => {
      if (local) this.#counts.updates += 1
    })
    client.on('save', ({ name }) => {
      if (name !== 'saved' || !page.isAlive) return
      this.#counts.saved += 1
      checkSaved(this.site, page)
    })
    return page
  }

  #killAll(browser: SimBrowser): void {
    for (const page of browser.pages) browser.kill(page, false)
  }

  #edit({ doc }: SimPage, edits: number): void {
    for (let left = edits; left > 0; left--) editSomething(doc, this.site.random)
  }

  #point({ client }: SimPage): void {
    client.awareness.setLocalStateField('cursor', this.site.random())
  }
}
