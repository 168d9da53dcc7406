/** What everybody in a world shares: one clock, one chance, a server and its disk, the lines to it, and who pulls the plugs. */
import { type Random, seededRandom } from '@kolam/base'
import { SimClock } from './sim-clock.ts'
import { SimDisk } from './sim-disk.ts'
import { type LineHost, SimLine } from './sim-line.ts'
import { SimServer } from './sim-server.ts'

/** The document everybody is at. */
export const ID = 'board'

const START_MS = 1_000_000
const FAULTS_MAX = 20

export class SimSite {
  readonly clock = new SimClock(START_MS)
  readonly random: Random
  readonly disk: SimDisk
  readonly server: SimServer
  /** Where a promise was broken, in words. */
  readonly faults: string[] = []
  readonly #lines = new Set<SimLine>()
  #deaths = 0

  constructor(seed: number) {
    const { clock } = this
    const random = seededRandom(seed)
    this.random = random
    this.disk = new SimDisk(clock, random)
    this.server = new SimServer({ clock, random, disk: this.disk, id: ID })
  }

  /** How often the server was killed. */
  get deaths(): number {
    return this.#deaths
  }

  below(bound: number): number {
    return Math.floor(this.random() * bound)
  }

  fault(what: string): void {
    if (this.faults.length < FAULTS_MAX)
      this.faults.push(`${what} (at ${this.clock.now() - START_MS})`)
  }

  /** A line to the server, or to whoever stands before it. */
  connect(protocols: readonly string[], host: LineHost = this.server): SimLine {
    const ports = { clock: this.clock, random: this.random }
    const gone = (ended: SimLine): void => void this.#lines.delete(ended)
    const line = new SimLine(host, protocols, { ...ports, gone })
    this.#lines.add(line)
    return line
  }

  anyLine(): SimLine | undefined {
    return [...this.#lines][this.below(this.#lines.size)]
  }

  /** `kill -9`, and a start soon after. */
  kill(): void {
    if (!this.server.isUp) return
    this.#deaths += 1
    this.server.kill()
    for (const line of this.#lines) {
      if (this.random() < 0.8) line.cut()
      else line.swallow()
    }
    this.clock.after(this.random() * 3_000, () => this.server.start())
  }

  restart(): void {
    if (!this.server.isUp) return
    void this.server.stop().then(() => {
      this.clock.after(this.random() * 1_000, () => this.server.start())
    })
  }

  fill(): void {
    this.disk.isFull = true
    this.clock.after(this.random() * 4_000, () => {
      this.disk.isFull = false
    })
  }

  /** The server and its disk are well again. */
  mend(): void {
    this.disk.isFull = false
    this.server.start()
  }
}
