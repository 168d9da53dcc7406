import { type Random, seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { AwarenessClient, type Connection, passWith, World } from './testing/index.ts'

const seeds = process.env['SEED']
  ? [Number(process.env['SEED'])]
  : Array.from({ length: Number(process.env['RUNS'] ?? 12) }, (_, i) => i + (Date.now() % 1e6))

/** Six people, of whom two share a browser. */
class Simulation {
  readonly #random: Random
  #clients = [1, 2, 3, 4, 5, 6].map((id) => new AwarenessClient(id))
  /** Connections nobody uses any more, of which the relay does not know. */
  #forgotten: Connection[] = []
  #world = new World()
  #words = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    const [first, second] = this.#clients
    first!.tabs.push(second!)
    second!.tabs.push(first!)
  }

  async step(): Promise<void> {
    const client = this.#clients[Math.floor(this.#random() * this.#clients.length)]!
    const dice = this.#random()
    if (!client.isConnected) client.connect(this.#world)
    else if (dice < 0.5) client.say(`${client.id} said ${(this.#words += 1)}`)
    else if (dice < 0.6) client.say(null)
    else if (dice < 0.75) client.vanish().hangUp()
    else if (dice < 0.9) this.#forgotten.push(client.vanish())
    else if (dice < 0.95) this.#forgotten.shift()?.hangUp()
    else if (dice < 0.97) this.#restart()
    await passWith(this.#world, this.#clients, Math.floor(this.#random() * 30))
  }

  /** Everybody is there. */
  async gather(): Promise<void> {
    for (const client of this.#clients) if (!client.isConnected) client.connect(this.#world)
    await passWith(this.#world, this.#clients, 1_000)
  }

  /** Connections nobody uses any more are found to be dead, which must take nobody away. */
  async bury(): Promise<void> {
    for (const connection of this.#forgotten.splice(0)) connection.hangUp()
    await passWith(this.#world, this.#clients, 50)
  }

  /** Some go without a word, for good. */
  async thin(): Promise<void> {
    const gone = this.#clients.filter(() => this.#random() < 0.5)
    for (const client of gone) client.crash().hangUp()
    this.#clients = this.#clients.filter((client) => !gone.includes(client))
    await passWith(this.#world, this.#clients, 1_000)
  }

  /** What everybody sees. */
  views(): unknown[] {
    return this.#seeing.map(({ id, states }) => [id, [...states].sort(([a], [b]) => a - b)])
  }

  /** What everybody should see. */
  truth(): unknown[] {
    const truth = this.#seeing.map(({ id, states }) => [id, states.get(id)])
    return this.#seeing.map(({ id }) => [id, truth])
  }

  /** Who says nothing of itself cannot be told from somebody new, and may take others for old news till they move. */
  get #seeing(): AwarenessClient[] {
    return this.#clients.filter(({ id, states }) => states.has(id))
  }

  #restart(): void {
    this.#world = new World({ clock: this.#world.clock })
    for (const client of this.#clients) if (client.isConnected) client.vanish()
    this.#forgotten = []
  }
}

test.each(seeds)(
  '[P5,P6,P7,P8,P9,P15] everybody sees who is there and nobody else, whatever happened (SEED=%d)',
  async (seed) => {
    const simulation = new Simulation(seed)
    for (let round = 0; round < 15; round++) {
      for (let step = 0; step < 12; step++) await simulation.step()
      await simulation.gather()
      expect(simulation.views()).toEqual(simulation.truth())
      await simulation.bury()
      expect(simulation.views()).toEqual(simulation.truth())
    }
    await simulation.thin()
    expect(simulation.views()).toEqual(simulation.truth())
  },
)
