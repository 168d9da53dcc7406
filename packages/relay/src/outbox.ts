/**
 * The way out to one peer: what it still gets, and in which order. A peer is live, or it waits to be caught up: because
 * it asked, because it reads too slowly, or because it is not known whether it may still read. Who waits is sent no
 * updates; what came of its own messages is kept for it, in order. Knows nothing of what comes in.
 */
import { encodeMessage } from '@kolam/protocol'
import type { Clock } from '@kolam/base'
import type { Answer, Dialect, Ending } from './answers.ts'
import type { Counts } from './counts.ts'
import type { Delivery, OwnOutcome } from './delivery.ts'
import type { Limits } from './limits.ts'
import type { Peer } from './peer.ts'

/** What an outbox stands on. */
export interface OutboxPorts {
  readonly clock: Clock
  readonly limits: Limits
  readonly counts: Counts
}

/** Whose outbox it is. */
export interface OutboxOwner {
  readonly dialect: Dialect
  /** The peer takes nothing and is owed more than is kept for it. */
  tooSlow(): void
}

/** What brings a waiting peer up to date. */
export interface CatchUp {
  readonly answer: Answer
  readonly ending: Ending
  /** Updates that were stored after the answer's position. */
  readonly rest: readonly Uint8Array[]
  /** Whether the peer goes on waiting, for the answer to its next question. */
  readonly more: boolean
}

const KNOWN = encodeMessage({ type: 'known' })

/** One peer's way out. */
export class Outbox<Owner extends OutboxOwner> {
  readonly #owner: Owner
  readonly #peer: Peer
  readonly #ports: OutboxPorts
  /** What came of the peer's own messages while it waits; null while it is live. */
  #waiting: OwnOutcome[] | null = null
  #waitingBytes = 0
  #suspended = false
  /** Bytes of big writes until the peer has taken them all: a big document is no sign of a slow reader. */
  #allowanceBytes = 0
  #presenceMissed = false
  #newsMissed = false
  #probeMissed = false
  #writtenAt: number
  /** What waited for the network when it last moved, and when that was. */
  #stuckBytes = 0
  #movedAt: number

  constructor(owner: Owner, peer: Peer, ports: OutboxPorts) {
    this.#owner = owner
    this.#peer = peer
    this.#ports = ports
    this.#writtenAt = ports.clock.now()
    this.#movedAt = this.#writtenAt
  }

  /** When something was last written. */
  get writtenAt(): number {
    return this.#writtenAt
  }

  /** Whether it is sent no updates until `catchUp()`. */
  get isWaiting(): boolean {
    return this.#waiting !== null
  }

  /** Whether it may be sent something large: what it was sent before is taken. */
  get isReady(): boolean {
    return !this.#suspended && this.#peer.bufferedBytes <= this.#presenceBytesMax
  }

  get isSuspended(): boolean {
    return this.#suspended
  }

  /** Whether presence was left out that the peer could take by now. */
  get owesPresence(): boolean {
    return this.#presenceMissed && !this.#isBehind(this.#backlogBytes())
  }

  /** Whether a message to all was left out. */
  get owesNews(): boolean {
    return this.#newsMissed && !this.#suspended
  }

  /** Sends messages that have no order with the document's, in one write; none to a peer that does not read. */
  send(messages: readonly Uint8Array[]): void {
    if (messages.length === 0 || this.#isShut()) return
    this.#write(this.#peer.wire.frame(messages))
  }

  /** Sends a message about the relay; a peer that cannot take it now is owed it. */
  sendNews(message: Uint8Array): void {
    this.#newsMissed = this.#isShut()
    this.send([message])
  }

  /** Whether it was not asked to advance the clocks of its ids when it should have been. */
  get owesProbe(): boolean {
    return this.#probeMissed && !this.#isShut()
  }

  /** Makes the peer advance clocks of its own; one that cannot take it now is owed it, or others would not see it. */
  sendProbe(message: Uint8Array): void {
    this.#probeMissed = this.#isShut()
    this.send([message])
  }

  /** Sends presence that holds everybody, so that nothing is owed any more. */
  sendWholePresence(messages: readonly Uint8Array[]): void {
    this.#presenceMissed = this.#isShut()
    this.send(messages)
  }

  /** Answers a document message, in order with what came of those before it; `position` is the room's. */
  reply(message: Uint8Array, position: number): void {
    if (this.#waiting || this.#isShut()) this.#keep([{ position, message, isEcho: false }])
    else this.send([message])
  }

  /** From here on the peer is sent no updates until it is caught up. */
  wait(): void {
    this.#waiting ??= []
  }

  /** Nothing at all goes out until `release()`. */
  suspend(): void {
    this.#suspended = true
    this.#presenceMissed = true
    this.wait()
  }

  release(): void {
    this.#suspended = false
  }

  /** Sends what a waiting peer lacks, and what came of its own messages. */
  catchUp({ answer, ending, rest, more }: CatchUp): void {
    const own = this.#waiting ?? []
    this.#waiting = more ? [] : null
    this.#waitingBytes = 0
    const { wire } = this.#peer
    for (const frames of answer.writes(ending, this.#owner.dialect, wire)) this.#write(frames)
    const covered = own.filter(({ position }) => position <= answer.position)
    this.send(covered.map((outcome) => this.#settled(outcome)))
    this.send(inOrder(rest, own.slice(covered.length), answer.position))
  }

  /** Brings a flush of the room in one write; false where the peer is too far behind for the updates in it. */
  deliver(delivery: Delivery<Owner>): boolean {
    if (this.#waiting) {
      this.#deliverAround(delivery)
      return true
    }
    const backlogBytes = this.#backlogBytes()
    if (backlogBytes > this.#ports.limits.bufferedBytesMax && delivery.updates.length > 0) {
      this.wait()
      this.#deliverAround(delivery)
      return false
    }
    const frames = this.#framesOf(delivery, backlogBytes)
    if (frames.length > 0) this.#write(frames)
    return true
  }

  /** The peer has taken everything. */
  drained(): void {
    this.#allowanceBytes = 0
  }

  /** Ends a peer that waits for too long and takes nothing of what it was sent. */
  tick(now: number): void {
    const { bufferedBytes } = this.#peer
    if (bufferedBytes < this.#stuckBytes || bufferedBytes <= this.#presenceBytesMax) {
      this.#movedAt = now
    }
    this.#stuckBytes = bufferedBytes
    if (now - this.#movedAt >= this.#ports.limits.stalledMs) this.#owner.tooSlow()
  }

  /** Presence needs no order; what came of the peer's own messages is kept. */
  #deliverAround(delivery: Delivery<Owner>): void {
    this.#keep(delivery.outcomesFor(this.#owner))
    if (this.#mayHavePresence(delivery.presence, this.#backlogBytes())) {
      this.#write(delivery.presenceOnly(this.#peer.wire))
    }
  }

  #framesOf(delivery: Delivery<Owner>, backlogBytes: number): Uint8Array {
    const { wire } = this.#peer
    const withPresence = this.#mayHavePresence(delivery.presence, backlogBytes)
    const answers = delivery.answersFor(this.#owner)
    if (answers.length === 0) {
      return withPresence ? delivery.whole(wire) : delivery.updatesOnly(wire)
    }
    const updates = delivery.updatesWith(answers)
    const presence = withPresence && delivery.presence ? [delivery.presence] : []
    return wire.frame([...updates, ...presence])
  }

  #keep(outcomes: readonly OwnOutcome[]): void {
    if (outcomes.length === 0) return
    const waiting = (this.#waiting ??= [])
    for (const outcome of outcomes) {
      waiting.push(outcome)
      this.#waitingBytes += outcome.message.length
    }
    const { waitingFramesMax, waitingBytesMax } = this.#ports.limits
    const isFull = waiting.length > waitingFramesMax || this.#waitingBytes > waitingBytesMax
    if (isFull) this.#owner.tooSlow()
  }

  /** An update of the peer's own that is in the answer it just got: a Kolam client needs no second copy of it. */
  #settled({ message, isEcho }: OwnOutcome): Uint8Array {
    return isEcho && this.#owner.dialect === 'kolam' ? KNOWN : message
  }

  /** A peer that is behind loses presence first; it gets all of it when it has caught up. */
  #mayHavePresence(presence: Uint8Array | null, backlogBytes: number): presence is Uint8Array {
    if (!presence) return false
    if (!this.#presenceMissed && !this.#suspended && !this.#isBehind(backlogBytes)) return true
    if (!this.#presenceMissed) this.#ports.counts.presenceShed += 1
    this.#presenceMissed = true
    return false
  }

  get #presenceBytesMax(): number {
    return this.#ports.limits.presenceBufferedBytesMax
  }

  #isBehind(backlogBytes: number): boolean {
    return backlogBytes > this.#presenceBytesMax
  }

  #isShut(): boolean {
    return this.#suspended || this.#backlogBytes() > this.#ports.limits.bufferedBytesMax
  }

  #backlogBytes(): number {
    const { bufferedBytes } = this.#peer
    if (bufferedBytes <= this.#presenceBytesMax) this.#allowanceBytes = 0
    return bufferedBytes - this.#allowanceBytes
  }

  #write(frames: Uint8Array): void {
    const { clock, limits, counts } = this.#ports
    this.#writtenAt = clock.now()
    counts.sentBytes += frames.length
    if (frames.length > limits.presenceBufferedBytesMax) this.#allowanceBytes += frames.length
    this.#peer.write(frames)
  }
}

/** The updates after `position`, with the peer's own answers in their places. */
function inOrder(
  updates: readonly Uint8Array[],
  own: readonly OwnOutcome[],
  position: number,
): Uint8Array[] {
  const messages: Uint8Array[] = []
  const answers = own.filter(({ isEcho }) => !isEcho)
  let next = 0
  for (const [index, update] of updates.entries()) {
    messages.push(encodeMessage({ type: 'update', update }))
    for (; (answers[next]?.position ?? Infinity) <= position + index + 1; next++) {
      messages.push(answers[next]!.message)
    }
  }
  return [...messages, ...answers.slice(next).map(({ message }) => message)]
}
