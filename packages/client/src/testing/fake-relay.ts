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
  /** While it reads too slowly for every update: what was on disk when that began, and the answers it is owed. */
  behind: { readonly since: Uint8Array; readonly answers: Uint8Array[] } | null
}

const COMMIT_MS_MAX = 60
const BEHIND_MS_MAX = 400

const KNOWN = encodeMessage({ type: 'known' })

/** An update with nothing in it. */
const NOTHING = new Uint8Array([0, 0])

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

  /** Somebody reads too slowly for a while: gets no updates, and then in pieces what they were. */
  fallBehind(): void {
    const sessions = [...this.#sessions]
    const session = sessions[Math.floor(this.#options.random() * sessions.length)]
    if (!session || session.behind) return
    session.behind = { since: encodeStateVector(this.#disk), answers: [] }
    const { clock, random } = this.#options
    clock.after(random() * BEHIND_MS_MAX, () => {
      if (this.#sessions.has(session)) this.#catchUp(session)
    })
  }

  connect(peer: Peer, protocols: string[]) {
    if (this.#down) return null
    const session: Session = { peer, awareness: null, behind: null }
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
      case 'step1':
        return this.#answer(session, message.stateVector)
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
        if (this.#sessions.has(session)) this.#reply(session)
        continue
      }
      this.#write(update)
      this.#show(encodeMessage({ type: 'update', update }), session)
    }
  }

  #write(update: Uint8Array): void {
    this.#log.push(update)
    applyUpdate(this.#disk, update)
  }

  /** In one piece or in several, of which the last is the step2. */
  #answer(session: Session, stateVector: Uint8Array): void {
    this.#catchUp(session)
    const update = encodeStateAsUpdate(this.#disk, stateVector)
    const isWhole = this.#options.random() < 0.5
    if (!isWhole) session.peer.send(encodeMessage({ type: 'part', update }))
    session.peer.send(encodeMessage({ type: 'step2', update: isWhole ? update : NOTHING }))
  }

  #reply(session: Session): void {
    if (session.behind) session.behind.answers.push(KNOWN)
    else session.peer.send(KNOWN)
  }

  /** An update is on disk: whoever is behind gets it in a piece later, and `known` instead of the echo. */
  #show(frame: Uint8Array, sender: Session): void {
    for (const session of this.#sessions) {
      if (!session.behind) session.peer.send(frame)
      else if (session === sender) session.behind.answers.push(KNOWN)
    }
  }

  #catchUp(session: Session): void {
    const { behind, peer } = session
    if (!behind) return
    session.behind = null
    const update = encodeStateAsUpdate(this.#disk, behind.since)
    peer.send(encodeMessage({ type: 'part', update }))
    for (const answer of behind.answers) peer.send(answer)
  }

  #step1(): Uint8Array {
    return encodeMessage({ type: 'step1', stateVector: encodeStateVector(this.#disk) })
  }

  #toAll(frame: Uint8Array): void {
    for (const { peer } of this.#sessions) peer.send(frame)
  }
}
