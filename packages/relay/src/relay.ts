/**
 * The relay: which rooms are open, who may come in, and how all of it ends. What happens inside a room is the room's.
 * One commit loop serves all rooms. Never reads a clock, a disk or a socket of its own.
 */
import { assert, type Clock, type Disposer, type Random } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import { encodeMessage, isDocumentId } from '@kolam/protocol'
import { CommitLoop } from './commit-loop.ts'
import { type DocumentFunctions, EMPTY_UPDATE, type UpdateInfo } from './documents.ts'
import { type Closing, closings, RelayError } from './errors.ts'
import type { RelayHooks } from './hooks.ts'
import { type Limits, limitsOf } from './limits.ts'
import { errorText, type Log, silentLog } from './log.ts'
import type { Peer, Session, Who } from './peer.ts'
import type { RoomEntry } from './open-room.ts'
import { Room, type RoomPorts } from './room.ts'
import { RoomSession } from './session.ts'

/** What a relay stands on. */
export interface RelayOptions {
  readonly store: Store
  readonly documents: DocumentFunctions
  readonly clock: Clock
  readonly random: Random
  readonly limits?: Partial<Limits>
  readonly log?: Log
  readonly hooks?: RelayHooks
}

/** Whether the store takes what it is given. */
export type RelayHealth =
  { readonly state: 'ok' } | { readonly state: 'degraded'; readonly reason: string }

/** Numbers for metrics; the counters only grow. */
export interface RelayStats {
  readonly rooms: number
  readonly sessions: number
  readonly queuedBytes: number
  readonly commits: number
  readonly updates: number
  /** Updates times the peers they went to. */
  readonly deliveries: number
  /** Connections turned away at the door. */
  readonly refusals: number
}

/** All rooms of one process. */
export class Relay {
  readonly #options: RelayOptions
  readonly #limits: Limits
  readonly #log: Log
  readonly #commits: CommitLoop<RoomEntry>
  readonly #roomPorts: RoomPorts
  readonly #rooms = new Map<string, Room>()
  readonly #counts = { updates: 0, deliveries: 0, refusals: 0 }
  #failure: string | null = null
  #cancelTick: Disposer | null = null
  #closing: Promise<void> | null = null

  constructor(options: RelayOptions) {
    this.#options = options
    this.#limits = limitsOf(options.limits)
    this.#log = options.log ?? silentLog
    const ports = { ...options, limits: this.#limits, log: this.#log }
    const onHealth = (reason: string | null): void => this.#setFailure(reason)
    this.#commits = new CommitLoop({ ...ports, onHealth })
    this.#roomPorts = { ...ports, commits: this.#commits, ...this.#callbacks() }
  }

  get health(): RelayHealth {
    return this.#failure === null ? { state: 'ok' } : { state: 'degraded', reason: this.#failure }
  }

  get stats(): RelayStats {
    const { commits, queuedBytes } = this.#commits
    return {
      rooms: this.#rooms.size,
      sessions: this.#sessionCount(),
      queuedBytes,
      commits,
      ...this.#counts,
    }
  }

  /** Brings a connection to a document. Whoever cannot come in is closed with a code, and the session is a dead end. */
  connect(id: string, peer: Peer, who: Who): Session {
    const refusal = this.#refusal(id)
    if (refusal) return this.#turnAway(peer, refusal)
    const room = this.#room(id)
    const ports = { ...this.#options, limits: this.#limits, log: this.#log }
    const session = new RoomSession(room, peer, { who, ports })
    room.join(session)
    this.#tickSoon()
    return session
  }

  /** An edit by the server itself; resolves when it is on disk. Rejects with a `RelayError`. */
  async apply(id: string, update: Uint8Array, author: string): Promise<void> {
    this.#assertUsable(id)
    const room = this.#room(id)
    await room.use(async () => {
      await room.load().catch(refuse('busy', `Cannot open "${id}"`))
      const info = await this.#inspect(update)
      await room
        .apply(new Uint8Array(update), { info, author })
        .catch(refuse('refused', `Cannot store an update of "${id}"`))
    })
  }

  /** All of a document as one update, from its room or else from the store; an unknown one is empty. */
  async read(id: string): Promise<Uint8Array> {
    this.#assertUsable(id)
    const room = this.#rooms.get(id)
    if (room) return room.use(() => room.read())
    const { snapshot, updates } = await this.#options.store.open(id)
    const parts = snapshot ? [snapshot, ...updates] : updates
    const [only] = parts
    if (parts.length > 1) return this.#options.documents.merge(parts)
    return only ?? EMPTY_UPDATE
  }

  /** Takes nobody in any more, stores what came, says goodbye and closes everybody. Always resolves. */
  close(options: { graceMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.graceMs ?? this.#limits.closeGraceMs)
    return this.#closing
  }

  async #close(graceMs: number): Promise<void> {
    const rooms = [...this.#rooms.values()]
    await this.#within(graceMs / 3, this.#commits.idle())
    for (const room of rooms) room.tellKolam(() => this.#goodbye())
    await this.#within(graceMs / 3, Promise.all(rooms.map((room) => room.describe())))
    for (const room of this.#rooms.values()) room.end(closings.restart())
    await this.#within(graceMs / 3, this.#commits.idle())
    this.#cancelTick?.()
    this.#commits.stop()
  }

  /** Resolves with `work`, or without it when time is up: a disk that hangs must not keep the process. */
  #within(graceMs: number, work: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(graceMs, resolve)
      void work.then(() => {
        cancel()
        resolve()
      })
    })
  }

  #goodbye(): Uint8Array {
    const { retryAfterMsMin, retryAfterMsMax } = this.#limits
    const spreadMs = this.#options.random() * (retryAfterMsMax - retryAfterMsMin)
    return encodeMessage({ type: 'goodbye', retryAfterMs: Math.round(retryAfterMsMin + spreadMs) })
  }

  #refusal(id: string): Closing | null {
    const { roomsMax, sessionsMax, roomPeersMax } = this.#limits
    const room = this.#rooms.get(id)
    if (this.#closing) return closings.restart()
    if (!isDocumentId(id)) return closings.badDocumentId()
    if (this.#sessionCount() >= sessionsMax) return closings.relayFull()
    if (!room && this.#rooms.size >= roomsMax) return closings.relayFull()
    if (room && room.sessions.size >= roomPeersMax) return closings.roomFull(roomPeersMax)
    return null
  }

  #turnAway(peer: Peer, closing: Closing): Session {
    this.#counts.refusals += 1
    peer.close(closing.code, closing.reason)
    return DEAD_END
  }

  #assertUsable(id: string): void {
    if (this.#closing) throw new RelayError('closed', 'Cannot use the relay: it is closed')
    if (!isDocumentId(id))
      throw new RelayError('bad-document-id', 'Cannot open: this is no document id')
  }

  async #inspect(update: Uint8Array): Promise<UpdateInfo> {
    try {
      return await this.#options.documents.inspect(update)
    } catch (error) {
      throw new RelayError('malformed', 'Cannot read the update', { cause: error })
    }
  }

  #room(id: string): Room {
    const open = this.#rooms.get(id)
    if (open) return open
    const room = new Room(id, this.#roomPorts)
    this.#rooms.set(id, room)
    // Whoever waits for the document is told by the room; here only the promise must not stay unheard.
    room.load().catch(() => {})
    return room
  }

  #callbacks(): Pick<
    RoomPorts,
    'health' | 'loaded' | 'unloaded' | 'committed' | 'delivered' | 'ended'
  > {
    return {
      health: () => (this.#failure === null ? null : healthMessage(this.#failure)),
      loaded: (id) => this.#hook(() => this.#options.hooks?.loaded?.(id)),
      unloaded: (id) => this.#hook(() => this.#options.hooks?.unloaded?.(id)),
      committed: (id, updates) => {
        this.#counts.updates += updates.length
        this.#hook(() => this.#options.hooks?.committed?.(id, updates))
      },
      delivered: (count) => {
        this.#counts.deliveries += count
      },
      ended: (room) => {
        assert(
          this.#rooms.get(room.id) === room,
          'a room ends once, and is the only one of its document',
        )
        this.#rooms.delete(room.id)
      },
    }
  }

  #hook(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#log.error('hook failed', { error: errorText(error) })
    }
  }

  #setFailure(reason: string | null): void {
    this.#failure = reason
    const message = healthMessage(reason)
    for (const room of this.#rooms.values()) room.tellKolam(() => message)
    if (reason === null) this.#log.info('store works again')
  }

  #sessionCount(): number {
    let count = 0
    for (const room of this.#rooms.values()) count += room.sessions.size
    return count
  }

  #tickSoon(): void {
    this.#cancelTick ??= this.#options.clock.after(this.#limits.tickMs, () => {
      this.#cancelTick = null
      this.#tick()
    })
  }

  #tick(): void {
    const now = this.#options.clock.now()
    for (const room of this.#rooms.values()) room.tick(now)
    if (this.#sessionCount() > 0) this.#tickSoon()
  }
}

const DEAD_END: Session = { receive() {}, pong() {}, closed() {} }

function healthMessage(reason: string | null): Uint8Array {
  return encodeMessage({ type: 'health', degraded: reason !== null, reason: reason ?? '' })
}

function refuse(code: 'busy' | 'refused', message: string): (cause: unknown) => never {
  return (cause) => {
    throw new RelayError(code, message, { cause })
  }
}
