/** Boards as they were: fetched once, kept a while, within bounds. */
import * as Y from 'yjs'
import type { HistoryApi } from './api.ts'
import { Recent } from './recent.ts'

/** Going to and fro between a few versions costs one fetch each. */
const COUNT_MAX = 8
/** A document in memory is several times its bytes. */
const BYTES_MAX = 24 * 1024 * 1024

export class States {
  readonly #api: Pick<HistoryApi, 'state'>
  readonly #kept = new Recent<number, Y.Doc>({ count: COUNT_MAX, weight: BYTES_MAX })

  constructor(api: Pick<HistoryApi, 'state'>) {
    this.#api = api
  }

  /** The document at a point; nobody may write to it. Throws what Yjs throws for what it cannot read. */
  async get(number: number, signal: AbortSignal): Promise<Y.Doc> {
    const kept = this.#kept.get(number)
    if (kept) return kept
    const bytes = await this.#api.state(number, signal)
    signal.throwIfAborted()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, bytes)
    this.#kept.set(number, doc, bytes.length)
    return doc
  }

  clear(): void {
    this.#kept.clear()
  }
}
