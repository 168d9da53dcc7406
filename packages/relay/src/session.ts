/**
 * One connection's way in: decodes, checks, and hands on in order. Frames that come before the room is loaded wait.
 * Never looks inside an update, never throws: whatever a peer sends ends at worst in its own close.
 */
import {
  decodeAwareness,
  decodeMessage,
  encodeMessage,
  type Message,
  type RawAwarenessEntry,
} from '@kolam/protocol'
import type { Clock } from '@kolam/base'
import type { Dialect } from './answers.ts'
import { decodeStateVector } from './coverage.ts'
import { DocumentLine, type DocumentMessage } from './document-line.ts'
import type { DocumentFunctions, SiftedUpdate, UpdateInfo } from './documents.ts'
import type { Overlap } from './coverage.ts'
import { type Closing, closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'
import { countClosing, type Counts } from './counts.ts'
import { Outbox, type OutboxOwner } from './outbox.ts'
import type { Peer, Role, Session, Who } from './peer.ts'
import { RateLimit, type Reader } from './rate-limit.ts'

/** What a session asks of its room. */
export interface SessionRoom {
  readonly id: string
  /** Puts an update in line for the disk; false where the line is full. */
  take(session: RoomSession, update: Uint8Array, info: UpdateInfo): boolean
  /** Sends an answer to this session after everything of it that waits for the disk. */
  reply(session: RoomSession, message: Uint8Array): void
  /** Answers a step1. */
  answer(session: RoomSession, stateVector: Uint8Array): void
  /** Goes on to bring this session up to date, where it waits for that. */
  catchUp(session: RoomSession): void
  /** This session is sent no more updates; what it misses from now on it gets when it may read again. */
  holdBack(session: RoomSession): void
  /** Says hello to a session that could not be greeted when the room opened. */
  greet(session: RoomSession): void
  /** How much of an update's structs is there, on disk or on its way to it. */
  overlap(info: UpdateInfo): Overlap
  /** Whether something emptied would stand behind a gap. */
  isTooEarly(info: UpdateInfo): boolean
  /** Whether something of the document on disk cannot be used: then nothing is written to it. */
  readonly isDamaged: boolean
  /** Whether the document may grow by this. */
  hasSpaceFor(bytes: number, info: UpdateInfo): boolean
  /**
   * Holds an update that overlaps with what is there against it. `use` is called in the moment in which what was found is
   * true; its result is null where others were faster too often.
   */
  sift<T>(update: Uint8Array, info: UpdateInfo, use: (found: SiftedUpdate) => T): Promise<T | null>
  /** Puts what is new of a session's update in line, and an answer after it; false where the line is full. */
  takeNews(session: RoomSession, found: SiftedUpdate, answer: Uint8Array | null): boolean
  addsNothing(update: Uint8Array): Promise<boolean>
  receivePresence(session: RoomSession, entries: readonly RawAwarenessEntry[]): void
  sendPresence(session: RoomSession): void
  leave(session: RoomSession): void
}

/** What a session stands on. */
export interface SessionPorts {
  readonly clock: Clock
  readonly documents: DocumentFunctions
  readonly limits: Limits
  readonly log: Log
  readonly counts: Counts
}

/** Whose session it is; `connection` names it in the log. */
export interface SessionIdentity {
  readonly who: Who
  readonly connection: number
}

/** A session waits while its room loads, is open, and ends closed. */
type State =
  | { readonly name: 'waiting'; readonly frames: Uint8Array[]; bytes: number }
  | { readonly name: 'open' }
  | { readonly name: 'closed' }

const OPEN: State = { name: 'open' }
const CLOSED: State = { name: 'closed' }

/** A no-op to every client, and still a frame. */
const EMPTY_AWARENESS = encodeMessage({ type: 'awareness', bytes: new Uint8Array([0]) })

/** Type and nonce, both at their longest. */
const PING_BYTES_MAX = 16

/** A connection inside the relay. */
export class RoomSession implements Session, OutboxOwner, Reader {
  readonly outbox: Outbox<RoomSession>
  readonly connection: number
  #who: Who
  readonly #peer: Peer
  readonly #room: SessionRoom
  readonly #ports: SessionPorts
  readonly #openedAt: number
  #state: State = { name: 'waiting', frames: [], bytes: 0 }
  readonly #line: DocumentLine
  readonly #rate: RateLimit
  /** Until its first step2 a client has seen nothing of ours, so that its presence is its own. */
  #announcing = true
  /** Whether a frame ever came; a pong is sent by the machine, not by a program that means us. */
  #hasSpoken = false
  #heardAt: number
  #pingedAt: number | null = null

  constructor(room: SessionRoom, peer: Peer, more: SessionIdentity & { ports: SessionPorts }) {
    this.#room = room
    this.#peer = peer
    this.#ports = more.ports
    this.#openedAt = more.ports.clock.now()
    this.#heardAt = this.#openedAt
    this.#who = more.who
    this.connection = more.connection
    this.outbox = new Outbox<RoomSession>(this, peer, more.ports)
    this.#line = new DocumentLine(this, room, more.ports)
    this.#rate = new RateLimit(peer, this, more.ports)
  }

  get who(): Who {
    return this.#who
  }

  get dialect(): Dialect {
    return this.#who.kolam ? 'kolam' : 'stock'
  }

  tooSlow(): void {
    this.end(closings.tooSlow())
  }

  paused(): void {
    this.#ports.counts.pauses += 1
  }

  /** Whatever was said while it was not read is still in the network. */
  resumed(): void {
    this.pong()
  }

  get documentId(): string {
    return this.#room.id
  }

  get isOpen(): boolean {
    return this.#state.name === 'open'
  }

  get isAnnouncing(): boolean {
    return this.#announcing
  }

  receive(frame: Uint8Array): void {
    if (this.#state.name === 'closed') return
    const { limits, counts, clock } = this.#ports
    this.#heardAt = clock.now()
    this.#hasSpoken = true
    counts.receivedFrames += 1
    counts.receivedBytes += frame.length
    this.#rate.count(frame.length)
    const { frameBytesMax } = limits
    if (frame.length > frameBytesMax)
      return this.end(closings.tooLarge(frame.length, frameBytesMax))
    if (this.#state.name === 'waiting') return this.#wait(this.#state, frame)
    this.guard(() => this.#handle(frame))
  }

  pong(): void {
    this.#heardAt = this.#ports.clock.now()
  }

  drained(): void {
    this.outbox.drained()
    if (this.isOpen) this.guard(() => this.#room.catchUp(this))
  }

  setRole(role: Role): void {
    this.#who = { ...this.#who, role }
  }

  suspend(): void {
    if (this.#state.name === 'closed' || this.outbox.isSuspended) return
    const wasLive = this.isOpen && !this.outbox.isWaiting
    this.#rate.hold()
    this.outbox.suspend()
    if (wasLive) this.guard(() => this.#room.holdBack(this))
  }

  release(): void {
    if (this.#state.name === 'closed' || !this.outbox.isSuspended) return
    this.outbox.release()
    this.guard(() => (this.isOpen ? this.#room.catchUp(this) : this.#room.greet(this)))
    this.#rate.letGo()
  }

  closed(): void {
    if (this.#state.name === 'closed') return
    this.#state = CLOSED
    this.#rate.dispose()
    this.#line.clear()
    this.#room.leave(this)
  }

  /** Says why and closes. */
  end(closing: Closing): void {
    if (this.#state.name === 'closed') return
    const { counts, log } = this.#ports
    const { connection } = this
    countClosing(counts, closing.code)
    log.debug('connection ended', { document: this.#room.id, connection, ...closing })
    this.closed()
    this.#peer.close(closing.code, closing.reason)
  }

  /** The room is loaded: greets, then takes up what waited. */
  open(greeting: readonly Uint8Array[]): void {
    // Who may not be sent anything is greeted when that is over: the relay's step1 must not be lost.
    if (this.#state.name !== 'waiting' || this.outbox.isSuspended) return
    const { frames } = this.#state
    this.#state = OPEN
    this.guard(() => this.outbox.send(greeting))
    for (const frame of frames) {
      if (this.isOpen) this.guard(() => this.#handle(frame))
    }
  }

  /** Looks after silence on both sides. */
  tick(now: number): void {
    const { firstFrameMs, keepaliveMs } = this.#ports.limits
    if (!this.#hasSpoken && now - this.#openedAt >= firstFrameMs) {
      return this.end(closings.silent())
    }
    if (this.#isDead(now)) return this.end(closings.gone())
    if (this.isOpen) this.#tickOut(now)
    if (now - this.outbox.writtenAt >= keepaliveMs) this.outbox.send([EMPTY_AWARENESS])
  }

  /** Brings what was left out while the peer did not read. */
  #tickOut(now: number): void {
    this.outbox.tick(now)
    if (this.isOpen) this.#room.catchUp(this)
  }

  /** A peer that was silent for a while is asked, and is gone when it then stays silent. */
  #isDead(now: number): boolean {
    const { pingMs, pongMs } = this.#ports.limits
    if (this.#rate.isPaused) return false
    const pingedAt = this.#pingedAt
    if (pingedAt !== null && pingedAt > this.#heardAt) return now - pingedAt >= pongMs
    if (now - this.#heardAt < pingMs) return false
    this.#pingedAt = now
    this.#peer.ping()
    return false
  }

  /** A ping is answered at once: a document that loads slowly is no dead line. */
  #wait(state: State & { name: 'waiting' }, frame: Uint8Array): void {
    const decoded = frame.length <= PING_BYTES_MAX ? decodeMessage(frame) : null
    if (decoded?.ok && decoded.message.type === 'ping') return this.#handleMessage(decoded.message)
    const { waitingFramesMax, waitingBytesMax } = this.#ports.limits
    const isFull = state.frames.length >= waitingFramesMax
    if (isFull || state.bytes + frame.length > waitingBytesMax) {
      return this.end(closings.waitingTooMuch())
    }
    state.bytes += frame.length
    state.frames.push(new Uint8Array(frame))
  }

  /** Runs what must not throw: our own mistakes cost one connection, not the relay. */
  guard(run: () => void): void {
    try {
      run()
    } catch (error) {
      const { connection } = this
      const details = { document: this.#room.id, connection, error: errorText(error) }
      this.#ports.log.error('session failed', details)
      this.end(closings.ourFault())
    }
  }

  #handle(frame: Uint8Array): void {
    const decoded = decodeMessage(frame)
    if (decoded.ok) return this.#handleMessage(decoded.message)
    if (isHalfStep1(frame)) return
    if (decoded.code === 'too-large') {
      return this.end(closings.tooLarge(frame.length, this.#ports.limits.frameBytesMax))
    }
    this.end(closings.badMessage(decoded.reason))
  }

  #handleMessage(message: Message): void {
    switch (message.type) {
      case 'step1':
        return this.#answer(message.stateVector)
      case 'step2':
        this.#announcing = false
        return this.#update(message)
      case 'update':
        return this.#update(message)
      case 'awareness':
        return this.#presence(message.bytes)
      case 'queryAwareness':
        return this.#room.sendPresence(this)
      case 'ping':
        return this.outbox.send([encodeMessage({ type: 'pong', nonce: message.nonce })])
      case 'pong':
        return
      case 'auth':
      case 'known':
      case 'part':
      case 'health':
      case 'goodbye':
        return this.end(closings.badMessage(`Cannot accept "${message.type}" from a client`))
    }
  }

  #update({ type, update }: DocumentMessage): void {
    const { updateBytesMax } = this.#ports.limits
    if (update.length > updateBytesMax) {
      return this.end(closings.tooLarge(update.length, updateBytesMax))
    }
    this.#line.push({ type, update: new Uint8Array(update) })
  }

  #answer(stateVector: Uint8Array): void {
    if (!decodeStateVector(stateVector)) {
      return this.end(closings.badMessage('Cannot read the state vector'))
    }
    this.#room.answer(this, new Uint8Array(stateVector))
  }

  #presence(bytes: Uint8Array): void {
    const { awarenessBytesMax } = this.#ports.limits
    if (bytes.length > awarenessBytesMax) {
      return this.end(closings.tooLarge(bytes.length, awarenessBytesMax))
    }
    const entries = decodeAwareness(bytes)
    if (!entries) return this.end(closings.badMessage('Cannot read the awareness message'))
    this.#room.receivePresence(this, entries)
  }
}

/** Two updates in one frame make a stock client of version 4 answer with this stump; it means nothing. */
function isHalfStep1(frame: Uint8Array): boolean {
  return frame.length === 2 && frame[0] === 0 && frame[1] === 0
}
