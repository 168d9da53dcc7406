/**
 * What a room has handed to the commit loop and not got back: for whom each entry is, and who is told when it is on
 * disk. Judges no update; what came of it is brought to everybody by the room.
 */
import type { Clock } from '@kolam/base'
import type { CommitLoop, CommitTarget } from './commit-loop.ts'
import { closings } from './errors.ts'
import type { Holdings } from './holdings.ts'
import { errorText } from './log.ts'
import type { RoomEntry } from './open-room.ts'
import type { RoomSession } from './session.ts'

/** An update and what is in it. */
export type Change = NonNullable<RoomEntry['change']>

/** What the queue of a room stands on. */
export interface RoomQueuePorts {
  /** The room: the commit loop hands the entries back to it. */
  readonly room: CommitTarget<RoomEntry>
  readonly commits: CommitLoop<RoomEntry>
  readonly clock: Clock
  /** What the open room holds; throws where it is not open. */
  readonly holdings: () => Holdings
}

/** The way of one room to the disk. */
export class RoomQueue {
  readonly #ports: RoomQueuePorts
  /** How many document messages of a session wait for the disk. */
  readonly #waiting = new Map<RoomSession, number>()

  constructor(ports: RoomQueuePorts) {
    this.#ports = ports
  }

  /** Whether anything of a session is on its way. */
  holdsOf(session: RoomSession): boolean {
    return this.#waiting.has(session)
  }

  /** A session's own update, whose echo it waits for; false where it was not taken. */
  take(session: RoomSession, change: Change, author: string): boolean {
    const append = this.#append(change, author)
    return this.#takeOf({ session, change, answer: null, done: null, append })
  }

  /** An update nobody waits for the echo of; false where it was not taken. */
  takeNews(change: Change, author: string): boolean {
    const append = this.#append(change, author)
    return this.#take({ session: null, change, answer: null, done: null, append })
  }

  /** A message to a session behind everything taken so far; false where it was not taken. */
  answer(session: RoomSession, answer: Uint8Array): boolean {
    return this.#takeOf({ session, change: null, answer, done: null, append: null })
  }

  /** Takes an update; resolves when it is on disk. */
  store(change: Change, author: string): Promise<void> {
    return this.#stored({ change, append: this.#append(change, author) })
  }

  /** Resolves when everything taken so far is on disk. */
  turn(): Promise<void> {
    return this.#stored({ change: null, append: null })
  }

  /** These are on disk. */
  committed(entries: readonly RoomEntry[]): void {
    for (const { session, done } of entries) {
      if (session) this.#settle(session)
      done?.(null)
    }
  }

  /** These will not be. */
  refused(entries: readonly RoomEntry[], error: unknown): void {
    for (const { done } of entries) done?.(error)
  }

  #append({ update }: Change, author: string): RoomEntry['append'] {
    const { room, clock } = this.#ports
    return { document: room.id, update, at: clock.now(), author }
  }

  #stored(entry: Pick<RoomEntry, 'change' | 'append'>): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = settler(resolve, reject)
      if (this.#take({ session: null, answer: null, done, ...entry })) return
      reject(new Error(closings.cannotStore().reason))
    })
  }

  #takeOf(entry: RoomEntry & { session: RoomSession }): boolean {
    this.#waiting.set(entry.session, (this.#waiting.get(entry.session) ?? 0) + 1)
    if (this.#take(entry)) return true
    this.#settle(entry.session)
    return false
  }

  #take(entry: RoomEntry): boolean {
    const { room, commits, holdings } = this.#ports
    const held = entry.change ? holdings() : null
    if (!commits.take(room, entry)) return false
    if (entry.change) held?.took(entry.change.info)
    return true
  }

  #settle(session: RoomSession): void {
    const waiting = this.#waiting.get(session) ?? 0
    if (waiting > 1) this.#waiting.set(session, waiting - 1)
    else this.#waiting.delete(session)
  }
}

/** Told once, null or an error. */
function settler(resolve: () => void, reject: (error: Error) => void): (error: unknown) => void {
  return (error) => {
    if (error === null) resolve()
    else reject(error instanceof Error ? error : new Error(errorText(error)))
  }
}
