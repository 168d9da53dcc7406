/** A tab of its own: a fresh profile, the window all peers have, and the browser's own counters. */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import { OPENING, VIEW } from '../config.ts'
import { installPaintWatch, installTaskWatch } from './opening-probe.ts'
import { installProbe } from './probe.ts'

export class Tab {
  readonly page: Page
  readonly cdp: CDPSession
  /** Errors of the page, and whatever it asked of other machines. */
  readonly complaints: string[] = []
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page, cdp: CDPSession) {
    this.#context = context
    this.page = page
    this.cdp = cdp
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url())
      const isOwn = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:'
      if (!isOwn) this.complaints.push(`asked another machine: ${hostname}`)
    })
  }

  /** An empty page in a window of its own. */
  static async open(browser: Browser): Promise<Tab> {
    const context = await browser.newContext({
      viewport: { width: VIEW.w, height: VIEW.h },
      deviceScaleFactor: VIEW.dpr,
      serviceWorkers: 'block',
    })
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    // Processor time of the thread, so that somebody else's work on the machine does not count.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.addInitScript(installProbe)
    await page.addInitScript(installTaskWatch)
    await page.addInitScript(installPaintWatch, { pixels: OPENING.pixels })
    return new Tab(context, page, cdp)
  }

  /** Seconds the main thread has worked, all its tasks and scripts alone. */
  async mainThread(): Promise<{ readonly task: number; readonly script: number }> {
    const { metrics } = await this.cdp.send('Performance.getMetrics')
    const of = (name: string): number =>
      metrics.find((one) => one.name === name)?.value ?? Number.NaN
    return { task: of('TaskDuration'), script: of('ScriptDuration') }
  }

  async close(): Promise<void> {
    await this.#context.close()
  }
}
