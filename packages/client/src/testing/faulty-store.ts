/** A store that fails on demand, in front of one that does not. */

import { OfflineError, type OfflineFault } from '../offline/error.ts'
import type { MemoryStore } from '../offline/memory-store.ts'
import type { KeptDocument, OfflineStore, Opened, Write } from '../offline/store.ts'

/** Passes everything on, unless told otherwise. */
export class FaultyStore implements OfflineStore {
  readonly #inner: MemoryStore
  /** What the next calls fail with; null for one that works. */
  readonly faults: (OfflineFault | null)[] = []
  /** Steps that reached the store, in order. */
  readonly steps: Write[] = []
  /** Calls from this one on never end and do nothing: the page died. */
  diesAfter = Infinity

  constructor(inner: MemoryStore) {
    this.#inner = inner
  }

  async open(document: string): Promise<Opened> {
    await this.#next()
    return this.#inner.open(document)
  }

  async write(step: Write): Promise<number | null> {
    await this.#next()
    this.steps.push(step)
    return this.#inner.write(step)
  }

  wipe(document: string): Promise<void> {
    return this.#inner.wipe(document)
  }

  wipeIfSaved(document: string): Promise<boolean> {
    return this.#inner.wipeIfSaved(document)
  }

  wipeAll(): Promise<void> {
    return this.#inner.wipeAll()
  }

  list(): Promise<KeptDocument[]> {
    return this.#inner.list()
  }

  close(): void {}

  #next(): Promise<void> {
    if (this.diesAfter <= 0) return new Promise(() => undefined)
    this.diesAfter -= 1
    const fault = this.faults.shift()
    return fault ? Promise.reject(new OfflineError(fault)) : Promise.resolve()
  }
}
