/** What one flush of a room brings to its peers, framed once for all who get the same. */
import { Frames } from './frames.ts'
import type { Wire } from './peer.ts'

/** One message to one peer only, in its place before the update at index `before`. */
export interface PrivateAnswer {
  readonly before: number
  readonly message: Uint8Array
}

/** Update messages in order, then one of presence. */
export class Delivery {
  readonly updates: readonly Uint8Array[]
  readonly presence: Uint8Array | null
  readonly #whole: Frames
  readonly #updatesOnly: Frames
  readonly #presenceOnly: Frames

  constructor(updates: readonly Uint8Array[], presence: Uint8Array | null) {
    const last = presence ? [presence] : []
    this.updates = updates
    this.presence = presence
    this.#whole = new Frames([...updates, ...last])
    this.#updatesOnly = new Frames(updates)
    this.#presenceOnly = new Frames(last)
  }

  /** Everything, the same bytes for every peer of this wire. */
  whole(wire: Wire): Uint8Array {
    return this.#whole.for(wire)
  }

  updatesOnly(wire: Wire): Uint8Array {
    return this.#updatesOnly.for(wire)
  }

  presenceOnly(wire: Wire): Uint8Array {
    return this.#presenceOnly.for(wire)
  }

  /** The updates with one peer's own answers in their places. */
  updatesWith(answers: readonly PrivateAnswer[]): Uint8Array[] {
    const messages: Uint8Array[] = []
    let next = 0
    for (const { before, message } of answers) {
      messages.push(...this.updates.slice(next, before), message)
      next = before
    }
    return [...messages, ...this.updates.slice(next)]
  }
}
