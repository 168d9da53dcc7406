/**
 * A client's half of presence as y-protocols and y-websocket do it, without their timers: it takes over whatever is
 * newer, also about itself, but never that it is gone; and it repeats to its socket and its tabs all that it hears.
 */
import { presence, presenceOf } from './toy-edits.ts'
import { toyUpdate } from './toy-documents.ts'
import type { Connection, World } from './world.ts'

type Entry = readonly [id: number, clock: number, state: unknown]

/** Somebody with one client id, through however many connections. */
export class AwarenessClient {
  readonly id: number
  /** What it knows of everybody, itself included. */
  readonly states = new Map<number, unknown>()
  /** Everything new it heard of others, in order. */
  readonly heard: (readonly [id: number, state: unknown])[] = []
  /** Other tabs of its browser, which hear it without the relay. */
  readonly tabs: AwarenessClient[] = []
  readonly #clocks = new Map<number, number>()
  #peer: Connection | null = null

  constructor(id: number, state: unknown = `I am ${id}`) {
    this.id = id
    this.states.set(id, state)
    this.#clocks.set(id, 1)
  }

  /** The present connection. */
  get peer(): Connection {
    if (!this.#peer) throw new Error(`${this.id} has no connection`)
    return this.#peer
  }

  get isConnected(): boolean {
    return this.#peer !== null
  }

  get clock(): number {
    return this.#clocks.get(this.id) ?? 0
  }

  /** Connects and says what a client says then; its clock is the one it had. */
  connect(world: World): this {
    this.#peer = world.connect()
    this.peer.say({ type: 'step1', stateVector: new Uint8Array([0]) })
    if (this.states.has(this.id)) this.#tell([this.id])
    this.peer.say({ type: 'step2', update: toyUpdate({ structs: [] }) })
    return this
  }

  /** Has no connection any more, of which the relay need not know. Takes everybody else for gone, and tells its tabs. */
  vanish(): Connection {
    const { peer } = this
    this.#peer = null
    const others = [...this.states.keys()].filter((id) => id !== this.id)
    for (const id of others) this.states.delete(id)
    this.#tell(others)
    return peer
  }

  /** Ends without a word to anybody. */
  crash(): Connection {
    for (const { tabs } of this.tabs.splice(0)) tabs.splice(tabs.indexOf(this), 1)
    return this.vanish()
  }

  /** Says something new about itself; null is that it is gone. `steps` are clocks nobody hears of. */
  say(state: unknown, steps = 1): void {
    this.#clocks.set(this.id, this.clock + steps)
    this.#set(this.id, state)
    this.#tell([this.id])
  }

  /** Takes in what came; returns how often it had to say that it is still there. */
  read(): number {
    if (!this.#peer) return 0
    const entries = presenceOf(this.peer).flat()
    this.peer.clear()
    this.peer.pong()
    return this.hear(entries)
  }

  /** Takes in entries, from wherever. */
  hear(entries: readonly Entry[]): number {
    const news = entries.filter((entry) => this.#take(entry)).map(([id]) => id)
    if (news.length > 0) this.#tell([...new Set(news)])
    return news.filter((id) => id === this.id).length
  }

  #take([id, clock, state]: Entry): boolean {
    const known = this.#clocks.get(id) ?? 0
    if (clock < known || (clock === known && !(state === null && this.states.has(id)))) return false
    const isDenied = id === this.id && state === null && this.states.has(id)
    this.#clocks.set(id, isDenied ? clock + 1 : clock)
    if (!isDenied) this.#set(id, state)
    if (id !== this.id) this.heard.push([id, state])
    return true
  }

  #set(id: number, state: unknown): void {
    if (state === null) this.states.delete(id)
    else this.states.set(id, state)
  }

  #tell(ids: readonly number[]): void {
    const entries = ids.map((id): Entry => {
      return [id, this.#clocks.get(id) ?? 0, this.states.get(id) ?? null]
    })
    this.#peer?.say(presence(...entries))
    for (const tab of this.tabs) tab.hear(entries)
  }
}

/** Lets time pass while everybody answers at once. */
export async function passWith(
  world: World,
  clients: readonly AwarenessClient[],
  ms: number,
): Promise<void> {
  const stepMs = Math.min(ms, 5)
  for (let passed = 0; passed < ms; passed += stepMs) {
    await world.pass(stepMs, stepMs)
    for (const client of clients) client.read()
  }
}
