/**
 * Every change that is not known to be on the server's disk, wherever it came from: written here, kept by this browser,
 * heard from other tabs. It watches the document and counts; when and how something is sent is the session's matter.
 */

import type { Clock } from '@kolam/base'
import type { Doc, Transaction } from 'yjs'
import type { Held, HeldUpdate, Nearby } from './nearby.ts'
import { Outbox } from './outbox.ts'
import type { Unsaved } from './unsaved.ts'

/** What changes need of their client. */
export interface ChangesPort {
  readonly doc: Doc
  readonly clock: Clock
  readonly holdMs: number
  /** Marks the document transactions of what came from the network. */
  readonly origin: unknown
  /** Whether the server takes updates now. */
  isTaking(): boolean
  /** There is something more to send. */
  added(): void
  /** What is unsaved may have changed. */
  moved(): void
}

/** Changes the document under that origin; returns what of it the document cannot take in yet. */
export type Apply = (origin: unknown) => Uint8Array | null

/** Marks what was restored when the line was there already. */
const RESTORED_LATE: unique symbol = Symbol('restored late')

/** Lives as long as its client. */
export class Changes {
  /** What goes to the server. */
  readonly outbox = new Outbox()
  readonly #port: ChangesPort
  /** Other tabs, where they are heard of, and what they wrote. */
  #nearby: Nearby | null = null
  #hold: Held | null = null
  readonly #onUpdate = (update: Uint8Array, origin: unknown, _: Doc, change: Transaction) =>
    this.#changed(update, origin, change)

  constructor(port: ChangesPort) {
    this.#port = port
    const { doc, clock } = port
    // What is in the document already may be on no disk at all; the first handshake tells.
    if (doc.store.clients.size > 0) {
      this.outbox.add({ update: new Uint8Array(), sinceMs: clock.now() })
    }
    doc.on('update', this.#onUpdate)
  }

  /** All of them; null when there is none. */
  get unsaved(): Unsaved | null {
    const { changes: own, sinceMs, starts } = this.outbox.all
    const changes = own + (this.#hold?.changes ?? 0)
    if (changes === 0) return null
    return { changes, sinceMs: Math.min(sinceMs, this.#hold?.sinceMs ?? Infinity), starts }
  }

  /**
   * Takes in what this browser kept; only `unsaved` of it counts. On a line everything is a change: the server may have told
   * already what it lacks. `apply` returns what the document cannot take in yet.
   */
  restore(unsaved: Unsaved | null, apply: Apply, hasLine: boolean): void {
    if (hasLine) {
      const pending = apply(RESTORED_LATE)
      if (pending) this.#own(pending)
      return
    }
    apply(this.#port.origin)
    if (unsaved) this.outbox.add({ ...unsaved, update: new Uint8Array(), shared: true })
    this.moved()
  }

  /** From now on other tabs are heard of. */
  joinTabs(nearby: Nearby): void {
    const { clock, holdMs } = this.#port
    this.#nearby = nearby
    nearby.onWaiting = (update) => this.#fromTab(update)
    this.#hold = nearby.createHold({ clock, holdMs, late: (held) => this.#takeOver(held) })
  }

  /** Whether somebody is another tab. */
  isNear(clientId: number): boolean {
    return this.#nearby?.has(clientId) ?? false
  }

  /** The server is not waited for any longer to bring what other tabs wrote. */
  gather(): void {
    this.#takeOver(this.#hold?.takeAll() ?? [])
  }

  /** The server has shown that it has this. */
  brought(update: Uint8Array): void {
    if (this.#hold?.brought(update)) this.moved()
  }

  /** What is unsaved may have changed. */
  moved(): void {
    this.#port.moved()
  }

  /** The document is not watched any more. */
  stop(): void {
    this.#port.doc.off('update', this.#onUpdate)
  }

  #changed(update: Uint8Array, origin: unknown, { local, beforeState }: Transaction): void {
    const { doc, clock } = this.#port
    if (origin === this.#port.origin) return
    if (this.#nearby?.isOrigin(origin)) return this.#fromTab(update)
    const starts = new Map(local ? [[doc.clientID, beforeState.get(doc.clientID) ?? 0]] : [])
    const shared = origin === RESTORED_LATE
    this.outbox.add({ update, sinceMs: clock.now(), local, starts, shared })
    this.#port.added()
    this.moved()
  }

  /** Another tab wrote this: mostly the server brings it in a moment, so that only one tab sends it. */
  #fromTab(update: Uint8Array): void {
    if (!this.#port.isTaking()) return this.#own(update)
    this.#hold?.add(update)
    this.moved()
  }

  /** Somebody else can have made this too, but it is for this client to send. */
  #own(update: Uint8Array): void {
    this.#takeOver([{ update, atMs: this.#port.clock.now() }])
    this.moved()
  }

  #takeOver(held: readonly HeldUpdate[]): void {
    for (const { update, atMs } of held) {
      this.outbox.add({ update, sinceMs: atMs, shared: true })
    }
    if (held.length > 0) this.#port.added()
  }
}
