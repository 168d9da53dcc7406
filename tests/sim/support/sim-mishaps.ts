/** What befalls the browsers of a world: networks that are gone for moments or for days, stores that refuse, stall, or are emptied. */
import type { OfflineFault } from './client-parts.ts'
import type { Network, SimBrowser } from './sim-browser.ts'
import type { SimCopies } from './sim-copies.ts'
import type { SimSite } from './sim-site.ts'

const FAULTS: readonly OfflineFault[] = ['full', 'closed', 'failed']
const DAY_MS = 86_400_000

export class SimMishaps {
  readonly #site: SimSite
  /** Browsers without a network for days, and how many steps they have left. */
  readonly #tunnels = new Map<SimBrowser, number>()
  readonly #counts = { illnesses: 0, tunnels: 0 }

  constructor(site: SimSite) {
    this.#site = site
  }

  /** How many of each there were. */
  get counts(): Readonly<{ illnesses: number; tunnels: number }> {
    return this.#counts
  }

  strike(browser: SimBrowser): void {
    const dice = this.#site.random()
    if (dice < 0.3) this.#loseNetwork(browser)
    else if (dice < 0.5) this.#enterTunnel(browser)
    else if (browser.copies) this.#sicken(browser, browser.copies)
  }

  /** A step is over; days later whoever was in a tunnel for long enough is out of it. */
  leaveTunnels(): void {
    const { clock, random } = this.#site
    for (const [browser, steps] of this.#tunnels) {
      this.#tunnels.set(browser, steps - 1)
      if (steps > 0) continue
      this.#tunnels.delete(browser)
      clock.skip(random() * 4 * DAY_MS)
      browser.setNetwork('there')
    }
  }

  /** Some pages are told that the network is gone, some find out. */
  anyLoss(): Network {
    return this.#site.random() < 0.5 ? 'gone' : 'lost'
  }

  #loseNetwork(browser: SimBrowser): void {
    const { clock, random } = this.#site
    browser.setNetwork(this.anyLoss())
    clock.after(random() * 6_000, () => browser.setNetwork('there'))
  }

  /** Days without a network, and work on both sides. */
  #enterTunnel(browser: SimBrowser): void {
    const { clock, random } = this.#site
    this.#counts.tunnels += 1
    browser.setNetwork(this.anyLoss())
    clock.skip(random() * 3 * DAY_MS)
    this.#tunnels.set(browser, 10 + this.#site.below(50))
  }

  #sicken(browser: SimBrowser, copies: SimCopies): void {
    const { clock, random } = this.#site
    const dice = random()
    this.#counts.illnesses += 1
    if (dice < 0.5) {
      copies.fault = FAULTS[this.#site.below(FAULTS.length)]!
      clock.after(random() * 4_000, () => (copies.fault = null))
    } else if (dice < 0.7) {
      copies.isSlow = true
      clock.after(random() * 8_000, () => (copies.isSlow = false))
    } else if (dice < 0.8) void copies.wipe()
    else if (dice < 0.9) browser.anyPage()?.copy?.wipe().catch(ignore)
    else browser.anyPage()?.copy?.wipeIfSaved().catch(ignore)
  }
}

/** A store that refuses says so to whoever wanted it emptied; nothing else follows from it. */
function ignore(): void {}
