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
import type { Line } from './line.ts'
import type { Outbox } from './outbox.ts'
import { Pace } from './pace.ts'
import type { Clocks } from './update-bytes.ts'
import { BUFFERED_BYTES_MAX, type Timing } from './timing.ts'

/** What a session needs of its client. */
export interface SessionPort {
  readonly doc: Doc
  readonly outbox: Outbox
  readonly line: Line
  readonly clock: Clock
  readonly timing: Timing
  /** Marks the document transactions of what came from the network. */
  readonly origin: unknown
  /** The server's document is in ours. */
  synced(): void
  /** The server does not take this person's changes. */
  refused(reason: string): void
  /** The outbox may have changed. */
  moved(): void
  /** The server has shown that it has this. */
  brought(update: Uint8Array): void
  /** Everything here is about to be sent: what waits elsewhere goes into the outbox now. */
  gather(): void
  /** A listener of the document threw. */
  report(error: unknown): void
  /** Whether a change that stays unanswered is to be expected now. */
  isPatient(): boolean
}

/** Messages about the document. */
export type SyncMessage = Extract<
  Message,
  { type: 'step1' | 'step2' | 'update' | 'part' | 'known' | 'auth' }
>

/** What a step1 of ours was sent for; the server answers them in order. */
type Question = { readonly for: 'sync' } | { readonly for: 'mark'; readonly mark: number }

/** Lives as long as its line. */
export class Session {
  readonly #port: SessionPort
  readonly #pace: Pace
  #questions: Question[] = []
  /** `greeting` until the server has said what it lacks; `refused` when it takes nothing from us. */
  #phase: 'greeting' | 'open' | 'refused' | 'ended' = 'greeting'
  #cancelWatch: Disposer | null = null

  constructor(port: SessionPort) {
    this.#port = port
    const { clock, timing } = port
    this.#pace = new Pace({ clock, intervalMs: timing.flushMs, run: () => this.#flush() })
  }

  /** Asks for the server's document. */
  start(): void {
    this.#ask({ for: 'sync' })
  }

  /** Ends the conversation; unanswered changes stay in the outbox. */
  stop(): void {
    this.#phase = 'ended'
    this.#pace.stop()
    this.#cancelWatch?.()
    this.#port.outbox.lost()
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
        return this.#answer(message.stateVector)
      case 'step2':
        return this.#apply(message.update) && this.#answered()
      case 'update':
        return this.#update(message.update)
      case 'part':
        // Answers nothing, also where its bytes are those of a change of ours.
        return this.#apply(message.update)
      case 'known':
        // After a refusal it could be about any message, so it says nothing.
        if (this.#phase === 'open') this.#port.outbox.known()
        break
      case 'auth':
        this.#refuse(message.reason)
    }
    this.#port.moved()
    return true
  }

  /** The server turned out to speak one of the two: only a stock one is asked whether it has read so far. */
  dialect(dialect: 'kolam' | 'stock'): void {
    if (dialect === 'kolam') this.#questions = this.#questions.map(() => ({ for: 'sync' }))
    else this.#askMark()
  }

  /** Asks a stock server something it answers, and learns what it has read on the way. */
  askMark(): void {
    this.#ask({ for: 'mark', mark: this.#phase === 'open' ? this.#port.outbox.mark : 0 })
  }

  #answer(stateVector: Uint8Array): boolean {
    if (this.#phase === 'refused') return true
    const { doc, outbox, line, clock } = this.#port
    this.#port.gather()
    const diff = diffOf(doc, stateVector, outbox.starts)
    if (!diff) return false
    this.#phase = 'open'
    this.#pace.stop()
    const sender = { clientId: doc.clientID, nowMs: clock.now() }
    line.send({ type: 'step2', update: outbox.answer(diff, sender) })
    if (line.dialect === 'stock') this.#askMark()
    this.#watch()
    this.#port.moved()
    return true
  }

  /** The answer to our oldest question came. */
  #answered(): boolean {
    const question = this.#questions.shift()
    if (question?.for !== 'mark') this.#port.synced()
    else if (this.#phase === 'open') this.#port.outbox.settle(question.mark)
    this.#port.moved()
    return true
  }

  #update(update: Uint8Array): boolean {
    if (!this.#port.outbox.echoed(update)) return this.#apply(update)
    this.#port.moved()
    return true
  }

  #apply(update: Uint8Array): boolean {
    const { doc, origin } = this.#port
    try {
      applyUpdate(doc, update, origin)
    } catch (error) {
      if (!isUpdate(update)) return false
      // The bytes are sound: it was the app's own listener that threw, which is no reason to hang up.
      this.#port.report(error)
    }
    this.#port.brought(update)
    return true
  }

  #refuse(reason: string): void {
    if (this.#phase === 'refused' || this.#port.outbox.changes === 0) return
    this.#phase = 'refused'
    this.#pace.stop()
    this.#port.refused(reason)
  }

  #flush(): void {
    if (this.#phase !== 'open' || !this.#port.outbox.ready) return
    if (this.#port.line.bufferedBytes > BUFFERED_BYTES_MAX) return this.#pace.request()
    this.#sendWaiting()
  }

  #sendWaiting(): void {
    const { doc, outbox, line, clock } = this.#port
    const update = outbox.take({ clientId: doc.clientID, nowMs: clock.now() })
    if (!update) return
    line.send({ type: 'update', update })
    this.#watch()
  }

  #ask(question: Question): void {
    this.#questions.push(question)
    this.#port.line.send({ type: 'step1', stateVector: encodeStateVector(this.#port.doc) })
  }

  #askMark(): void {
    const { outbox } = this.#port
    if (outbox.sentMs === null || this.#questions.some((question) => question.for === 'mark'))
      return
    this.#ask({ for: 'mark', mark: outbox.mark })
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
    const { outbox, line, clock, timing } = this.#port
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
