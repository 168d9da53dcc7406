import { ManualClock, seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { decodeStateVector, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { Client } from './client.ts'
import { FakeRelay } from './testing/fake-relay.ts'
import { Network } from './testing/network.ts'

const CLIENTS = 3
const STEPS = 250

// Replay one failure with: SEED=17 npx vitest run packages/client
const seed = process.env['SEED']
const seeds = seed ? [Number(seed)] : Array.from({ length: 12 }, (_, index) => index + 1)

/** One random world: a relay, a network, some people, and somebody who pulls plugs. */
class World {
  readonly clock = new ManualClock(1_000_000)
  readonly random: () => number
  readonly network: Network
  readonly relay: FakeRelay
  readonly clients: Client[]
  readonly faults: string[] = []
  /** How often somebody was told `saved` after having been told otherwise. */
  savedCount = 0

  constructor(seed: number) {
    const random = seededRandom(seed)
    this.random = random
    this.network = new Network(this.clock, random)
    const known = seed % 2 === 0 ? 'step2 only' : 'every message'
    this.relay = new FakeRelay({ clock: this.clock, random, known })
    this.clients = Array.from({ length: CLIENTS }, (_, index) => this.#client(index + 1))
  }

  /** Does something at random, mostly editing. */
  step(): void {
    const dice = this.random()
    const client = this.clients[Math.floor(this.random() * CLIENTS)]!
    if (dice < 0.6) this.#edit(client.doc)
    else if (dice < 0.66) this.network.cutOne()
    else if (dice < 0.69)
      this.relay.crash(this.random() * 3_000, this.random() < 0.5 ? 'before' : 'after')
    else if (dice < 0.75) this.relay.repeat()
    else if (dice < 0.77) this.relay.askAll()
    else if (dice < 0.79) this.#away(client)
    else if (dice < 0.81) client.probe()
    else if (dice < 0.9) this.relay.fallBehind()
    this.clock.advance(this.random() ** 3 * 400)
    this.check()
  }

  /** Whoever is shown `saved` has everything on disk. */
  check(): void {
    for (const [index, { save, doc }] of this.clients.entries()) {
      if (save.name === 'saved' && !this.relay.holds(doc))
        this.faults.push(`client ${index} at ${this.clock.now()}`)
    }
  }

  /** Lets everything come to rest. */
  settle(): void {
    for (const client of this.clients) client.wentOnline()
    for (let seconds = 0; seconds < 90; seconds++) {
      this.clock.advance(1_000)
      this.check()
    }
  }

  #client(clientId: number): Client {
    const doc = new Doc()
    doc.clientID = clientId
    const { clock, random } = this
    const openSocket = this.network.socketsTo(this.relay)
    const client = new Client({ url: 'ws://kolam.test/sync/board', doc, clock, random, openSocket })
    client.on('save', (save) => {
      if (save.name !== 'saved') return
      this.savedCount += 1
      this.check()
    })
    client.connect()
    return client
  }

  /** Sets, deletes what others may be deleting too, and moves things in a list. */
  #edit(doc: Doc): void {
    const shapes = doc.getMap('shapes')
    const list = doc.getArray('list')
    const dice = this.random()
    if (dice < 0.4) shapes.set(`shape ${Math.floor(this.random() * 5)}`, this.random())
    else if (dice < 0.6) shapes.delete([...shapes.keys()][0] ?? '')
    else if (dice < 0.8) list.insert(Math.floor(this.random() * list.length), [this.random()])
    else if (list.length > 0) list.delete(0, 1)
  }

  #away(client: Client): void {
    client.wentOffline()
    this.clock.after(this.random() * 2_000, () => client.wentOnline())
  }
}

describe('simulation', () => {
  test.each(seeds)('[X1] everyone converges and saved is never a lie (seed %i)', (seed) => {
    const world = new World(seed)
    for (let step = 0; step < STEPS; step++) world.step()
    world.settle()
    expect(world.faults).toEqual([])
    const contents = world.clients.map(({ doc }) => contentOf(doc))
    expect(contents).toEqual(contents.map(() => contentOf(world.relay.disk)))
    expect(world.clients.map(({ save, state }) => [save.name, state.name])).toEqual(
      world.clients.map(() => ['saved', 'live']),
    )
    expect(world.savedCount).toBeGreaterThan(CLIENTS)
    expect(encodeStateAsUpdate(world.relay.disk).length).toBeGreaterThan(100)
    for (const { doc } of world.clients) doc.destroy()
  })

  test('[X1] presence of everybody is right once all is quiet', () => {
    const world = new World(4)
    for (const [index, { awareness }] of world.clients.entries()) {
      awareness.setLocalState({ name: `person ${index}` })
    }
    for (let step = 0; step < 50; step++) world.step()
    world.settle()
    const names = world.clients.map(({ awareness }) =>
      [...awareness.getStates().values()].map(({ name }) => String(name)).toSorted(),
    )
    expect(names).toEqual(names.map(() => ['person 0', 'person 1', 'person 2']))
    for (const { doc } of world.clients) doc.destroy()
  })
})

/** What a document holds, and how much of everybody's work is in it. */
function contentOf(doc: Doc) {
  return {
    shapes: doc.getMap('shapes').toJSON(),
    list: doc.getArray('list').toJSON(),
    vector: decodeStateVector(encodeStateVector(doc)),
  }
}
