/**
 * A room: one document and the sessions that follow it, from loading to unloading. Serves nobody before the document
 * is loaded, shows nobody what is not on disk. Knows no socket; time, disk and all inside an update are its ports.
 */
import type { Clock, Disposer } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import type { RawAwarenessEntry } from '@kolam/protocol'
import type { CommitLoop, CommitTarget } from './commit-loop.ts'
import type { Overlap } from './coverage.ts'
import {
  type DocumentFunctions,
  isNothing,
  type SiftedUpdate,
  type UpdateInfo,
} from './documents.ts'
import { type Closing, closingOf, closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'
import type { Meter } from './meter.ts'
import type { Counts } from './counts.ts'
import type { HookRunner } from './hooks.ts'
import { OpenRoom, type RoomEntry } from './open-room.ts'
import type { PresenceRules } from './presence-rules.ts'
import { RoomDocument } from './room-document.ts'
import { RoomQueue } from './room-queue.ts'
import type { RoomSession, SessionRoom } from './session.ts'

/** What a room stands on. */
export interface RoomPorts {
  readonly store: Store
  readonly documents: DocumentFunctions
  readonly clock: Clock
  readonly limits: Limits
  readonly log: Log
  readonly commits: CommitLoop<RoomEntry>
  readonly counts: Counts
  readonly meter: Meter
  readonly rules: PresenceRules
  readonly hooks: HookRunner
  /** Why the store fails; null where it works. */
  failure(): string | null
  /** A session of a room is gone. */
  left(session: RoomSession): void
  /** The room is over; nothing of it is needed any more. */
  ended(room: Room): void
}

/** A room is loading, then open, then ended; it never comes back from the end. */
type State =
  | { readonly name: 'loading' }
  | { readonly name: 'open'; readonly inside: OpenRoom }
  | { readonly name: 'ended' }

/** One document in use. */
export class Room implements SessionRoom, CommitTarget<RoomEntry> {
  readonly id: string
  readonly #ports: RoomPorts
  readonly #sessions = new Set<RoomSession>()
  readonly #queue: RoomQueue
  #state: State = { name: 'loading' }
  #loading: Promise<void> | null = null
  #users = 0
  #cancelUnload: Disposer = () => {}

  constructor(id: string, ports: RoomPorts) {
    const { commits, clock } = ports
    this.id = id
    this.#ports = ports
    this.#queue = new RoomQueue({
      room: this,
      commits,
      clock,
      holdings: () => this.#inside.holdings,
    })
  }

  get sessions(): ReadonlySet<RoomSession> {
    return this.#sessions
  }

  /** How many sessions wait for the document to be loaded. */
  get waitingJoins(): number {
    return this.#state.name === 'loading' ? this.#sessions.size : 0
  }

  /** Resolves when the document is there; rejects where it cannot be loaded, which ends the room. */
  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  /** Lets a session in; it is greeted when the document is there. */
  join(session: RoomSession): void {
    this.#sessions.add(session)
    this.#cancelUnload()
    if (this.#state.name === 'open') this.#state.inside.greet(session)
  }

  leave(session: RoomSession): void {
    if (!this.#sessions.delete(session)) return
    this.#ports.left(session)
    if (this.#state.name !== 'open') return
    const { inside } = this.#state
    inside.leave(session)
    // Whoever left last looks at the list next.
    if (this.#sessions.size === 0) void inside.describer.flush()
    this.#unloadSoon()
  }

  /** Keeps the room in memory while `work` runs. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1
    this.#cancelUnload()
    try {
      return await work()
    } finally {
      this.#users -= 1
      this.#unloadSoon()
    }
  }

  /** An embedder's edit; resolves when it is on disk. Rejects where it says otherwise than the document. */
  async apply(
    update: Uint8Array,
    { info, author }: { info: UpdateInfo; author: string },
  ): Promise<void> {
    if (this.isDamaged) throw new Error('The document is damaged on disk')
    if (this.overlap(info) === 'none') return this.#queue.store({ update, info }, author)
    const storing = await this.sift(update, info, (found) => {
      if (found.contradicts) throw new Error(closings.taken().reason)
      if (isNothing(found.news)) return { stored: Promise.resolve() }
      // In an object: a promise would be waited for here.
      return { stored: this.#queue.store({ update: found.news, info: found.info }, author) }
    })
    if (!storing) throw new Error(closings.cannotStore().reason)
    await storing.stored
  }

  /** All of the document as one update. */
  async read(): Promise<Uint8Array> {
    await this.load()
    return this.#inside.document.read()
  }

  take(session: RoomSession, update: Uint8Array, info: UpdateInfo): boolean {
    return this.#queue.take(session, { update, info }, this.#authorOf(session))
  }

  takeNews(session: RoomSession, found: SiftedUpdate, answer: Uint8Array | null): boolean {
    const { news: update, info } = found
    if (!this.#queue.takeNews({ update, info }, this.#authorOf(session))) return false
    // These bytes are not the ones it sent: no echo it would know.
    if (answer) this.#queue.answer(session, answer)
    return true
  }

  async sift<T>(
    update: Uint8Array,
    info: UpdateInfo,
    use: (found: SiftedUpdate) => T,
  ): Promise<T | null> {
    for (let tries = 0; tries < this.#ports.limits.siftTriesMax; tries++) {
      if (this.#inside.holdings.isUnderWay(info.structs)) await this.#queue.turn()
      const sifted = await this.#inside.document.sift(update)
      const found = { ...sifted, info: await this.#ports.documents.inspect(sifted.news) }
      if (this.#state.name !== 'open') return null
      if (this.overlap(found.info) === 'none') return use(found)
    }
    return null
  }

  reply(session: RoomSession, message: Uint8Array): void {
    if (this.#queue.holdsOf(session)) this.#queue.answer(session, message)
    else session.outbox.reply(message, this.#inside.document.position)
  }

  answer(session: RoomSession, stateVector: Uint8Array): void {
    this.#inside.answer(session, stateVector)
  }

  catchUp(session: RoomSession): void {
    if (this.#state.name === 'open') this.#state.inside.catchUp(session)
  }

  holdBack(session: RoomSession): void {
    this.#inside.holdBack(session)
  }

  greet(session: RoomSession): void {
    if (this.#state.name === 'open') this.#state.inside.greet(session)
  }

  get isDamaged(): boolean {
    return this.#inside.document.damage.length > 0
  }

  hasSpaceFor(bytes: number, info: UpdateInfo): boolean {
    const { documentBytesMax, documentAuthorsMax } = this.#ports.limits
    const { document, holdings } = this.#inside
    const isSmall = document.byteLength + bytes <= documentBytesMax
    return isSmall && holdings.hasAuthorsBelow(documentAuthorsMax, info)
  }

  overlap(info: UpdateInfo): Overlap {
    return this.#inside.holdings.overlap(info)
  }

  isTooEarly(info: UpdateInfo): boolean {
    return this.#inside.holdings.isTooEarly(info)
  }

  addsNothing(update: Uint8Array): Promise<boolean> {
    return this.#inside.document.addsNothing(update)
  }

  receivePresence(session: RoomSession, entries: readonly RawAwarenessEntry[]): void {
    this.#inside.presence.receive(session, entries)
  }

  sendPresence(session: RoomSession): void {
    session.outbox.sendWholePresence(this.#inside.presence.whole())
  }

  committed(entries: readonly RoomEntry[]): void {
    this.#queue.committed(entries)
    this.#count(entries)
    if (this.#state.name === 'open') {
      this.#state.inside.committed(entries)
      if (!this.#ports.commits.holds(this)) this.#state.inside.holdings.settled()
    }
    this.#unloadSoon()
  }

  refused(entries: readonly RoomEntry[], error: unknown): void {
    this.#queue.refused(entries, error)
    this.end(closingOf(error, closings.cannotStore()))
  }

  /** Tells each connection that speaks `kolam.1` how its document does on disk. */
  tellHealth(): void {
    if (this.#state.name !== 'open') return
    const message = this.#state.inside.health()
    this.tellKolam(() => message)
  }

  /** Sends each connection that speaks `kolam.1` a message. */
  tellKolam(message: () => Uint8Array): void {
    for (const session of this.#sessions) {
      if (session.who.kolam) session.outbox.sendNews(message())
    }
  }

  /** Writes down what the list of documents shows, if that changed. Never rejects. */
  async describe(): Promise<void> {
    if (this.#state.name === 'open') await this.#state.inside.describer.flush()
  }

  /** Looks after silent sessions, and lets go of what only helped for a moment. */
  tick(now: number): void {
    this.#guard(() => {
      for (const session of this.#sessions) session.tick(now)
      if (this.#state.name === 'open') this.#state.inside.document.forgetAnswers()
    })
  }

  /** Closes everybody and forgets the document. What waits for the disk still gets there. */
  end(closing: Closing): void {
    if (this.#state.name === 'ended') return
    const state = this.#state
    this.#state = { name: 'ended' }
    this.#cancelUnload()
    for (const session of this.#sessions) session.end(closing)
    this.#ports.ended(this)
    if (state.name !== 'open') return
    state.inside.dispose()
    this.#ports.hooks.run('unloaded', this.id)
  }

  async #load(): Promise<void> {
    try {
      // A room that broke may have left updates on their way to the disk: read before them, this one would not know them.
      await this.#ports.commits.settled(this.id)
      const document = await RoomDocument.open(this.id, this.#ports)
      if (this.#state.name === 'ended') throw new Error('The room ended while it was loading')
      if (document.damage.length > 0) this.#reportDamage(document.damage)
      this.#state = { name: 'open', inside: this.#openWith(document) }
    } catch (error) {
      this.#ports.log.error('document did not load', { document: this.id, error: errorText(error) })
      this.end(closingOf(error, closings.cannotLoad()))
      throw error
    }
    this.#ports.hooks.run('loaded', this.id)
    for (const session of this.#sessions) this.#inside.greet(session)
    this.#unloadSoon()
  }

  #reportDamage(damage: readonly string[]): void {
    this.#ports.counts.damagedOpens += 1
    this.#ports.log.error('document is damaged', { document: this.id, damage })
  }

  #openWith(document: RoomDocument): OpenRoom {
    return new OpenRoom(document, {
      ...this.#ports,
      id: this.id,
      sessions: this.#sessions,
      expectsCommit: () => this.#ports.commits.expects(this),
      paceMs: () => this.#ports.commits.paceMs,
      wrote: (connections) => this.#ports.commits.wrote(connections),
      guard: (run) => this.#guard(run),
    })
  }

  get #inside(): OpenRoom {
    if (this.#state.name === 'open') return this.#state.inside
    throw new Error(`Cannot use room "${this.id}": it is ${this.#state.name}`)
  }

  #count(entries: readonly RoomEntry[]): void {
    const { counts, hooks } = this.#ports
    const updates = entries.flatMap(({ change }) => (change ? [change.update] : []))
    if (updates.length === 0) return
    counts.updates += updates.length
    for (const update of updates) counts.updateBytes += update.length
    hooks.run('committed', this.id, updates)
  }

  /** Where nobody has to say who they are, what they call themselves; it is a claim and nothing is allowed for it. */
  #authorOf(session: RoomSession): string {
    return session.who.person || this.#inside.presence.nameOf(session)
  }

  /** Our own mistakes cost one room, not the relay. */
  #guard(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#ports.log.error('room failed', { document: this.id, error: errorText(error) })
      this.end(closings.ourFault())
    }
  }

  get #isUsed(): boolean {
    return this.#sessions.size > 0 || this.#users > 0 || this.#ports.commits.holds(this)
  }

  #unloadSoon(): void {
    if (this.#state.name !== 'open' || this.#isUsed) return
    this.#cancelUnload()
    this.#cancelUnload = this.#ports.clock.after(this.#ports.limits.unloadMs, () => {
      void this.#unload()
    })
  }

  /** Compacts, and ends the room unless somebody came meanwhile. */
  async #unload(): Promise<void> {
    if (this.#state.name !== 'open' || this.#isUsed) return
    const { inside } = this.#state
    if (inside.document.wantsCompactionOnUnload) await inside.compact()
    await inside.describer.flush()
    if (!this.#isUsed) this.end(closings.restart())
  }
}
