/** Somebody who only opens a board, and somebody who uploads one. */
import type { Target } from '../harness/figures.ts'
import { Connection, type ConnectionEvents } from './connection.ts'
import type { LargeMessage } from './frame-reader.ts'
import { LARGE_BYTES } from './frame-reader.ts'
import type { SharedBytes } from './shared-bytes.ts'
import { AUTH, STEP1, STEP2, SYNC, UPDATE, type Wire } from './wire.ts'

/** What a guest needs. */
export interface GuestOptions {
  readonly room: string
  readonly wire: Wire
  readonly target: Target
  /** What a guest brings when it is asked; nothing unless given. */
  readonly brings?: Uint8Array
  readonly shared: SharedBytes
}

/** One client of the storm. */
export class Guest implements ConnectionEvents {
  /** When the whole step2 was here. */
  syncedAt: number | null = null
  /** The update in the step2. */
  board: Buffer | null = null
  closedWith: string | null = null
  readonly #options: GuestOptions
  readonly #connection: Connection
  #onEcho: (() => void) | null = null

  constructor(options: GuestOptions) {
    const { target, room } = options
    this.#options = options
    this.#connection = new Connection(target.port, target.path + room, this)
  }

  /** Resolves when the server sends the board back, which it does when it has it. */
  echo(): Promise<void> {
    return new Promise((resolve) => (this.#onEcho = resolve))
  }

  leave(): void {
    this.#connection.end()
  }

  open(): void {
    const { wire } = this.#options
    this.#connection.send(wire.asksWho ? wire.auth() : wire.step1())
  }

  closed(reason: string): void {
    this.closedWith = reason
  }

  message(bytes: Buffer, start: number, end: number): void {
    const { wire, brings } = this.#options
    const at = start + wire.prefixBytes
    if (bytes[at] === AUTH) return this.#connection.send(wire.step1())
    if (bytes[at] !== SYNC) return
    const step = bytes[at + 1]
    if (step === STEP1) this.#connection.send(wire.step2(brings))
    else if (step === STEP2) this.#synced(bytes.subarray(at + 2, end))
    else if (step === UPDATE && end - start > LARGE_BYTES) this.#onEcho?.()
  }

  large(length: number): LargeMessage {
    return this.#options.shared.take(length, (whole) => this.message(whole, 0, length))
  }

  #synced(body: Buffer): void {
    this.syncedAt ??= performance.now()
    this.board = body
  }
}
