/** Messages with their frames, built at most once for each kind of connection. */
import type { Wire } from './peer.ts'

/** A list of messages that goes to many peers. */
export class Frames {
  readonly #messages: readonly Uint8Array[]
  readonly #built = new Map<Wire, Uint8Array>()

  constructor(messages: readonly Uint8Array[]) {
    this.#messages = messages
  }

  /** The frames for peers of this wire, the same bytes for all of them. */
  for(wire: Wire): Uint8Array {
    let built = this.#built.get(wire)
    if (!built) {
      built = wire.frame(this.#messages)
      this.#built.set(wire, built)
    }
    return built
  }
}
