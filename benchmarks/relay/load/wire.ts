/** The messages of y-websocket, and the same as Hocuspocus wants them: each after the name of its document. */
import * as encoding from 'lib0/encoding'
import type { WireName } from '../harness/figures.ts'

export const SYNC = 0
export const AWARENESS = 1
export const AUTH = 2
export const STEP1 = 0
export const STEP2 = 1
export const UPDATE = 2

const NOTHING = new Uint8Array([0])
const EMPTY_UPDATE = new Uint8Array([0, 0])

/** The messages of one document. */
export class Wire {
  /** Whether the server wants to know who comes before anything else. */
  readonly asksWho: boolean
  /** How many bytes come before the type of a message. */
  readonly prefixBytes: number
  readonly #name: string | null

  constructor(wire: WireName, document: string) {
    this.asksWho = wire === 'hocuspocus'
    this.#name = this.asksWho ? document : null
    this.prefixBytes = this.#message(() => {}).length
  }

  /** Hocuspocus' first message: no token, and the version of the client. */
  auth(): Uint8Array {
    return this.#message((encoder) => {
      encoding.writeVarUint(encoder, AUTH)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, '')
      encoding.writeVarString(encoder, '4.7.0')
    })
  }

  step1(stateVector: Uint8Array = NOTHING): Uint8Array {
    return this.#sync(STEP1, stateVector)
  }

  step2(update: Uint8Array = EMPTY_UPDATE): Uint8Array {
    return this.#sync(STEP2, update)
  }

  update(update: Uint8Array): Uint8Array {
    return this.#sync(UPDATE, update)
  }

  /** One person's state. */
  awareness(client: number, clock: number, state: string): Uint8Array {
    const entries = encoding.createEncoder()
    encoding.writeVarUint(entries, 1)
    encoding.writeVarUint(entries, client)
    encoding.writeVarUint(entries, clock)
    encoding.writeVarString(entries, state)
    return this.#message((encoder) => {
      encoding.writeVarUint(encoder, AWARENESS)
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(entries))
    })
  }

  #sync(step: number, bytes: Uint8Array): Uint8Array {
    return this.#message((encoder) => {
      encoding.writeVarUint(encoder, SYNC)
      encoding.writeVarUint(encoder, step)
      encoding.writeVarUint8Array(encoder, bytes)
    })
  }

  #message(write: (encoder: encoding.Encoder) => void): Uint8Array {
    const encoder = encoding.createEncoder()
    if (this.#name !== null) encoding.writeVarString(encoder, this.#name)
    write(encoder)
    return encoding.toUint8Array(encoder)
  }
}
