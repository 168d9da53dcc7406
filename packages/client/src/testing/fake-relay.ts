/**
 * A small relay with a disk that can be looked at: it commits in batches, shows nothing that is not committed, and
 * crashes on demand before or after the commit.
 */

import type { ManualClock, Random } from '@kolam/base'
import { decodeMessage, encodeMessage, type Message, SUBPROTOCOL } from '@kolam/protocol'
import {
  applyUpdate,
  Doc,
  encodeStateAsUpdate,
  encodeStateVector,
  snapshot,
  snapshotContainsUpdate,
} from 'yjs'
import type { Host, Peer } from './network.ts'

/** How the relay answers what added nothing: sooner or later every answer a client may meet. */
export type KnownPolicy = 'step2 only' | 'every message'

/** What the relay stands on. */
export interface FakeRelayOptions {
  readonly clock: ManualClock
  readonly random: Random
  readonly known: KnownPolicy
}

interface Entry {
  readonly session: Session
  readonly update: Uint8Array
  readonly isStep2: boolean
}

interface Session {
  readonly peer: Peer
  /** The last awareness body of this person. */
  awareness: Uint8Array | null
}

const COMMIT_MS_MAX = 60

/** One document. */
export class FakeRelay implements Host {
  readonly #options: FakeRelayOptions
  readonly #sessions = new Set<Session>()
  /** Every committed update; survives a crash. */
  readonly #log: Uint8Array[] = []
  #disk = new Doc()
  #batch: Entry[] = []
  #committing = false
  #life = 0
  #down = false

  constructor(options: FakeRelayOptions) {
    this.#options = options
  }

  /** What would be there after a crash now. */
  get disk(): Doc {
    return this.#disk
  }

  /** Whether everything of that document is on disk. */
  holds(doc: Doc): boolean {
    return snapshotContainsUpdate(snapshot(this.#disk), encodeStateAsUpdate(doc))
  }

  /** Loses everything that is not on disk and every line, for a while. */
  crash(downMs: number, commit: 'before' | 'after'): void {
    if (commit === 'after' && this.#committing)
      for (const { update } of this.#batch) this.#write(update)
    this.#life += 1
    this.#batch = []
    this.#committing = false
    this.#down = true
    this.#disk = new Doc()
    for (const update of this.#log) applyUpdate(this.#disk, update)
    for (const { peer } of this.#sessions) peer.close(1006)
    this.#sessions.clear()
    const life = this.#life
    this.#options.clock.after(downMs, () => {
      if (life === this.#life) this.#down = false
    })
  }

  /** Sends something already committed to everybody once more. */
  repeat(): void {
    const update = this.#log[Math.floor(this.#options.random() * this.#log.length)]
    if (update) this.#toAll(encodeMessage({ type: 'update', update }))
  }

  /** Asks everybody what this relay lacks, although they are connected already. */
  askAll(): void {
    this.#toAll(this.#step1())
  }

  connect(peer: Peer, protocols: string[]) {
    if (this.#down) return null
    const session: Session = { peer, awareness: null }
    this.#sessions.add(session)
    peer.send(this.#step1())
    for (const { awareness } of this.#sessions) {
      if (awareness) peer.send(encodeMessage({ type: 'awareness', bytes: awareness }))
    }
    return {
      protocol: protocols.includes(SUBPROTOCOL) ? SUBPROTOCOL : '',
      receive: (frame: Uint8Array) => {
        const decoded = decodeMessage(frame)
        if (!decoded.ok) throw new Error(decoded.reason)
        if (this.#sessions.has(session)) this.#receive(session, decoded.message)
      },
      closed: () => {
        this.#sessions.delete(session)
      },
    }
  }

  #receive(session: Session, message: Message): void {
    switch (message.type) {
      case 'step1': {
        const update = encodeStateAsUpdate(this.#disk, message.stateVector)
        return session.peer.send(encodeMessage({ type: 'step2', update }))
      }
      case 'step2':
      case 'update':
        this.#batch.push({ session, update: message.update, isStep2: message.type === 'step2' })
        return this.#commitSoon()
      case 'ping':
        return session.peer.send(encodeMessage({ type: 'pong', nonce: message.nonce }))
      case 'awareness':
        session.awareness = message.bytes
        return this.#toAll(encodeMessage({ type: 'awareness', bytes: message.bytes }))
      case 'auth':
      case 'goodbye':
      case 'health':
      case 'known':
      case 'part':
      case 'pong':
      case 'queryAwareness':
        throw new Error(`The client sent ${message.type}`)
    }
  }

  #commitSoon(): void {
    if (this.#committing) return
    this.#committing = true
    const { clock, random } = this.#options
    const life = this.#life
    clock.after(random() * COMMIT_MS_MAX, () => {
      if (life === this.#life) this.#commit()
    })
  }

  #commit(): void {
    const batch = this.#batch
    this.#batch = []
    this.#committing = false
    for (const { session, update, isStep2 } of batch) {
      const isNews = !snapshotContainsUpdate(snapshot(this.#disk), update)
      const mayBeKnown = isStep2 || this.#options.known === 'every message'
      if (!isNews && mayBeKnown) {
        if (this.#sessions.has(session)) session.peer.send(encodeMessage({ type: 'known' }))
        continue
      }
      this.#write(update)
      this.#toAll(encodeMessage({ type: 'update', update }))
    }
  }

  #write(update: Uint8Array): void {
    this.#log.push(update)
    applyUpdate(this.#disk, update)
  }

  #step1(): Uint8Array {
    return encodeMessage({ type: 'step1', stateVector: encodeStateVector(this.#disk) })
  }

  #toAll(frame: Uint8Array): void {
    for (const { peer } of this.#sessions) peer.send(frame)
  }
}
