/** One random world: people who edit, a server and its disk, and somebody who pulls plugs. The seed is all there is to it. */
import { Client } from '@kolam/client'
import * as Y from 'yjs'
import { clocksOf, isSame } from './sim-contents.ts'
import { editSomething } from './sim-edits.ts'
import { ID, SimSite } from './sim-site.ts'

const PEOPLE = 4

/** Somebody at a board, who may reload the page and then is another client of the same person. */
interface Person {
  client: Client
}

/** What a world came to. */
export interface Outcome {
  /** Where a promise was broken, in words; empty where none was. */
  readonly faults: readonly string[]
  /** How often somebody was told `saved` after having been told otherwise. */
  readonly saved: number
  readonly deaths: number
  readonly updates: number
}

export class SimWorld {
  readonly #site: SimSite
  readonly #people: Person[]
  #clients = 0
  #saved = 0
  #updates = 0

  constructor(seed: number) {
    this.#site = new SimSite(seed)
    this.#people = Array.from({ length: PEOPLE }, () => ({ client: this.#client() }))
  }

  /** Lives for so many steps, comes to rest, and says what came of it. */
  async run(steps: number): Promise<Outcome> {
    for (let step = 0; step < steps; step++) {
      await this.#step()
      this.#check()
    }
    await this.#rest()
    for (const { client } of this.#people) client.doc.destroy()
    const { faults, deaths } = this.#site
    return { faults, saved: this.#saved, deaths, updates: this.#updates }
  }

  async #step(): Promise<void> {
    const site = this.#site
    const dice = site.random()
    const person = this.#people[site.below(PEOPLE)]!
    if (dice < 0.6) this.#edit(person)
    else if (dice < 0.66) site.anyLine()?.cut()
    else if (dice < 0.69) site.anyLine()?.swallow()
    else if (dice < 0.72) site.kill()
    else if (dice < 0.73) site.restart()
    else if (dice < 0.75) site.fill()
    else if (dice < 0.79) this.#away(person.client)
    else if (dice < 0.81) person.client.probe()
    else if (dice < 0.84) this.#reload(person)
    else for (let edits = 1 + site.below(20); edits > 0; edits--) this.#edit(person)
    await site.clock.pass(site.random() ** 3 * 600)
  }

  /** Everything is mended, and everybody has time to find that out. */
  async #rest(): Promise<void> {
    const site = this.#site
    site.mend()
    for (const { client } of this.#people) client.wentOnline()
    for (let seconds = 0; seconds < 150; seconds += 5) {
      await site.clock.pass(5_000)
      this.#check()
    }
    for (const [index, { client }] of this.#people.entries()) {
      const { save, state, doc } = client
      if (save.name !== 'saved') site.fault(`person ${index} is ${save.name} at the end`)
      if (state.name !== 'live') site.fault(`person ${index} is ${state.name} at the end`)
      if (!isSame(doc, site.disk.content)) site.fault(`person ${index} sees something else`)
    }
    if (!(await site.disk.isSound(ID))) site.fault('what is stored is not what was written')
  }

  /** Whoever is told `saved` has everything on disk, and so is everything somebody sees that others made. */
  #check(): void {
    const { disk } = this.#site
    const there = clocksOf(disk.content)
    for (const [index, { client }] of this.#people.entries()) {
      if (client.save.name === 'saved' && !disk.holds(client.doc))
        this.#site.fault(`person ${index} was told saved`)
      for (const [author, clock] of clocksOf(client.doc)) {
        if (author === client.doc.clientID || clock <= (there.get(author) ?? 0)) continue
        const has = there.get(author)
        this.#site.fault(`person ${index} sees ${clock} of ${author}, the disk has ${has}`)
      }
    }
  }

  #client(): Client {
    const { clock, random, disk } = this.#site
    const doc = new Y.Doc()
    this.#clients += 1
    doc.clientID = this.#clients
    doc.on('update', (_, __, ___, { local }) => {
      if (local) this.#updates += 1
    })
    const client: Client = new Client({
      url: `ws://kolam.test/sync/${ID}`,
      doc,
      clock,
      random,
      openSocket: (_, protocols) => this.#site.connect(protocols).socket,
    })
    client.on('save', ({ name }) => {
      if (name !== 'saved') return
      this.#saved += 1
      if (!disk.holds(doc)) this.#site.fault('somebody was told saved at once')
    })
    client.connect()
    return client
  }

  #edit({ client }: Person): void {
    editSomething(client.doc, this.#site.random)
  }

  #away(client: Client): void {
    const { clock, random } = this.#site
    client.wentOffline()
    clock.after(random() * 6_000, () => client.wentOnline())
  }

  /** What was not saved goes with the page; what was saved may not. */
  #reload(person: Person): void {
    if (person.client.save.name !== 'saved') return
    person.client.destroy()
    person.client.doc.destroy()
    person.client = this.#client()
  }
}
