/** One run: people work, things break, and at every checkpoint all must be right. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, seededRandom } from '@kolam/base'
import { between, pick, pickWeighted } from './chance.ts'
import { audit, checkpoint } from './checkpoint.ts'
import { Crowd } from './crowd.ts'
import { type Change, EDITS, erase, paste } from './edits.ts'
import { untilNone } from './faults.ts'
import type { Guest } from './guest.ts'
import type { Journal } from './journal.ts'
import { Later } from './later.ts'
import type { Plan, PlannedRestart } from './plan.ts'
import { type CheckpointRecord, Records } from './records.ts'
import type { SoakServer } from './soak-server.ts'
import { fallBehind, type Mending, TROUBLES } from './troubles.ts'

/** What a run stands on. */
export interface RunPorts {
  readonly plan: Plan
  readonly server: SoakServer
  readonly journal: Journal
  /** Called after every checkpoint. */
  passed(record: CheckpointRecord): void
  /** Ends the run. */
  readonly signal: AbortSignal | undefined
}

/** How often what happens in a turn. */
const TURNS = [
  { weight: 72, turn: 'edit' },
  { weight: 22, turn: 'presence' },
  { weight: 2.5, turn: 'trouble' },
  { weight: 1, turn: 'leave' },
  { weight: 0.5, turn: 'crash' },
  { weight: 5, turn: 'sit' },
] as const

/** How many edits come at once from somebody in a hurry. */
const HASTE = 10

/** So many pastes are more than the network on the way to somebody takes; so fast, each is a delivery of its own. */
const FLOOD = 60
const FLOOD_STEP_SECONDS = 0.08

const FAREWELL_MS = 15_000
/** A room is unloaded 30 s after the last one left. */
const UNLOAD_MS = 60_000

export class Run {
  readonly #ports: RunPorts
  readonly #random: Random
  readonly #crowd: Crowd
  readonly #later = new Later()
  readonly #restarts: PlannedRestart[]
  readonly records: Records
  #restarting: Promise<void> | null = null
  #failure: unknown = null
  #names = 0

  constructor(ports: RunPorts) {
    const { plan, server } = ports
    this.#ports = ports
    this.#random = seededRandom(plan.seed)
    this.#restarts = [...plan.restarts]
    this.#crowd = new Crowd({ ...plan, random: this.#random, proxy: server.proxy })
    this.records = new Records(server)
  }

  /** Resolves when the time is over and all was right; rejects with what was not. */
  async whole(): Promise<void> {
    const { plan, journal } = this.#ports
    for (let seat = 0; seat < plan.seats; seat++) this.#sit()
    while (journal.seconds < plan.seconds) {
      await this.#work(Math.min(plan.seconds, journal.seconds + plan.checkpointSeconds))
      await this.#pass()
      this.#crowd.rotate(journal.seconds)
    }
    await this.#farewell()
  }

  /** Takes everybody away, whatever state they are in. */
  dispose(): void {
    for (const guest of this.#crowd.guests) this.#crowd.go(guest, 'crash')
  }

  async #work(until: number): Promise<void> {
    const { plan, journal, signal } = this.#ports
    this.#later.at(between(this.#random, journal.seconds, until), () => this.#flood())
    while (journal.seconds < until) {
      signal?.throwIfAborted()
      if (this.#failure) throw this.#failure
      this.#later.runDue(journal.seconds)
      this.#restartWhenDue()
      this.#turn()
      // As people come: without a beat, and seldom two at once.
      await sleep((-Math.log(1 - this.#random()) * 1_000) / plan.actionsPerSecond)
    }
    await this.#restarting
    if (this.#failure) throw this.#failure
  }

  #turn(): void {
    const { turn } = pickWeighted(this.#random, TURNS)
    if (turn === 'sit') return this.#sit()
    const guest = this.#crowd.anybody()
    if (!guest) return
    switch (turn) {
      case 'edit':
        return this.#edit(guest)
      case 'presence':
        return guest.person.say('cursor', { x: this.#random(), y: this.#random() })
      case 'trouble':
        return this.#trouble(guest)
      case 'leave':
      case 'crash':
        this.#note(turn, guest)
        this.#crowd.go(guest, turn === 'leave' ? 'destroy' : 'crash')
    }
  }

  #sit(): void {
    const guest = this.#crowd.sit()
    if (guest) this.#note('sit', guest)
  }

  #edit(guest: Guest): void {
    const edit = pickWeighted(this.#random, EDITS)
    this.#ports.journal.edit(edit.name, guest.name)
    const times = this.#random() < edit.haste ? HASTE : 1
    for (let time = 0; time < times; time++) this.#editOnce(guest, edit.run)
  }

  #editOnce(guest: Guest, change: Change): void {
    guest.edit((doc) => change(doc, { random: this.#random, newName: () => this.#newName() }))
  }

  /** Somebody brings a lot in little time, and takes it away again, while somebody else on the board reads nothing. */
  #flood(): void {
    const author = this.#crowd.anybody()
    const others = author ? this.#crowd.on(author.board).filter((guest) => guest !== author) : []
    const reader = pick(this.#random, others)
    if (!author || !reader) return
    this.#note('flood', author)
    this.#mendLater(fallBehind(reader))
    const changes = [
      ...Array.from({ length: FLOOD }, () => paste),
      ...Array.from({ length: FLOOD }, () => erase),
    ]
    for (const [index, change] of changes.entries()) {
      const at = this.#ports.journal.seconds + Math.min(index, FLOOD) * FLOOD_STEP_SECONDS
      this.#later.at(at, () => this.#editOnce(author, change))
    }
  }

  #trouble(guest: Guest): void {
    const trouble = pickWeighted(this.#random, TROUBLES)
    this.#note(trouble.name, guest)
    const mending = trouble.run(guest, this.#random)
    if (mending) this.#mendLater(mending)
  }

  #mendLater({ seconds, mend }: Mending): void {
    this.#later.at(this.#ports.journal.seconds + seconds, mend)
  }

  #restartWhenDue(): void {
    const [next] = this.#restarts
    if (!next || this.#restarting || this.#ports.journal.seconds < next.at) return
    this.#restarts.shift()
    this.#restarting = this.#restart(next)
      .catch((error: unknown) => (this.#failure = error))
      .then(() => {
        this.#restarting = null
      })
  }

  async #restart({ ending }: PlannedRestart): Promise<void> {
    const { server, journal } = this.#ports
    this.#note(ending)
    await server.restart(ending, async () => {
      const rested = pick(this.#random, this.#crowd.resting)
      this.#settle()
      await audit(server, rested ? [...this.#crowd.active, rested] : this.#crowd.active)
      if (rested) this.#crowd.touched(rested, journal.seconds)
    })
  }

  /** What the relay told anybody is on disk, to whomever it belongs. */
  #settle(): void {
    for (const board of this.#crowd.active) {
      const isTold = board.ledger.reader()
      for (const guest of this.#crowd.on(board)) guest.settle(isTold)
    }
  }

  async #pass(): Promise<void> {
    const { server, journal } = this.#ports
    this.#later.runDue()
    for (const guest of this.#crowd.guests) guest.connect()
    const begun = journal.seconds
    const waits = await checkpoint({ server, crowd: this.#crowd, now: begun })
    const settledIn = journal.seconds - begun
    const record = await this.records.add({ seconds: begun, settledIn, waits })
    this.#note('checkpoint')
    this.#ports.passed(record)
  }

  /** Everybody goes, the server ends politely, and the next one has everything. */
  async #farewell(): Promise<void> {
    const { plan, server } = this.#ports
    for (const guest of this.#crowd.guests) this.#crowd.go(guest, 'destroy')
    await untilNone('everybody is gone', FAREWELL_MS, async () => {
      const { connections } = await server.metrics()
      return connections === 0 ? [] : [`${connections} connections of nobody`]
    })
    if (plan.seesUnloading) {
      await untilNone('every room is unloaded', UNLOAD_MS, async () => {
        const { rooms } = await server.metrics()
        return rooms === 0 ? [] : [`${rooms} rooms of nobody`]
      })
    }
    await server.restart('SIGTERM', () =>
      audit(server, [...this.#crowd.active, ...this.#crowd.resting]),
    )
  }

  #newName(): string {
    this.#names += 1
    return `n${this.#names}`
  }

  #note(what: string, guest?: Guest): void {
    this.#ports.journal.event(what, guest?.name)
  }
}
