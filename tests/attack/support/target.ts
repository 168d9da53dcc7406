/** What is attacked, seen from outside: where it listens, a few numbers, what it kept, and its own complaints. */

/** How full it is. */
export interface Fullness {
  readonly sessions: number
  readonly rooms: number
  readonly queuedBytes: number
}

/** A relay or a whole server. */
export interface Target {
  readonly port: number
  /** Where documents live, without the slash: `ws://127.0.0.1:4321/sync`. */
  readonly url: string
  /** Errors it logged about itself, as text. */
  readonly faults: readonly string[]
  /** Whether rooms that nobody uses go within a moment. */
  readonly unloadsSoon: boolean
  /** Timers it still waits for, where that can be told. */
  readonly timers: number
  fullness(): Promise<Fullness>
  /** Stops for good. Calling it again is harmless. */
  stop(): Promise<void>
  /** Everything it kept of a document, oldest first. Only after `stop()`. */
  stored(id: string): Promise<Uint8Array[]>
  /** Takes away everything it kept. Only after `stop()`. */
  forget(): Promise<void>
}

/** Everything kept of a document, in order. */
export function partsOf(document: {
  readonly snapshot: Uint8Array | null
  readonly updates: readonly Uint8Array[]
}): Uint8Array[] {
  return document.snapshot ? [document.snapshot, ...document.updates] : [...document.updates]
}
