/**
 * Keeps title and size of a changing document beside it in the store, for the list of documents. Runs now and then,
 * never at each change; what fails is only logged, the next change tries again.
 */
import type { Clock, Disposer } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import type { DocumentFunctions } from './documents.ts'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'

/** What a describer stands on. */
export interface DescriberPorts {
  readonly store: Store
  readonly documents: DocumentFunctions
  readonly clock: Clock
  readonly limits: Limits
  readonly log: Log
  /** All of the document. */
  read(): Promise<Uint8Array>
}

/** A description may take at most one part in this many of the time, so that big documents are described less often. */
const SHARE = 20

/** Describes one document. */
export class Describer {
  readonly #id: string
  readonly #ports: DescriberPorts
  #isStale = false
  #restMs: number
  #describedAt = Number.NEGATIVE_INFINITY
  #cancel: Disposer | null = null

  constructor(id: string, ports: DescriberPorts) {
    this.#id = id
    this.#ports = ports
    this.#restMs = ports.limits.describeMs
  }

  /** The document changed. */
  changed(): void {
    const { documents, clock, limits } = this.#ports
    if (!documents.summary) return
    this.#isStale = true
    if (this.#cancel) return
    // After a quiet while the first change is described soon; one that goes on changing less and less often.
    if (clock.now() - this.#describedAt > 2 * this.#restMs) this.#restMs = limits.describeMs
    this.#cancel = clock.after(this.#restMs, () => {
      this.#cancel = null
      void this.flush()
    })
  }

  /** Describes now if anything changed since the last time. Never rejects. */
  async flush(): Promise<void> {
    const { store, documents, clock, limits, log } = this.#ports
    if (!this.#isStale || !documents.summary) return
    this.#isStale = false
    const startedAt = clock.now()
    try {
      await store.describe(this.#id, await documents.summary(await this.#ports.read()))
    } catch (error) {
      log.warn('cannot describe', { document: this.#id, error: errorText(error) })
    }
    this.#describedAt = clock.now()
    const tookMs = this.#describedAt - startedAt
    this.#restMs = Math.max(Math.min(2 * this.#restMs, limits.describeMsMax), SHARE * tookMs)
  }

  dispose(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
