/**
 * The changes that are not known to be on the server's disk: what is still here, and what was sent and not yet
 * answered. It never touches a socket, a clock or the document, and it forgets a change only on an answer.
 */

import { mergeUpdates } from 'yjs'
import { type Clocks, earliest, hasStructs, signed } from './update-bytes.ts'

/** One change of the document; `local` when it was made here, and not brought in by another provider. */
export interface Change {
  readonly update: Uint8Array
  readonly atMs: number
  readonly local: boolean
  /** Where what was written here begins; nothing by default. */
  readonly starts?: Clocks
  /** Another tab may send the same bytes: they are signed. */
  readonly shared?: boolean
  /** How many changes it counts for; 1 by default. */
  readonly count?: number
}

/** Who sends, and when. */
export interface Sender {
  readonly clientId: number
  readonly nowMs: number
}

/** A document message that was sent, in the order the server answers. */
interface Sent {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly changes: number
  readonly sinceMs: number
  readonly sentMs: number
  /** Some of it was made here. */
  readonly local: boolean
  /** Nobody else can have made these very bytes. */
  readonly own: boolean
  /** Some of it may be sent by another tab too. */
  readonly shared: boolean
  readonly starts: Clocks
}

/** First in, first answered. */
export class Outbox {
  #sent: Sent[] = []
  #lastSeq = 0
  /** What was not sent on this line; the bytes are kept only while the line takes single updates. */
  #waiting: Uint8Array[] = []
  #waitingChanges = 0
  #waitingSinceMs = 0
  #waitingLocal = false
  #waitingOwn = false
  #waitingShared = false
  #waitingStarts: Clocks = new Map()
  #open = false
  /** What an earlier line sent and nobody answered may be stored yet, and come as an update that is no echo. */
  #mayComeLate = false
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

  /** Where what was written here and is not acknowledged begins: a server that claims to have more may have it from somebody else. */
  get starts(): Clocks {
    return earliest(this.#waitingStarts, ...this.#sent.map((sent) => sent.starts))
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
  add({ update, atMs, local, starts, shared = false, count = 1 }: Change): void {
    const since = this.#waitingChanges === 0 ? atMs : this.#waitingSinceMs
    this.#waitingSinceMs = Math.min(since, atMs)
    this.#waitingChanges += count
    this.#waitingLocal ||= local
    this.#waitingShared ||= shared
    this.#waitingOwn ||= local && hasStructs(update)
    if (starts) this.#waitingStarts = earliest(this.#waitingStarts, starts)
    if (this.#open) this.#waiting.push(update)
  }

  /** Everything waiting as one update, from now on awaited; null when nothing waits. */
  take(sender: Sender): Uint8Array | null {
    if (!this.ready) return null
    const [first] = this.#waiting
    const bytes = this.#waiting.length === 1 && first ? first : mergeUpdates(this.#waiting)
    return this.#push(bytes, sender)
  }

  /** `diff` is all the server says it lacks: it covers everything waiting, and is awaited. Returns what to send. */
  answer(diff: Uint8Array, sender: Sender): Uint8Array {
    this.#open = true
    // A server that lacks what was saved has lost it: that is a change again until it has it back.
    if (this.#waitingChanges === 0 && hasStructs(diff)) {
      this.#waitingChanges = 1
      this.#waitingSinceMs = sender.nowMs
    }
    return this.#push(diff, sender)
  }

  /** The line is gone: whatever was not answered is here again, and the next answer() covers it. */
  lost(): void {
    const sinceMs = this.sinceMs
    this.#waitingChanges = this.changes
    this.#waitingSinceMs = sinceMs ?? 0
    this.#waitingLocal ||= this.#sent.some((sent) => sent.local)
    this.#waitingOwn ||= this.#sent.some((sent) => sent.own)
    this.#waitingShared ||= this.#sent.some((sent) => sent.shared)
    this.#waitingStarts = this.starts
    this.#mayComeLate ||= this.#sent.length > 0
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

  #push(update: Uint8Array, { clientId, nowMs }: Sender): Uint8Array {
    const isSigned = this.#isAmbiguous(update)
    this.#lastSeq += 1
    const bytes = isSigned ? signed(update, clientId, this.#lastSeq) : update
    this.#mayComeLate = false
    this.#sent.push({
      seq: this.#lastSeq,
      bytes,
      changes: this.#waitingChanges,
      sinceMs: this.#waitingSinceMs,
      sentMs: nowMs,
      local: this.#waitingLocal,
      own: this.#waitingOwn || isSigned,
      shared: this.#waitingShared,
      starts: this.#waitingStarts,
    })
    this.#waiting = []
    this.#waitingChanges = 0
    this.#waitingLocal = false
    this.#waitingOwn = false
    this.#waitingShared = false
    this.#waitingStarts = new Map()
    return bytes
  }

  /** Whether these very bytes may come from the server and be no echo. */
  #isAmbiguous(update: Uint8Array): boolean {
    if (this.#waitingShared || (this.#waitingLocal && !hasStructs(update))) return true
    return this.#mayComeLate && !isEmpty(update)
  }
}

/** Nothing of it can come back. */
function isEmpty(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
