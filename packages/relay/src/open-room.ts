/**
 * What a room does once its document is loaded: greets, answers, and brings everybody what is on disk, in one write
 * for each peer. Knows nothing of loading, unloading and of what waits for the disk.
 */
import type { Clock } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import { encodeMessage } from '@kolam/protocol'
import type { CommitEntry } from './commit-loop.ts'
import { Delivery, type PrivateAnswer } from './delivery.ts'
import { Describer } from './describer.ts'
import type { DocumentFunctions, UpdateInfo } from './documents.ts'
import { closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'
import type { RoomDocument } from './room-document.ts'
import { RoomPresence } from './room-presence.ts'
import type { RoomSession } from './session.ts'

/** What takes its turn in a room: an update to store, or an answer that waits for the updates before it. */
export interface RoomEntry extends CommitEntry {
  readonly session: RoomSession | null
  readonly change: { readonly update: Uint8Array; readonly info: UpdateInfo } | null
  readonly answer: Uint8Array | null
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
  readonly id: string
  /** Everybody in the room; the room keeps it. */
  readonly sessions: ReadonlySet<RoomSession>
  /** Whether a commit of this room comes back soon. */
  expectsCommit(): boolean
  /** The message that tells Kolam clients that the store fails, while it does. */
  health(): Uint8Array | null
  delivered(count: number): void
  /** Runs what must not throw into a timer. */
  guard(run: () => void): void
}

const NONE: readonly PrivateAnswer[] = []

/** A room whose document is there. */
export class OpenRoom {
  readonly document: RoomDocument
  readonly presence: RoomPresence
  readonly describer: Describer
  readonly #ports: OpenRoomPorts
  /** For each session whose step2 is being made: the step1s that came since. */
  readonly #asking = new Map<RoomSession, Uint8Array[]>()

  constructor(document: RoomDocument, ports: OpenRoomPorts) {
    this.document = document
    this.#ports = ports
    this.presence = new RoomPresence({
      ...ports,
      expectsFlush: () => ports.expectsCommit(),
      flush: () => ports.guard(() => this.#deliver([])),
    })
    this.describer = new Describer(ports.id, { ...ports, read: () => document.read() })
    // A process that was killed may have stored updates and not what they changed in the list.
    if (document.hasLog) this.describer.changed()
  }

  /** Says hello: what is on disk, who is there, and how the store does. */
  greet(session: RoomSession): void {
    const health = session.who.kolam ? this.#ports.health() : null
    session.open([
      encodeMessage({ type: 'step1', stateVector: this.document.stateVector }),
      ...(this.presence.isEmpty ? [] : [this.presence.whole()]),
      ...(health ? [health] : []),
    ])
  }

  leave(session: RoomSession): void {
    this.#asking.delete(session)
    this.presence.leave(session)
  }

  /** Answers each step1 with a step2, one after the other. */
  answer(session: RoomSession, stateVector: Uint8Array): void {
    const waiting = this.#asking.get(session)
    if (!waiting) {
      this.#asking.set(session, [])
      session.outbox.hold()
      void this.#answer(session, stateVector)
    } else if (waiting.length < this.#ports.limits.waitingQuestionsMax) waiting.push(stateVector)
    else session.end(closings.waitingTooMuch())
  }

  /** These are on disk: takes them in and brings them to everybody. */
  committed(entries: readonly RoomEntry[]): void {
    let hasChanged = false
    for (const { change } of entries) {
      if (!change) continue
      this.document.add(change.update, change.info)
      hasChanged = true
    }
    this.#deliver(entries)
    if (!hasChanged) return
    this.describer.changed()
    if (this.document.wantsCompaction) void this.compact()
  }

  /** Writes a snapshot. What goes wrong is logged and harms nothing. */
  async compact(): Promise<void> {
    try {
      await this.document.compact()
    } catch (error) {
      const { log, id } = this.#ports
      log.error('compaction failed', { document: id, error: errorText(error) })
    }
  }

  /** Stops every timer. */
  dispose(): void {
    this.presence.dispose()
    this.describer.dispose()
  }

  async #answer(session: RoomSession, stateVector: Uint8Array): Promise<void> {
    try {
      const answer = await this.document.answer(stateVector)
      const waiting = this.#asking.get(session)
      if (!waiting) return // it left meanwhile
      const next = waiting.shift()
      session.outbox.answer(answer)
      if (!next) return void this.#asking.delete(session)
      session.outbox.hold()
      await this.#answer(session, next)
    } catch (error) {
      const { log, id } = this.#ports
      log.error('cannot answer', { document: id, error: errorText(error) })
      session.end(closings.cannotAnswer())
    }
  }

  /** One write for each peer: the updates, its own answers among them, and presence last. */
  #deliver(entries: readonly RoomEntry[]): void {
    const { sessions } = this.#ports
    const updates = entries.flatMap(({ change }) =>
      change ? [encodeMessage({ type: 'update', update: change.update })] : [],
    )
    const delivery = new Delivery(updates, this.presence.take())
    const answers = answersOf(entries)
    for (const session of sessions) session.outbox.deliver(delivery, answers.get(session) ?? NONE)
    this.#ports.delivered(updates.length * sessions.size)
  }
}

function answersOf(entries: readonly RoomEntry[]): Map<RoomSession, PrivateAnswer[]> {
  const answers = new Map<RoomSession, PrivateAnswer[]>()
  let before = 0
  for (const { session, change, answer } of entries) {
    if (change) before += 1
    if (!session || !answer) continue
    const own = answers.get(session)
    if (own) own.push({ before, message: answer })
    else answers.set(session, [{ before, message: answer }])
  }
  return answers
}
