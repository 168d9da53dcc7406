/** Processor time of the browser, and of everybody else on the machine: times are worth less where that is not small. */
import { cpus } from 'node:os'
import type { Browser, CDPSession } from '@playwright/test'
import { coreSeconds } from '../../relay/load/process-facts.ts'

/** What was used since a meter was started. */
export interface Usage {
  /** Seconds of all processes of the browser. */
  readonly browser: number
  /** What neither the browser nor this process used, as a share of one core. */
  readonly othersShare: number
  readonly wall: number
}

/** Runs from its making. Kolam's server counts as others: elsewhere it is on another machine. */
export class OthersMeter {
  readonly #session: CDPSession
  readonly #start: Counters

  private constructor(session: CDPSession, start: Counters) {
    this.#session = session
    this.#start = start
  }

  static async start(browser: Browser): Promise<OthersMeter> {
    const session = await browser.newBrowserCDPSession()
    return new OthersMeter(session, await counters(session))
  }

  async read(): Promise<Usage> {
    const [start, end] = [this.#start, await counters(this.#session)]
    const browser = end.browser - start.browser
    const wall = end.wall - start.wall
    const others = end.cores - start.cores - (end.own - start.own) - browser
    return { browser, wall, othersShare: Math.max(0, others / wall) }
  }

  async stop(): Promise<void> {
    await this.#session.detach()
  }
}

/** Seconds. */
interface Counters {
  readonly browser: number
  readonly own: number
  readonly cores: number
  readonly wall: number
}

async function counters(session: CDPSession): Promise<Counters> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const { user, system } = process.cpuUsage()
  return {
    browser: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    own: (user + system) / 1e6,
    cores: cpus().reduce((sum, _, core) => sum + coreSeconds(core), 0),
    wall: performance.now() / 1000,
  }
}
