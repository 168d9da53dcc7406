/** All rooms and people of a scenario, and how they come together. */
import { RUN } from '../config.ts'
import type { Target } from '../harness/figures.ts'
import { Person } from './person.ts'
import { Room } from './room.ts'
import { Wire } from './wire.ts'
import { Writer } from './writer.ts'

/** How many rooms, how many in each, and what the writers among them will send. */
export interface WorldPlan {
  readonly rooms: number
  readonly people: number
  readonly writers: number
  readonly moves: number
  readonly cursors: number
  readonly moveBytes: number
}

/** Somebody who writes, and the connection they write to. */
export interface Pen {
  readonly writer: Writer
  readonly person: Person
}

/** The world of a scenario. */
export class World {
  readonly rooms: readonly Room[]
  readonly people: readonly Person[]
  /** Neighbours in this list are in different rooms. */
  readonly pens: readonly Pen[]

  constructor(plan: WorldPlan, target: Target) {
    const rooms = Array.from({ length: plan.rooms }, (_, index) => furnish(plan, index, target))
    this.rooms = rooms.map(({ room }) => room)
    this.people = rooms.flatMap(({ people }) => people)
    this.pens = Array.from({ length: plan.writers }, (_, seat) =>
      rooms.map(({ room, people }) => ({ writer: room.writers[seat]!, person: people[seat]! })),
    ).flat()
  }

  /** Everybody connects, some at a time; then every writer brings a shape. */
  async gather(): Promise<void> {
    const waiting = [...this.people]
    const lane = async (): Promise<void> => {
      for (let person = waiting.shift(); person; person = waiting.shift()) await person.join()
    }
    const lanes = Promise.all(Array.from({ length: RUN.connectAtOnce }, lane))
    await within(lanes, RUN.connectLimitMs, 'Not everybody could join in time')
    for (const { writer, person } of this.pens) person.write(writer.giveBirth())
  }

  /** Begins a new measurement: forgets what was decoded and how long it took. */
  reset(): void {
    for (const { updates, presence } of this.rooms) {
      updates.clear()
      presence.clear()
    }
    for (const person of this.people) person.rewind()
  }

  leave(): void {
    for (const person of this.people) person.leave()
  }
}

function furnish(plan: WorldPlan, index: number, target: Target): { room: Room; people: Person[] } {
  const name = `room-${index}`
  const wire = new Wire(target.wire, name)
  const clients = Array.from({ length: plan.people }, (_, seat) =>
    clientId(index * plan.people + seat),
  )
  const writers = clients
    .slice(0, plan.writers)
    .map((client) => new Writer({ ...plan, client, name: `Person ${client % 1000}`, wire }))
  const room = new Room(name, wire, writers)
  return { room, people: clients.map((client) => new Person(room, client, target)) }
}

/** Ids as large as Yjs draws them, and the same in every run. */
function clientId(index: number): number {
  return (Math.imul(index + 1, 2_654_435_761) >>> 0) + 1
}

/** Rejects when it takes too long. */
async function within<T>(work: Promise<T>, limitMs: number, words: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(words)), limitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
