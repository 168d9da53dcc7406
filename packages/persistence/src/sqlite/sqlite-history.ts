/** The history of the store on disk: each call goes to the worker. */
import type {
  History,
  HistorySize,
  NewPoint,
  PointInfo,
  PointWords,
  Rewrite,
  StoredPoint,
  Unrecorded,
} from '../history.ts'
import { type Answers, type Call, unpackBatch } from './messages.ts'

/** Asks the worker; rejects with a `StoreError`. */
export type Ask = <C extends Call>(call: C) => Promise<Answers[C['name']]>

export class SqliteHistory implements History {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async unrecorded(id: string, upto: number): Promise<Unrecorded> {
    const { updates, ...rest } = await this.#ask({ name: 'unrecorded', document: id, upto })
    return { ...rest, updates: unpackBatch(updates) }
  }

  add(id: string, point: NewPoint): Promise<number> {
    return this.#ask({
      name: 'addPoint',
      document: id,
      point: { ...tight(point), mark: point.mark.slice() },
    })
  }

  list(id: string): Promise<PointInfo[]> {
    return this.#ask({ name: 'listPoints', document: id })
  }

  read(id: string, number: number): Promise<StoredPoint[]> {
    return this.#ask({ name: 'readPoint', document: id, number })
  }

  async rename(id: string, number: number, words: PointWords): Promise<void> {
    await this.#ask({ name: 'renamePoint', document: id, number, words })
  }

  async rewrite(id: string, { removed, replaced }: Rewrite): Promise<void> {
    const change = { removed, replaced: replaced.map(tight) }
    await this.#ask({ name: 'rewritePoints', document: id, change })
  }

  sizes(): Promise<HistorySize[]> {
    return this.#ask({ name: 'historySizes' })
  }
}

/** With bytes of its own: of a view all of the memory behind it would be sent. */
function tight<P extends { readonly delta: Uint8Array; readonly journal: Uint8Array }>(
  point: P,
): P {
  return { ...point, delta: point.delta.slice(), journal: point.journal.slice() }
}
