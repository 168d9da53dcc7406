/** The port through which a client knows of the other tabs of its document. */

import type { Clock } from '@kolam/base'

/** What was heard of other tabs and is not known to be on the server. */
export interface Held {
  readonly changes: number
  readonly sinceMs: number | null
  add(update: Uint8Array): void
  /** The server brought this; returns whether anything needs to be held no longer. */
  brought(update: Uint8Array): boolean
  /** Everything held, which is held no longer. */
  takeAll(): readonly HeldUpdate[]
}

/** An update of another tab, and when it came. */
export interface HeldUpdate {
  readonly update: Uint8Array
  readonly atMs: number
}

/** What a hold stands on. */
export interface HoldOptions {
  readonly clock: Clock
  readonly holdMs: number
  /** The server has not brought these in time, oldest first. */
  readonly late: (held: readonly HeldUpdate[]) => void
}

/** Other tabs: they share what they do without a server. */
export interface Nearby {
  /** Whether a transaction of the document is what another tab did. */
  isOrigin(origin: unknown): boolean
  /** Whether the person with that awareness id is another tab that lives. */
  has(clientId: number): boolean
  /** Hears what another tab wrote and the document cannot take in yet: no transaction of that tab will tell of it. */
  onWaiting: ((update: Uint8Array) => void) | null
  /** Keeps what other tabs wrote until the server brings it. */
  createHold(options: HoldOptions): Held
}
