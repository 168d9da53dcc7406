/**
 * One person in a room: joins as a stock client does, and keeps count of what arrives. An update counts when it is
 * read, and only when everything before it of the same writer was read too.
 */
import * as encoding from 'lib0/encoding'
import type { Target } from '../harness/figures.ts'
import { Connection, type ConnectionEvents } from './connection.ts'
import type { LargeMessage } from './frame-reader.ts'
import { Histogram } from './histogram.ts'
import type { PresenceEntry, Range, Room } from './room.ts'
import { AUTH, AWARENESS, STEP1, STEP2, SYNC, UPDATE } from './wire.ts'
import { stateOf } from './writer.ts'

const AUTHENTICATED = 2

/** One client. */
export class Person implements ConnectionEvents {
  readonly room: Room
  readonly client: number
  latency = new Histogram()
  /** Updates that came although an earlier one had not. */
  gaps = 0
  /** Why the connection ended, if it did. */
  closedWith: string | null = null
  readonly #target: Target
  readonly #state: string
  readonly #updates
  readonly #presence
  /** By writer: the clock of the next update, and of the newest cursor. */
  readonly #next: Int32Array
  readonly #cursors: Int32Array
  #connection: Connection | null = null
  #clock = 0
  #settle: { resolve: () => void; reject: (error: Error) => void } | null = null

  constructor(room: Room, client: number, target: Target) {
    this.room = room
    this.client = client
    this.#target = target
    this.#state = stateOf(`Person ${client % 1000}`, null)
    this.#updates = room.updates.reader()
    this.#presence = room.presence.reader()
    this.#next = new Int32Array(room.writers.length)
    this.#cursors = new Int32Array(room.writers.length)
  }

  /** Connects; resolves at the step2, when a client takes itself for synced. */
  join(): Promise<void> {
    this.closedWith = null
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#connection = new Connection(this.#target.port, this.#target.path + this.room.name, this)
    })
  }

  write(frames: Buffer): void {
    this.#connection?.write(frames)
  }

  pause(): void {
    this.#connection?.pause()
  }

  resume(): void {
    this.#connection?.resume()
  }

  leave(): void {
    this.#connection?.end()
  }

  /** Back to the beginning of the room's tapes, which were cleared. */
  rewind(): void {
    this.#updates.rewind()
    this.#presence.rewind()
  }

  /** How many updates were sent and are not here. */
  get missing(): number {
    return this.room.writers.reduce(
      (sum, { clocks }, index) => sum + clocks - this.#next[index]!,
      0,
    )
  }

  /** Of how many others the newest cursor is not here; nobody needs to be told of their own. */
  get staleCursors(): number {
    return this.room.writers.filter(
      ({ client, cursorClock }, index) =>
        client !== this.client && cursorClock > this.#cursors[index]!,
    ).length
  }

  open(): void {
    if (this.room.wire.asksWho) this.#connection?.send(this.room.wire.auth())
    else this.#introduce()
  }

  closed(reason: string): void {
    this.closedWith = reason
    this.#settle?.reject(new Error(`Cannot join: ${reason}`))
  }

  message(bytes: Buffer, start: number, end: number): void {
    const at = start + this.room.wire.prefixBytes
    const type = bytes[at]
    if (type === SYNC) this.#sync(bytes, at + 1, end)
    else if (type === AWARENESS) this.#hear(this.#presence.read(bytes, bodyOf(bytes, at + 1), end))
    else if (type === AUTH && bytes[at + 1] === AUTHENTICATED) this.#introduce()
  }

  large(length: number): LargeMessage {
    const whole = Buffer.allocUnsafeSlow(length)
    let filled = 0
    return {
      piece: (bytes, start, end) => {
        filled += bytes.copy(whole, filled, start, end)
      },
      done: () => this.message(whole, 0, length),
    }
  }

  /** As stock clients do: what do you have, and here I am. */
  #introduce(): void {
    this.#connection?.send(this.room.wire.step1(this.#stateVector()))
    this.#announce()
  }

  #announce(): void {
    this.#clock += 1
    this.#connection?.send(this.room.wire.awareness(this.client, this.#clock, this.#state))
  }

  #sync(bytes: Buffer, at: number, end: number): void {
    const step = bytes[at]
    const body = bodyOf(bytes, at + 1)
    if (step === UPDATE) this.#take(this.#updates.read(bytes, body, end))
    if (step === STEP1) this.#connection?.send(this.room.wire.step2())
    if (step !== STEP2) return
    this.#take(this.room.rangesOf(bytes.subarray(body, end)))
    this.#settle?.resolve()
    this.#settle = null
  }

  #take(ranges: readonly Range[]): void {
    const now = performance.now()
    for (const { writer, from, to } of ranges) {
      const next = this.#next[writer]!
      if (from > next) this.gaps += 1
      if (from > next || to <= next) continue
      const { sentAt } = this.room.writers[writer]!
      for (let clock = next; clock < to; clock++) this.latency.add(now - sentAt[clock]!)
      this.#next[writer] = to
    }
  }

  #hear(entries: readonly PresenceEntry[]): void {
    for (const { client, writer, clock, gone } of entries) {
      if (client === this.client && gone) this.#insist(clock)
      else if (writer >= 0 && clock > this.#cursors[writer]!) this.#cursors[writer] = clock
    }
  }

  /** Somebody says that we are gone: y-protocols answers with a newer clock. */
  #insist(clock: number): void {
    this.#clock = Math.max(this.#clock, clock)
    this.#announce()
  }

  #stateVector(): Uint8Array {
    const known = this.room.writers.flatMap(({ client }, index) => {
      const clock = this.#next[index]!
      return clock > 0 ? [[client, clock] as const] : []
    })
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, known.length)
    for (const [client, clock] of known) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
    }
    return encoding.toUint8Array(encoder)
  }
}

/** Where the bytes begin whose length is written at `at`. */
function bodyOf(bytes: Buffer, at: number): number {
  let next = at
  while (bytes[next]! >= 0x80) next += 1
  return next + 1
}
