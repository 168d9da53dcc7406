/**
 * What a room does once its document is loaded: greets, answers, and brings everybody what is on disk, in one write
 * for each peer. Knows nothing of loading, unloading and of what waits for the disk.
 */
import type { Clock } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import { encodeMessage } from '@kolam/protocol'
import type { CommitEntry } from './commit-loop.ts'
import { CatchUps } from './catch-up.ts'
import type { Counts } from './counts.ts'
import { type Delivered, Delivery } from './delivery.ts'
import { Describer } from './describer.ts'
import type { DocumentFunctions } from './documents.ts'
import type { Limits } from './limits.ts'
import { Holdings } from './holdings.ts'
import { errorText, type Log } from './log.ts'
import type { Meter } from './meter.ts'
import type { PresenceRules } from './presence-rules.ts'
import type { RoomDocument } from './room-document.ts'
import { RoomPresence } from './room-presence.ts'
import type { RoomSession } from './session.ts'

/** What takes its turn in a room: an update to store, or an answer that waits for the updates before it. */
export interface RoomEntry extends CommitEntry, Delivered<RoomSession> {
  /** Told once what became of it: null, or why it is not stored. */
  readonly done: ((error: unknown) => void) | null
}

/** What an open room stands on. */
export interface OpenRoomPorts {
  readonly store: Store
  readonly documents: DocumentFunctions
  readonly clock: Clock
  readonly limits: Limits
  readonly log: Log
  readonly counts: Counts
  readonly meter: Meter
  readonly rules: PresenceRules
  readonly id: string
  /** Everybody in the room; the room keeps it. */
  readonly sessions: ReadonlySet<RoomSession>
  /** Whether a commit of this room comes back soon. */
  expectsCommit(): boolean
  /** The pause between two flushes. */
  paceMs(): number
  /** A flush went to so many connections. */
  wrote(connections: number): void
  /** Why the store fails; null where it works. */
  failure(): string | null
  /** Runs what must not throw into a timer. */
  guard(run: () => void): void
}

const DAMAGED =
  'Part of this document on the server’s disk is damaged: what is sound is shown, for reading only.'

/** A room whose document is there. */
export class OpenRoom {
  readonly document: RoomDocument
  readonly holdings: Holdings
  readonly presence: RoomPresence
  readonly describer: Describer
  readonly #ports: OpenRoomPorts
  readonly #catchUps: CatchUps
  #compactedAt = Number.NEGATIVE_INFINITY

  constructor(document: RoomDocument, ports: OpenRoomPorts) {
    this.document = document
    this.holdings = new Holdings(document)
    this.#ports = ports
    this.presence = new RoomPresence({
      ...ports,
      expectsFlush: () => ports.expectsCommit(),
      flush: () => ports.guard(() => this.#deliver([], document.position)),
    })
    this.#catchUps = new CatchUps({
      ...ports,
      document,
      caughtUp: (session) => ports.guard(() => this.#caughtUp(session)),
    })
    this.describer = new Describer(ports.id, { ...ports, read: () => document.read() })
    // A process that was killed may have stored updates and not what they changed in the list.
    if (document.hasLog && document.damage.length === 0) this.describer.changed()
  }

  /** Says hello: what is on disk, who is there, and how the store does. */
  greet(session: RoomSession): void {
    session.open([
      encodeMessage({ type: 'step1', stateVector: this.document.stateVector }),
      ...this.presence.whole(),
      ...(session.who.kolam && this.#trouble !== null ? [this.health()] : []),
    ])
  }

  /** The message that tells Kolam clients how the document does on disk. */
  health(): Uint8Array {
    const reason = this.#trouble
    return encodeMessage({ type: 'health', degraded: reason !== null, reason: reason ?? '' })
  }

  /** Why nothing is stored now; damage does not pass. */
  get #trouble(): string | null {
    return this.document.damage.length > 0 ? DAMAGED : this.#ports.failure()
  }

  leave(session: RoomSession): void {
    this.#catchUps.leave(session)
    this.presence.leave(session)
  }

  /** Answers a step1 with a step2, after those that came before it. */
  answer(session: RoomSession, stateVector: Uint8Array): void {
    this.#catchUps.ask(session, stateVector)
  }

  /** Goes on with a session that waits, where it can take more. */
  catchUp(session: RoomSession): void {
    if (session.outbox.isWaiting) this.#catchUps.pump(session)
    else this.#caughtUp(session)
  }

  /** From now on this session is sent no updates; it gets what it missed when it may read again. */
  holdBack(session: RoomSession): void {
    this.#catchUps.fellBehind(session, this.document.stateVector)
  }

  /** These are on disk: takes them in and brings them to everybody. */
  committed(entries: readonly RoomEntry[]): void {
    const positionBefore = this.document.position
    for (const { change } of entries) if (change) this.document.add(change.update, change.info)
    this.#deliver(entries, positionBefore)
    if (this.document.position === positionBefore) return
    this.describer.changed()
    if (this.document.wantsCompaction) this.#compactNowAndThen()
  }

  /** Where many edit at once a log is long again soon: what is left goes with the next one, or when the room goes. */
  #compactNowAndThen(): void {
    const { clock, limits } = this.#ports
    if (clock.now() - this.#compactedAt < limits.compactPauseMs) return
    this.#compactedAt = clock.now()
    void this.compact()
  }

  /** Writes a snapshot. What goes wrong is logged and harms nothing. */
  async compact(): Promise<void> {
    const { counts, log, id } = this.#ports
    try {
      const compacted = await this.document.compact()
      counts.compactions += 1
      counts.compactedBytes += compacted.bytesBefore
      counts.snapshotBytes += compacted.bytesAfter
      log.debug('document compacted', { document: id, ...compacted })
    } catch (error) {
      counts.compactionsFailed += 1
      log.error('compaction failed', { document: id, error: errorText(error) })
    }
  }

  /** Stops every timer. */
  dispose(): void {
    this.presence.dispose()
    this.describer.dispose()
  }

  /** One write for each peer: the updates, its own answers among them, and presence last. */
  #deliver(entries: readonly RoomEntry[], positionBefore: number): void {
    const { sessions, counts, meter } = this.#ports
    const startedAt = meter.now()
    const news = this.presence.take()
    const delivery = new Delivery(entries, { presence: news?.message ?? null, positionBefore })
    // A hand that moves alone need not be told where it is: in a small room that is a good part of all writes.
    const skipped = entries.length === 0 ? (news?.sole ?? null) : null
    const behind: RoomSession[] = []
    for (const session of sessions) {
      if (session === skipped || !session.isOpen) continue
      if (!session.outbox.deliver(delivery)) behind.push(session)
    }
    this.#fellBehind(behind, entries)
    this.#ports.wrote(sessions.size)
    counts.deliveries += delivery.updates.length * sessions.size
    meter.fanOut(meter.now() - startedAt, sessions.size)
  }

  /** These were sent nothing of this flush. */
  #fellBehind(sessions: readonly RoomSession[], entries: readonly RoomEntry[]): void {
    if (sessions.length === 0) return
    const structs = entries.flatMap(({ change }) => change?.info.structs ?? [])
    const stateVector = this.document.stateVectorWithout(structs)
    for (const session of sessions) this.#catchUps.fellBehind(session, stateVector)
  }

  /** What was left out besides the document while the session could not take it. */
  #caughtUp(session: RoomSession): void {
    if (session.outbox.owesPresence) session.outbox.sendWholePresence(this.presence.wholeAndGone())
    if (session.outbox.owesProbe) this.presence.probe(session)
    if (session.outbox.owesNews) session.outbox.sendNews(this.health())
  }
}
