/** Messages with their frames, built when first needed and once for each kind of connection. */
import type { Wire } from './peer.ts'

/** A list of messages that goes to many peers. */
export class Frames {
  readonly #messages: () => readonly Uint8Array[]
  #wire: Wire | null = null
  #built: Uint8Array = new Uint8Array()

  constructor(messages: () => readonly Uint8Array[]) {
    this.#messages = messages
  }

  /** The frames for peers of this wire, the same bytes for all of them. A relay mostly has one wire. */
  for(wire: Wire): Uint8Array {
    if (this.#wire === wire) return this.#built
    this.#wire = wire
    this.#built = wire.frame(this.#messages())
    return this.#built
  }
}
