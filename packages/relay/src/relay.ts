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
import { countClosing, type Counts, createCounts } from './counts.ts'
import { HookRunner, type RelayHooks } from './hooks.ts'
import { type Limits, limitsOf } from './limits.ts'
import { type Log, silentLog } from './log.ts'
import { type Meter, noMeter } from './meter.ts'
import type { Peer, Session, Who } from './peer.ts'
import type { RoomEntry } from './open-room.ts'
import { DEFAULT_PRESENCE_RULES, type PresenceRules } from './presence-rules.ts'
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
  readonly meter?: Meter
  /** What presence states may say; by default what stock editors need. */
  readonly presence?: PresenceRules
}

/** Whether the store takes what it is given. */
export type RelayHealth =
  { readonly state: 'ok' } | { readonly state: 'degraded'; readonly reason: string }

/** Numbers for metrics; the counters only grow. */
export interface RelayStats extends Readonly<Omit<Counts, 'closings'>> {
  readonly rooms: number
  readonly sessions: number
  /** Connections that wait for their documents. */
  readonly waitingJoins: number
  /** Bytes that wait for the disk. */
  readonly queuedBytes: number
  readonly commits: number
  /** Connections the relay ended or turned away, by close code. */
  readonly closings: ReadonlyMap<number, number>
}

/** All rooms of one process. */
export class Relay {
  /** Every number this relay keeps to. */
  readonly limits: Limits
  readonly #options: RelayOptions
  readonly #log: Log
  readonly #commits: CommitLoop<RoomEntry>
  readonly #roomPorts: RoomPorts
  readonly #rooms = new Map<string, Room>()
  /** Rooms whose documents are being loaded. */
  readonly #loading = new Set<Room>()
  readonly #counts = createCounts()
  readonly #hooks: HookRunner
  /** Connections there are, and how many there were. */
  #sessions = 0
  #connections = 0
  #failure: string | null = null
  #cancelTick: Disposer | null = null
  #closing: Promise<void> | null = null

  constructor(options: RelayOptions) {
    this.#options = options
    this.limits = limitsOf(options.limits)
    this.#log = options.log ?? silentLog
    this.#hooks = new HookRunner(options.hooks ?? {}, this.#log)
    const meter = options.meter ?? noMeter
    const rules = options.presence ?? DEFAULT_PRESENCE_RULES
    const limits = { limits: this.limits, rules }
    const ports = { ...options, ...limits, log: this.#log, counts: this.#counts, meter }
    const onHealth = (reason: string | null): void => this.#setFailure(reason)
    this.#commits = new CommitLoop({ ...ports, onHealth })
    this.#roomPorts = { ...ports, hooks: this.#hooks, commits: this.#commits, ...this.#callbacks() }
  }

  get health(): RelayHealth {
    return this.#failure === null ? { state: 'ok' } : { state: 'degraded', reason: this.#failure }
  }

  get stats(): RelayStats {
    const { commits, queuedBytes } = this.#commits
    return {
      rooms: this.#rooms.size,
      sessions: this.#sessions,
      waitingJoins: this.#waitingJoins(),
      queuedBytes,
      commits,
      ...this.#counts,
    }
  }

  /** Brings a connection to a document. Whoever cannot come in is closed with a code, and the session is a dead end. */
  connect(id: string, peer: Peer, who: Who): Session {
    const refusal = this.#refusal(id)
    if (refusal) return this.turnAway(peer, refusal)
    const room = this.#room(id)
    const connection = ++this.#connections
    const session = new RoomSession(room, peer, { who, connection, ports: this.#roomPorts })
    this.#sessions += 1
    this.#log.debug('connection joined', { document: id, connection, kolam: who.kolam })
    room.join(session)
    this.#hooks.run('connected', id, who)
    this.#tickSoon()
    return session
  }

  /** Closes somebody who may not come in, and counts that. The session is a dead end. */
  turnAway(peer: Peer, closing: Closing): Session {
    countClosing(this.#counts, closing.code)
    this.#log.debug('connection turned away', { ...closing })
    peer.close(closing.code, closing.reason)
    return DEAD_END
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
    if (parts.length > 1) return this.#options.documents.merge(parts, 'document')
    return only ?? EMPTY_UPDATE
  }

  /**
   * Puts a document into the trash: what was sent so far is stored, and everybody in it is told and closed for good.
   * Rejects with what the store says.
   */
  async trash(id: string, at: number): Promise<void> {
    this.#assertUsable(id)
    await this.#clear(id)
    await this.#options.store.trash(id, at)
    // Whoever came in between.
    await this.#clear(id)
  }

  async #clear(id: string): Promise<void> {
    this.#rooms.get(id)?.end(closings.trashed())
    await this.#commits.settled(id)
  }

  /** Takes nobody in any more, stores what came, says goodbye and closes everybody. Always resolves. */
  close(options: { graceMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#close(options.graceMs ?? this.limits.closeGraceMs)
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
    const { retryAfterMsMin, retryAfterMsMax } = this.limits
    const spreadMs = this.#options.random() * (retryAfterMsMax - retryAfterMsMin)
    return encodeMessage({ type: 'goodbye', retryAfterMs: Math.round(retryAfterMsMin + spreadMs) })
  }

  #refusal(id: string): Closing | null {
    const { roomsMax, sessionsMax, roomPeersMax, waitingJoinsMax } = this.limits
    const room = this.#rooms.get(id)
    if (this.#closing) return closings.restart()
    if (!isDocumentId(id)) return closings.badDocumentId()
    if (this.#sessions >= sessionsMax) return closings.relayFull()
    if (this.#waitingJoins() >= waitingJoinsMax) return closings.waitingJoins()
    if (!room && this.#rooms.size >= roomsMax) return closings.relayFull()
    if (room && room.sessions.size >= roomPeersMax) return closings.roomFull(roomPeersMax)
    return null
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
    this.#loading.add(room)
    const loaded = (): void => void this.#loading.delete(room)
    // Whoever waits for the document is told by the room; here only the promise must not stay unheard.
    room.load().then(loaded, loaded)
    return room
  }

  #callbacks(): Pick<RoomPorts, 'failure' | 'left' | 'ended'> {
    return {
      failure: () => this.#failure,
      left: (session) => {
        this.#sessions -= 1
        this.#hooks.run('disconnected', session.documentId, session.who)
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

  #setFailure(reason: string | null): void {
    this.#failure = reason
    for (const room of this.#rooms.values()) room.tellHealth()
    if (reason === null) this.#log.info('store works again')
  }

  #waitingJoins(): number {
    let count = 0
    for (const room of this.#loading) count += room.waitingJoins
    return count
  }

  #tickSoon(): void {
    this.#cancelTick ??= this.#options.clock.after(this.limits.tickMs, () => {
      this.#cancelTick = null
      this.#tick()
    })
  }

  #tick(): void {
    const now = this.#options.clock.now()
    for (const room of this.#rooms.values()) room.tick(now)
    if (this.#sessions > 0) this.#tickSoon()
  }
}

const DEAD_END: Session = {
  receive() {},
  pong() {},
  drained() {},
  setRole() {},
  suspend() {},
  release() {},
  end() {},
  closed() {},
}

function refuse(code: 'busy' | 'refused', message: string): (cause: unknown) => never {
  return (cause) => {
    throw new RelayError(code, message, { cause })
  }
}
