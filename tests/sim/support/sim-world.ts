/** One random world: people who edit, a server and its disk, and somebody who pulls plugs. The seed is all there is to it. */
import { type Random, seededRandom } from '@kolam/base'
import { Client } from '@kolam/client'
import * as Y from 'yjs'
import { SimClock } from './sim-clock.ts'
import { SimDisk } from './sim-disk.ts'
import { SimLine } from './sim-line.ts'
import { SimServer } from './sim-server.ts'

const ID = 'board'
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
  readonly #clock = new SimClock(1_000_000)
  readonly #random: Random
  readonly #disk: SimDisk
  readonly #server: SimServer
  readonly #lines = new Set<SimLine>()
  readonly #people: Person[]
  readonly #faults: string[] = []
  #clients = 0
  #saved = 0
  #deaths = 0
  #updates = 0

  constructor(seed: number) {
    const random = seededRandom(seed)
    this.#random = random
    this.#disk = new SimDisk(this.#clock, random)
    this.#server = new SimServer({ clock: this.#clock, random, disk: this.#disk, id: ID })
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
    return {
      faults: this.#faults,
      saved: this.#saved,
      deaths: this.#deaths,
      updates: this.#updates,
    }
  }

  async #step(): Promise<void> {
    const dice = this.#random()
    const person = this.#people[this.#below(PEOPLE)]!
    if (dice < 0.6) this.#edit(person.client.doc)
    else if (dice < 0.66) this.#anyLine()?.cut()
    else if (dice < 0.69) this.#anyLine()?.swallow()
    else if (dice < 0.72) this.#kill()
    else if (dice < 0.73) this.#restart()
    else if (dice < 0.75) this.#fill()
    else if (dice < 0.79) this.#away(person.client)
    else if (dice < 0.81) person.client.probe()
    else if (dice < 0.84) this.#reload(person)
    else for (let edits = 1 + this.#below(20); edits > 0; edits--) this.#edit(person.client.doc)
    await this.#clock.pass(this.#random() ** 3 * 600)
  }

  /** Everything is mended, and everybody has time to find that out. */
  async #rest(): Promise<void> {
    this.#disk.isFull = false
    this.#server.start()
    for (const { client } of this.#people) client.wentOnline()
    for (let seconds = 0; seconds < 150; seconds += 5) {
      await this.#clock.pass(5_000)
      this.#check()
    }
    for (const [index, { client }] of this.#people.entries()) {
      const { save, state, doc } = client
      if (save.name !== 'saved') this.#fault(`person ${index} is ${save.name} at the end`)
      if (state.name !== 'live') this.#fault(`person ${index} is ${state.name} at the end`)
      if (!isSame(doc, this.#disk.content)) this.#fault(`person ${index} sees something else`)
    }
    if (!(await this.#disk.isSound(ID))) this.#fault('what is stored is not what was written')
  }

  /** Whoever is told `saved` has everything on disk, and so is everything somebody sees that others made. */
  #check(): void {
    const disk = Y.decodeStateVector(Y.encodeStateVector(this.#disk.content))
    for (const [index, { client }] of this.#people.entries()) {
      if (client.save.name === 'saved') this.#checkSaved(index)
      for (const [author, clock] of Y.decodeStateVector(Y.encodeStateVector(client.doc))) {
        if (author === client.doc.clientID || clock <= (disk.get(author) ?? 0)) continue
        this.#fault(`person ${index} sees ${clock} of ${author}, the disk has ${disk.get(author)}`)
      }
    }
  }

  #checkSaved(index: number): void {
    const { client } = this.#people[index]!
    if (!this.#disk.holds(client.doc)) this.#fault(`person ${index} was told saved`)
  }

  #fault(what: string): void {
    if (this.#faults.length < 20) this.#faults.push(`${what} (at ${this.#clock.now() - 1_000_000})`)
  }

  #client(): Client {
    const doc = new Y.Doc()
    this.#clients += 1
    doc.clientID = this.#clients
    doc.on('update', (_, __, ___, { local }) => {
      if (local) this.#updates += 1
    })
    const client: Client = new Client({
      url: `ws://kolam.test/sync/${ID}`,
      doc,
      clock: this.#clock,
      random: this.#random,
      openSocket: (_, protocols) => this.#open(protocols),
    })
    client.on('save', ({ name }) => {
      if (name !== 'saved') return
      this.#saved += 1
      if (!this.#disk.holds(doc)) this.#fault('somebody was told saved at once')
    })
    client.connect()
    return client
  }

  #open(protocols: readonly string[]): SimLine['socket'] {
    const ports = { clock: this.#clock, random: this.#random }
    const gone = (ended: SimLine): void => void this.#lines.delete(ended)
    const line = new SimLine(this.#server, protocols, { ...ports, gone })
    this.#lines.add(line)
    return line.socket
  }

  /** Sets, deletes what others may be deleting too, moves things in a list, writes. */
  #edit(doc: Y.Doc): void {
    const shapes = doc.getMap('shapes')
    const list = doc.getArray('list')
    const text = doc.getText('text')
    const dice = this.#random()
    if (dice < 0.3) shapes.set(`shape ${this.#below(6)}`, this.#random())
    else if (dice < 0.45) shapes.delete([...shapes.keys()][0] ?? '')
    else if (dice < 0.6) list.insert(this.#below(list.length + 1), [this.#random()])
    else if (dice < 0.7 && list.length > 0) list.delete(this.#below(list.length), 1)
    else if (dice < 0.9) text.insert(this.#below(text.length + 1), 'words ')
    else if (text.length > 4) text.delete(this.#below(text.length - 4), 4)
  }

  #kill(): void {
    if (!this.#server.isUp) return
    this.#deaths += 1
    this.#server.kill()
    for (const line of this.#lines) {
      if (this.#random() < 0.8) line.cut()
      else line.swallow()
    }
    this.#clock.after(this.#random() * 3_000, () => this.#server.start())
  }

  #restart(): void {
    if (!this.#server.isUp) return
    void this.#server.stop().then(() => {
      this.#clock.after(this.#random() * 1_000, () => this.#server.start())
    })
  }

  #fill(): void {
    this.#disk.isFull = true
    this.#clock.after(this.#random() * 4_000, () => {
      this.#disk.isFull = false
    })
  }

  #away(client: Client): void {
    client.wentOffline()
    this.#clock.after(this.#random() * 6_000, () => client.wentOnline())
  }

  /** What was not saved goes with the page; what was saved may not. */
  #reload(person: Person): void {
    if (person.client.save.name !== 'saved') return
    person.client.destroy()
    person.client.doc.destroy()
    person.client = this.#client()
  }

  #anyLine(): SimLine | undefined {
    return [...this.#lines][this.#below(this.#lines.size)]
  }

  #below(bound: number): number {
    return Math.floor(this.#random() * bound)
  }
}

function isSame(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && contentOf(a) === contentOf(b)
}

function contentOf(doc: Y.Doc): string {
  const shapes = Object.entries(doc.getMap('shapes').toJSON()).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([shapes, doc.getArray('list').toJSON(), doc.getText('text').toJSON()])
}
