/**
 * The changes that are not known to be on the server's disk: what is still here, and what was sent and not yet
 * answered. It never touches a socket, a clock or the document, and it forgets a change only on an answer.
 */

import { mergeUpdates } from 'yjs'
import { type Clocks, earliest, hasStructs, signed } from './update-bytes.ts'

/** One change of the document. */
export interface Change {
  readonly update: Uint8Array
  readonly sinceMs: number
  /** It was made here, and not brought in by another provider. */
  readonly local?: boolean
  /** Where what was written here begins; nothing by default. */
  readonly starts?: Clocks
  /** Another tab may send the same bytes: they are signed. */
  readonly shared?: boolean
  /** How many changes it counts for; 1 by default. */
  readonly changes?: number
}

/** Who sends, and when. */
export interface Sender {
  readonly clientId: number
  readonly nowMs: number
}

/** What is known of changes that go together. */
export interface Batch {
  readonly changes: number
  /** When the oldest was made; infinite where there is none. */
  readonly sinceMs: number
  /** Some of it was made here. */
  readonly local: boolean
  /** Nobody else can have made these very bytes. */
  readonly own: boolean
  /** Some of it may be sent by another tab too. */
  readonly shared: boolean
  /** Where what was written here begins: a server that claims to have more may have it from somebody else. */
  readonly starts: Clocks
}

const NOTHING: Batch = {
  changes: 0,
  sinceMs: Infinity,
  local: false,
  own: false,
  shared: false,
  starts: new Map(),
}

/** A document message that was sent, in the order the server answers. */
interface Sent extends Batch {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly sentMs: number
}

/** First in, first answered. */
export class Outbox {
  #sent: Sent[] = []
  #lastSeq = 0
  /** What was not sent on this line. */
  #waiting = NOTHING
  /** Its bytes, kept only while the line takes single updates. */
  #updates: Uint8Array[] = []
  #open = false
  /** What an earlier line sent and nobody answered may be stored yet, and come as an update that is no echo. */
  #mayComeLate = false
  /** Answers that may still come for messages which equal bytes from somebody else have already acknowledged. */
  #owed = 0

  /** Everything that is not acknowledged. */
  get all(): Batch {
    return together([...this.#sent, this.#waiting])
  }

  /** When the oldest message with changes that is not answered was sent; null when there is none. */
  get sentMs(): number | null {
    return this.#sent.find((sent) => sent.changes > 0)?.sentMs ?? null
  }

  /** Names everything sent so far, for settle(). */
  get mark(): number {
    return this.#lastSeq
  }

  /** Whether take() has something to give. */
  get ready(): boolean {
    return this.#updates.length > 0
  }

  /** Counts a change; its bytes wait for take() once the handshake was answered. */
  add({ update, ...change }: Change): void {
    const own = change.local === true && hasStructs(update)
    this.#waiting = together([this.#waiting, { ...NOTHING, changes: 1, ...change, own }])
    if (this.#open) this.#updates.push(update)
  }

  /** Everything waiting as one update, from now on awaited; null when nothing waits. */
  take(sender: Sender): Uint8Array | null {
    if (!this.ready) return null
    return this.#push(mergeUpdates(this.#updates), sender)
  }

  /** `diff` is all the server says it lacks: it covers everything waiting, and is awaited. Returns what to send. */
  answer(diff: Uint8Array, sender: Sender): Uint8Array {
    this.#open = true
    // A server that lacks what was saved has lost it: that is a change again until it has it back.
    if (this.#waiting.changes === 0 && hasStructs(diff)) {
      this.#waiting = { ...this.#waiting, changes: 1, sinceMs: sender.nowMs }
    }
    return this.#push(diff, sender)
  }

  /** The line is gone: whatever was not answered is here again, and the next answer() covers it. */
  lost(): void {
    this.#waiting = this.all
    this.#mayComeLate ||= this.#sent.length > 0
    this.#updates = []
    this.#sent = []
    this.#owed = 0
    this.#open = false
  }

  /** An update came from the server; returns true when it acknowledges the oldest unanswered changes. */
  echoed(update: Uint8Array): boolean {
    const oldest = this.#sent.findIndex((sent) => sent.changes > 0)
    const matched = this.#sent
      .slice(0, oldest < 0 ? undefined : oldest + 1)
      .findIndex((sent) => sameBytes(sent.bytes, update))
    const sent = this.#sent[matched]
    if (!sent) return false
    this.#sent.splice(0, matched + 1)
    this.#owed = sent.own ? 0 : this.#owed + matched + 1
    return true
  }

  /** The server had everything in the oldest message it has not answered. */
  known(): void {
    if (this.#owed > 0) this.#owed -= 1
    else this.#sent.shift()
  }

  /** The server has read everything up to that mark. */
  settle(mark: number): void {
    this.#sent = this.#sent.filter((sent) => sent.seq > mark)
  }

  #push(update: Uint8Array, { clientId, nowMs }: Sender): Uint8Array {
    const isSigned = this.#isAmbiguous(update)
    this.#lastSeq += 1
    const bytes = isSigned ? signed(update, clientId, this.#lastSeq) : update
    this.#mayComeLate = false
    const { own } = this.#waiting
    const sent = { seq: this.#lastSeq, bytes, sentMs: nowMs, own: own || isSigned }
    this.#sent.push({ ...this.#waiting, ...sent })
    this.#waiting = NOTHING
    this.#updates = []
    return bytes
  }

  /** Whether these very bytes may come from the server and be no echo. */
  #isAmbiguous(update: Uint8Array): boolean {
    const { shared, local } = this.#waiting
    if (shared || (local && !hasStructs(update))) return true
    return this.#mayComeLate && !isEmpty(update)
  }
}

function together(batches: readonly Batch[]): Batch {
  return {
    changes: batches.reduce((sum, { changes }) => sum + changes, 0),
    sinceMs: Math.min(...batches.map(({ sinceMs }) => sinceMs)),
    local: batches.some(({ local }) => local),
    own: batches.some(({ own }) => own),
    shared: batches.some(({ shared }) => shared),
    starts: earliest(...batches.map(({ starts }) => starts)),
  }
}

/** Whether it writes and deletes nothing, which takes two bytes to say: nothing of it can come back. */
function isEmpty(update: Uint8Array): boolean {
  return update.length === 2
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
