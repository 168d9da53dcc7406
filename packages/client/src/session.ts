/**
 * One line's conversation about the document: the handshake both ways, then updates and their answers. It reads and
 * writes the document and the outbox; it never opens or closes a line, and an ended session does nothing.
 */

import type { Clock, Disposer } from '@kolam/base'
import type { Message } from '@kolam/protocol'
import {
  applyUpdate,
  decodeStateVector,
  decodeUpdate,
  type Doc,
  encodeStateAsUpdate,
  encodeStateVector,
} from 'yjs'
import type { Changes } from './changes.ts'
import type { Line } from './line.ts'
import type { Outbox } from './outbox.ts'
import { Pace } from './pace.ts'
import type { Clocks } from './update-bytes.ts'
import { throwLater } from './throw-later.ts'
import type { Timing } from './timing.ts'

/** What a session needs of its client. */
export interface SessionPort {
  readonly doc: Doc
  readonly changes: Changes
  readonly line: Line
  readonly clock: Clock
  readonly timing: Timing
  /** Marks the document transactions of what came from the network. */
  readonly origin: unknown
  /** The server's document is in ours. */
  synced(): void
  /** The server does not take this person's changes. */
  refused(reason: string): void
  /** Whether a change that stays unanswered is to be expected now. */
  isPatient(): boolean
}

/** Messages about the document. */
export type SyncMessage = Extract<
  Message,
  { type: 'step1' | 'step2' | 'update' | 'part' | 'known' | 'auth' }
>

/** Lives as long as its line. */
export class Session {
  readonly #port: SessionPort
  readonly #pace: Pace
  readonly #outbox: Outbox
  /** What each step1 of ours was sent for, in the order of the answers: a mark to settle, or null for the document. */
  #questions: (number | null)[] = []
  /** `greeting` until the server has said what it lacks; `refused` when it takes nothing from us. */
  #phase: 'greeting' | 'open' | 'refused' | 'ended' = 'greeting'
  #cancelWatch: Disposer | null = null

  constructor(port: SessionPort) {
    this.#port = port
    this.#outbox = port.changes.outbox
    const { clock, timing } = port
    this.#pace = new Pace({ clock, intervalMs: timing.flushMs, run: () => this.#flush() })
  }

  /** Asks for the server's document. */
  start(): void {
    this.#ask(null)
  }

  /** Ends the conversation; unanswered changes stay in the outbox. */
  stop(): void {
    this.#phase = 'ended'
    this.#pace.stop()
    this.#cancelWatch?.()
    this.#outbox.lost()
  }

  /** Whether the server has said what it lacks, and takes updates. */
  get isOpen(): boolean {
    return this.#phase === 'open'
  }

  /** A change is in the outbox. */
  changed(): void {
    if (this.#phase === 'open') this.#pace.request()
  }

  /** Hands over what waits now, however full the network is: the page may be going. */
  flushNow(): void {
    this.#pace.stop()
    if (this.#phase === 'open') this.#sendWaiting()
  }

  /** Takes in a message of the server; false when it is malformed. */
  receive(message: SyncMessage): boolean {
    switch (message.type) {
      case 'step1':
        if (!this.#answer(message.stateVector)) return false
        break
      case 'step2':
        if (!this.#apply(message.update)) return false
        this.#answered()
        break
      case 'update':
        if (!this.#outbox.echoed(message.update)) return this.#apply(message.update)
        break
      case 'part':
        // Answers nothing, also where its bytes are those of a change of ours.
        return this.#apply(message.update)
      case 'known':
        // After a refusal it could be about any message, so it says nothing.
        if (this.#phase === 'open') this.#outbox.known()
        break
      case 'auth':
        this.#refuse(message.reason)
    }
    this.#port.changes.moved()
    return true
  }

  /** The server turned out to speak one of the two: only a stock one is asked whether it has read so far. */
  dialect(dialect: 'kolam' | 'stock'): void {
    if (dialect === 'kolam') this.#questions.fill(null)
    else this.#askMark()
  }

  /** Asks a stock server something it answers, and learns what it has read on the way. */
  askMark(): void {
    this.#ask(this.#phase === 'open' ? this.#outbox.mark : 0)
  }

  #answer(stateVector: Uint8Array): boolean {
    if (this.#phase === 'refused') return true
    const { doc, line, clock } = this.#port
    const outbox = this.#outbox
    this.#port.changes.gather()
    const diff = diffOf(doc, stateVector, outbox.all.starts)
    if (!diff) return false
    this.#phase = 'open'
    this.#pace.stop()
    const sender = { clientId: doc.clientID, nowMs: clock.now() }
    line.send({ type: 'step2', update: outbox.answer(diff, sender) })
    if (line.dialect === 'stock') this.#askMark()
    this.#watch()
    return true
  }

  /** The answer to our oldest question came. */
  #answered(): void {
    const mark = this.#questions.shift() ?? null
    if (mark === null) this.#port.synced()
    else if (this.#phase === 'open') this.#outbox.settle(mark)
  }

  #apply(update: Uint8Array): boolean {
    const { doc, origin } = this.#port
    try {
      applyUpdate(doc, update, origin)
    } catch (error) {
      if (!isUpdate(update)) return false
      // The bytes are sound: it was the app's own listener that threw, which is no reason to hang up.
      throwLater(this.#port.clock, error)
    }
    this.#port.changes.brought(update)
    return true
  }

  #refuse(reason: string): void {
    if (this.#phase === 'refused' || this.#outbox.all.changes === 0) return
    this.#phase = 'refused'
    this.#pace.stop()
    this.#port.refused(reason)
  }

  #flush(): void {
    if (this.#phase !== 'open' || !this.#outbox.ready) return
    if (this.#port.line.isFull) return this.#pace.request()
    this.#sendWaiting()
  }

  #sendWaiting(): void {
    const { doc, line, clock } = this.#port
    const outbox = this.#outbox
    const update = outbox.take({ clientId: doc.clientID, nowMs: clock.now() })
    if (!update) return
    line.send({ type: 'update', update })
    this.#watch()
  }

  #ask(mark: number | null): void {
    this.#questions.push(mark)
    this.#port.line.send({ type: 'step1', stateVector: encodeStateVector(this.#port.doc) })
  }

  #askMark(): void {
    const outbox = this.#outbox
    if (outbox.sentMs === null || this.#questions.some((mark) => mark !== null)) return
    this.#ask(outbox.mark)
  }

  /** Looks after what stays unanswered, for as long as something is. */
  #watch(): void {
    if (this.#cancelWatch) return
    const { clock, timing } = this.#port
    this.#cancelWatch = clock.after(timing.barrierMs, () => {
      this.#cancelWatch = null
      this.#overdue()
    })
  }

  #overdue(): void {
    const { line, clock, timing } = this.#port
    const outbox = this.#outbox
    if (outbox.sentMs === null || this.#phase !== 'open') return
    const waitedMs = clock.now() - outbox.sentMs
    if (line.dialect === 'stock' && waitedMs >= timing.barrierMs) this.#askMark()
    if (line.dialect === 'kolam' && waitedMs >= timing.overdueMs && !this.#port.isPatient()) {
      return line.fail('overdue')
    }
    this.#watch()
  }
}

/** What `stateVector` lacks of the document, and all from `starts` on; null when it is none. */
function diffOf(doc: Doc, stateVector: Uint8Array, starts: Clocks): Uint8Array | null {
  try {
    return encodeStateAsUpdate(doc, withoutFrom(stateVector, starts))
  } catch {
    return null
  }
}

function withoutFrom(stateVector: Uint8Array, starts: Clocks): Uint8Array {
  if (starts.size === 0) return stateVector
  const clocks = decodeStateVector(stateVector)
  for (const [client, clock] of starts) {
    const claimed = clocks.get(client)
    if (claimed !== undefined && claimed > clock) clocks.set(client, clock)
  }
  return encodeStateVector(clocks)
}

function isUpdate(bytes: Uint8Array): boolean {
  try {
    decodeUpdate(bytes)
    return true
  } catch {
    return false
  }
}
