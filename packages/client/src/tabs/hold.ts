/**
 * What other tabs have written, for as long as the server is expected to bring it: what it brings is dropped, what it
 * does not bring in time becomes a change of this client, so that a tab that died unsent loses nothing.
 */

import type { Disposer } from '@kolam/base'
import type { Held, HeldUpdate, HoldOptions } from '../nearby.ts'
import { type Ranges, rangesOf, without } from './ranges.ts'

interface Entry extends HeldUpdate {
  /** What the server has not brought yet. */
  readonly missing: Ranges
}

/** Oldest first. */
export class Hold implements Held {
  readonly #options: HoldOptions
  #entries: readonly Entry[] = []
  #cancel: Disposer | null = null

  constructor(options: HoldOptions) {
    this.#options = options
  }

  /** How many updates are held. */
  get changes(): number {
    return this.#entries.length
  }

  /** When the oldest came; null when nothing is held. */
  get sinceMs(): number | null {
    return this.#entries[0]?.atMs ?? null
  }

  /** Waits for the server to bring this. */
  add(update: Uint8Array): void {
    const atMs = this.#options.clock.now()
    this.#entries = [...this.#entries, { update, atMs, missing: rangesOf(update) }]
    this.#watch()
  }

  /** The server brought an update; returns whether anything needs to be held no longer. */
  brought(update: Uint8Array): boolean {
    const before = this.#entries.length
    if (before === 0) return false
    const there = rangesOf(update)
    this.#entries = this.#entries
      .map((entry) => ({ ...entry, missing: missingAfter(entry.missing, there) }))
      .filter(({ missing }) => missing.structs.length + missing.deletes.length > 0)
    return this.#entries.length < before
  }

  /** Everything held, which is held no longer. */
  takeAll(): readonly HeldUpdate[] {
    const entries = this.#entries
    this.#entries = []
    this.#cancel?.()
    this.#cancel = null
    return entries
  }

  #watch(): void {
    if (this.#cancel || this.#entries.length === 0) return
    const { clock, holdMs } = this.#options
    const waitMs = (this.sinceMs ?? 0) + holdMs - clock.now()
    this.#cancel = clock.after(Math.min(holdMs, waitMs), () => {
      this.#cancel = null
      this.#release()
    })
  }

  #release(): void {
    const { clock, holdMs, late } = this.#options
    const isLate = ({ atMs }: Entry) => atMs + holdMs <= clock.now()
    const gone = this.#entries.filter(isLate)
    this.#entries = this.#entries.filter((entry) => !isLate(entry))
    this.#watch()
    if (gone.length > 0) late(gone)
  }
}

function missingAfter(missing: Ranges, there: Ranges): Ranges {
  return {
    structs: without(missing.structs, there.structs),
    deletes: without(missing.deletes, there.deletes),
  }
}
