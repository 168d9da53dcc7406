/**
 * How many connections each address has, and how often it comes. Its memory is bounded: an address is forgotten when
 * it has no connection and has rested, and of those that have not the ones that went first.
 */
import { type Clock, type Disposer, TokenBucket } from '@kolam/base'
import { type Closing, closings } from '../errors.ts'
import type { Limits } from '../limits.ts'

/** Whether one more connection is taken; `leave` is to be called once, when it is gone. */
export type Entry =
  | { readonly ok: true; readonly leave: Disposer }
  | { readonly ok: false; readonly closing: Closing }

interface Address {
  connections: number
  readonly bucket: TokenBucket
}

/** All addresses of one server. */
export class Addresses {
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #connected = new Map<string, Address>()
  /** Without a connection, the first to go first. */
  readonly #gone = new Map<string, Address>()

  constructor({ clock, limits }: { clock: Clock; limits: Limits }) {
    this.#clock = clock
    this.#limits = limits
  }

  /** How many are remembered. */
  get size(): number {
    return this.#connected.size + this.#gone.size
  }

  /** One more connection of this address. Who comes too often is not counted as a connection. */
  enter(name: string): Entry {
    const { addressConnectionsMax } = this.#limits
    const address = this.#connected.get(name) ?? this.#gone.get(name) ?? this.#newcomer()
    const isInTime = address.bucket.tryTake(1, this.#clock.now())
    const isFull = address.connections >= addressConnectionsMax
    if (isInTime && !isFull) return { ok: true, leave: this.#count(name, address) }
    const closing = isInTime
      ? closings.tooManyFromAddress(addressConnectionsMax)
      : closings.tooFastFromAddress()
    return { ok: false, closing }
  }

  #newcomer(): Address {
    const { addressConnectsPerSecond, addressConnectsBurst } = this.#limits
    const rate = { perSecond: addressConnectsPerSecond, burst: addressConnectsBurst }
    return { connections: 0, bucket: new TokenBucket(rate, this.#clock.now()) }
  }

  #count(name: string, address: Address): Disposer {
    address.connections += 1
    this.#gone.delete(name)
    this.#connected.set(name, address)
    let isIn = true
    return () => {
      if (!isIn) return
      isIn = false
      address.connections -= 1
      if (address.connections > 0) return
      this.#connected.delete(name)
      this.#remember(name, address)
    }
  }

  /** Until its bucket is full again; an address that came once is full at once. */
  #remember(name: string, address: Address): void {
    this.#gone.set(name, address)
    this.#forget()
  }

  /** From the front: a bucket there has rested longest, and none needs longer than `burst / perSecond`. */
  #forget(): void {
    const now = this.#clock.now()
    for (const [name, { bucket }] of this.#gone) {
      if (this.#gone.size <= this.#limits.addressesMax && !bucket.isFull(now)) return
      this.#gone.delete(name)
    }
  }
}
