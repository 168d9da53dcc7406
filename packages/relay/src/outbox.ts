/**
 * The way out to one peer: what it still gets, in which order, and when it is too slow. Holds updates back while the
 * step2 that must come before them is being made. Knows nothing of what comes in.
 */
import type { Clock } from '@kolam/base'
import type { Answer } from './answers.ts'
import type { Delivery, PrivateAnswer } from './delivery.ts'
import type { Limits } from './limits.ts'
import type { Peer } from './peer.ts'

/** What an outbox stands on. */
export interface OutboxPorts {
  readonly clock: Clock
  readonly limits: Limits
  /** The peer is so far behind that it must go. Nothing was written. */
  tooSlow(): void
}

/** One peer's way out. */
export class Outbox {
  readonly #peer: Peer
  readonly #ports: OutboxPorts
  /** Messages that wait for the step2 under way, in order. */
  #held: Uint8Array[] | null = null
  /** Bytes of big writes until the peer has taken them all: a big document is no sign of a slow reader. */
  #allowanceBytes = 0
  #presenceMissed = false
  #writtenAt: number

  constructor(peer: Peer, ports: OutboxPorts) {
    this.#peer = peer
    this.#ports = ports
    this.#writtenAt = ports.clock.now()
  }

  /** When something was last written. */
  get writtenAt(): number {
    return this.#writtenAt
  }

  /** Whether presence was left out that the peer could take by now. */
  get owesPresence(): boolean {
    return this.#presenceMissed && !this.#isBehind(this.#backlogBytes())
  }

  /** Sends messages that have no order with the document's, in one write. */
  send(messages: readonly Uint8Array[]): void {
    if (messages.length > 0) this.#write(this.#peer.wire.frame(messages))
  }

  /** Sends the answer to a document message, in order with the document. */
  reply(message: Uint8Array): void {
    if (this.#held) this.#held.push(message)
    else this.send([message])
  }

  /** Sends presence that holds everybody, so that nothing is owed any more. */
  sendWholePresence(message: Uint8Array): void {
    this.#presenceMissed = false
    this.send([message])
  }

  /** From here on the document's messages wait for `answer()`. */
  hold(): void {
    this.#held ??= []
  }

  /** Sends a step2, then what was held back. Part of that may be in the step2 too, which does no harm. */
  answer(answer: Answer): void {
    const held = this.#held ?? []
    this.#held = null
    this.#write(answer.for(this.#peer.wire))
    this.send(held)
  }

  /** Brings a flush of the room in one write, with the peer's own answers in their places. */
  deliver(delivery: Delivery, answers: readonly PrivateAnswer[]): void {
    const backlogBytes = this.#backlogBytes()
    const frames = this.#framesOf(delivery, { answers, backlogBytes })
    if (frames.length > 0) this.#write(frames, backlogBytes)
  }

  #framesOf(
    delivery: Delivery,
    { answers, backlogBytes }: { answers: readonly PrivateAnswer[]; backlogBytes: number },
  ): Uint8Array {
    const { wire } = this.#peer
    const presence = this.#mayHavePresence(delivery, backlogBytes) ? delivery.presence : null
    if (this.#held) {
      this.#held.push(...delivery.updatesWith(answers))
      return presence ? delivery.presenceOnly(wire) : NOTHING
    }
    if (answers.length > 0) {
      const updates = delivery.updatesWith(answers)
      return wire.frame(presence ? [...updates, presence] : updates)
    }
    return presence ? delivery.whole(wire) : delivery.updatesOnly(wire)
  }

  /** A peer that is behind loses presence first; it gets all of it when it has caught up. */
  #mayHavePresence({ presence }: Delivery, backlogBytes: number): boolean {
    if (!presence) return false
    if (!this.#presenceMissed && !this.#isBehind(backlogBytes)) return true
    this.#presenceMissed = true
    return false
  }

  #isBehind(backlogBytes: number): boolean {
    return backlogBytes > this.#ports.limits.presenceBufferedBytesMax
  }

  #backlogBytes(): number {
    const { bufferedBytes } = this.#peer
    if (bufferedBytes <= this.#ports.limits.presenceBufferedBytesMax) this.#allowanceBytes = 0
    return bufferedBytes - this.#allowanceBytes
  }

  /** A peer that asks and does not read would fill our memory, so every way out is bounded here. */
  #write(frames: Uint8Array, backlogBytes = this.#backlogBytes()): void {
    const { clock, limits } = this.#ports
    if (backlogBytes > limits.bufferedBytesMax) return this.#ports.tooSlow()
    this.#writtenAt = clock.now()
    if (frames.length > limits.presenceBufferedBytesMax) {
      this.#allowanceBytes = Math.min(
        this.#allowanceBytes + frames.length,
        limits.allowanceBytesMax,
      )
    }
    this.#peer.write(frames)
  }
}

const NOTHING = new Uint8Array()
