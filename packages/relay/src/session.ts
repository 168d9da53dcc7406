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
import { decodeStateVector } from './coverage.ts'
import { DocumentLine } from './document-line.ts'
import type { DocumentFunctions, UpdateInfo } from './documents.ts'
import { type Closing, closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'
import { Outbox } from './outbox.ts'
import type { Peer, Session, Who } from './peer.ts'

/** What a session asks of its room. */
export interface SessionRoom {
  readonly id: string
  /** Puts an update in line for the disk; false where the line is full. */
  take(session: RoomSession, update: Uint8Array, info: UpdateInfo): boolean
  /** Sends an answer to this session after everything of it that waits for the disk. */
  reply(session: RoomSession, message: Uint8Array): void
  /** Answers a step1. */
  answer(session: RoomSession, stateVector: Uint8Array): void
  covers(info: UpdateInfo): boolean
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
}

/** A session waits while its room loads, is open, and ends closed. */
type State =
  | { readonly name: 'waiting'; readonly frames: Uint8Array[]; bytes: number }
  | { readonly name: 'open' }
  | { readonly name: 'closed' }

/** A no-op to every client, and still a frame. */
const EMPTY_AWARENESS = encodeMessage({ type: 'awareness', bytes: new Uint8Array([0]) })

/** Type and nonce, both at their longest. */
const PING_BYTES_MAX = 16

/** A connection inside the relay. */
export class RoomSession implements Session {
  readonly who: Who
  readonly outbox: Outbox
  readonly #peer: Peer
  readonly #room: SessionRoom
  readonly #ports: SessionPorts
  readonly #openedAt: number
  #state: State = { name: 'waiting', frames: [], bytes: 0 }
  readonly #line: DocumentLine
  /** Until its first step2 a client has seen nothing of ours, so that its presence is its own. */
  #announcing = true
  #heardAt: number | null = null
  #pingedAt: number | null = null

  constructor(room: SessionRoom, peer: Peer, more: { who: Who; ports: SessionPorts }) {
    this.#room = room
    this.#peer = peer
    this.#ports = more.ports
    this.#openedAt = more.ports.clock.now()
    this.who = more.who
    this.outbox = new Outbox(peer, { ...more.ports, tooSlow: () => this.end(closings.tooSlow()) })
    this.#line = new DocumentLine(this, room, more.ports)
  }

  get isOpen(): boolean {
    return this.#state.name === 'open'
  }

  get isAnnouncing(): boolean {
    return this.#announcing
  }

  receive(frame: Uint8Array): void {
    if (this.#state.name === 'closed') return
    this.#heardAt = this.#ports.clock.now()
    const { frameBytesMax } = this.#ports.limits
    if (frame.length > frameBytesMax)
      return this.end(closings.tooLarge(frame.length, frameBytesMax))
    if (this.#state.name === 'waiting') return this.#wait(this.#state, frame)
    this.guard(() => this.#handle(frame))
  }

  pong(): void {
    this.#heardAt = this.#ports.clock.now()
  }

  closed(): void {
    if (this.#state.name === 'closed') return
    this.#state = { name: 'closed' }
    this.#line.clear()
    this.#room.leave(this)
  }

  /** Says why and closes. */
  end(closing: Closing): void {
    if (this.#state.name === 'closed') return
    this.closed()
    this.#peer.close(closing.code, closing.reason)
  }

  /** The room is loaded: greets, then takes up what waited. */
  open(greeting: readonly Uint8Array[]): void {
    if (this.#state.name !== 'waiting') return
    const { frames } = this.#state
    this.#state = { name: 'open' }
    this.guard(() => this.outbox.send(greeting))
    for (const frame of frames) {
      if (this.isOpen) this.guard(() => this.#handle(frame))
    }
  }

  /** Looks after silence on both sides. */
  tick(now: number): void {
    const { firstFrameMs, keepaliveMs, pingMs } = this.#ports.limits
    if (this.#heardAt === null && now - this.#openedAt >= firstFrameMs) {
      return this.end(closings.silent())
    }
    if (now - (this.#pingedAt ?? this.#openedAt) >= pingMs) {
      if (this.#isGone()) return this.end(closings.gone())
      this.#pingedAt = now
      this.#peer.ping()
    }
    if (this.isOpen && this.outbox.owesPresence) this.#room.sendPresence(this)
    if (now - this.outbox.writtenAt >= keepaliveMs) this.outbox.send([EMPTY_AWARENESS])
  }

  #isGone(): boolean {
    return this.#pingedAt !== null && (this.#heardAt ?? this.#openedAt) < this.#pingedAt
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
      this.#ports.log.error('session failed', { document: this.#room.id, error: errorText(error) })
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
        return this.#line.push({ type: 'step2', update: new Uint8Array(message.update) })
      case 'update':
        return this.#line.push({ type: 'update', update: new Uint8Array(message.update) })
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
      case 'health':
      case 'goodbye':
        return this.end(closings.badMessage(`Cannot accept "${message.type}" from a client`))
    }
  }

  #answer(stateVector: Uint8Array): void {
    if (!decodeStateVector(stateVector)) {
      return this.end(closings.badMessage('Cannot read the state vector'))
    }
    this.#room.answer(this, new Uint8Array(stateVector))
  }

  #presence(bytes: Uint8Array): void {
    const entries = decodeAwareness(bytes)
    if (!entries) return this.end(closings.badMessage('Cannot read the awareness message'))
    this.#room.receivePresence(this, entries)
  }
}

/** Two updates in one frame make a stock client of version 4 answer with this stump; it means nothing. */
function isHalfStep1(frame: Uint8Array): boolean {
  return frame.length === 2 && frame[0] === 0 && frame[1] === 0
}
