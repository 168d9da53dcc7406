/**
 * The changes that are not known to be on the server's disk: what is still here, and what was sent and not yet
 * answered. It never touches a socket, a clock or the document, and it forgets a change only on an answer.
 */

import { mergeUpdates } from 'yjs'

/** One change of the document. `own` says that nobody else can have made these very bytes. */
export interface Change {
  readonly update: Uint8Array
  readonly atMs: number
  readonly own: boolean
}

/** A document message that was sent, in the order the server answers. */
interface Sent {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly changes: number
  readonly sinceMs: number
  readonly sentMs: number
  readonly own: boolean
}

/** First in, first answered. */
export class Outbox {
  #sent: Sent[] = []
  #lastSeq = 0
  /** What was not sent on this line; the bytes are kept only while the line takes single updates. */
  #waiting: Uint8Array[] = []
  #waitingChanges = 0
  #waitingSinceMs = 0
  #waitingOwn = false
  #open = false
  /** Answers that may still come for messages which equal bytes from somebody else have already acknowledged. */
  #owed = 0

  /** How many changes are not acknowledged. */
  get changes(): number {
    return this.#sent.reduce((sum, sent) => sum + sent.changes, this.#waitingChanges)
  }

  /** When the oldest unacknowledged change was made; null when there is none. */
  get sinceMs(): number | null {
    const oldest = this.#sent.find((sent) => sent.changes > 0)
    if (oldest) return oldest.sinceMs
    return this.#waitingChanges > 0 ? this.#waitingSinceMs : null
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
    return this.#waiting.length > 0
  }

  /** Counts a change; its bytes wait for take() once the handshake was answered. */
  add({ update, atMs, own }: Change): void {
    if (this.#waitingChanges === 0) this.#waitingSinceMs = atMs
    this.#waitingChanges += 1
    this.#waitingOwn ||= own
    if (this.#open) this.#waiting.push(update)
  }

  /** Everything waiting as one update, from now on awaited; null when nothing waits. */
  take(nowMs: number): Uint8Array | null {
    if (!this.ready) return null
    const [first] = this.#waiting
    const bytes = this.#waiting.length === 1 && first ? first : mergeUpdates(this.#waiting)
    this.#push(bytes, nowMs)
    return bytes
  }

  /** `diff` is all the server says it lacks: it covers everything waiting, and is awaited. */
  answer(diff: Uint8Array, nowMs: number): void {
    this.#open = true
    // A server that lacks what was saved has lost it: that is a change again until it has it back.
    if (this.#waitingChanges === 0 && hasStructs(diff)) {
      this.#waitingChanges = 1
      this.#waitingSinceMs = nowMs
    }
    this.#push(diff, nowMs)
  }

  /** The line is gone: whatever was not answered is here again, and the next answer() covers it. */
  lost(): void {
    const sinceMs = this.sinceMs
    this.#waitingChanges = this.changes
    this.#waitingSinceMs = sinceMs ?? 0
    this.#waitingOwn = this.#waitingOwn || this.#sent.some((sent) => sent.own)
    this.#waiting = []
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

  #push(bytes: Uint8Array, nowMs: number): void {
    this.#lastSeq += 1
    this.#sent.push({
      seq: this.#lastSeq,
      bytes,
      changes: this.#waitingChanges,
      sinceMs: this.#waitingSinceMs,
      sentMs: nowMs,
      own: this.#waitingOwn && hasStructs(bytes),
    })
    this.#waiting = []
    this.#waitingChanges = 0
    this.#waitingOwn = false
  }
}

/** Whether an update says more than what is deleted: its first number is how many authors it has. */
export function hasStructs(update: Uint8Array): boolean {
  return update.length > 0 && update[0] !== 0
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
