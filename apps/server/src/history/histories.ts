/** What people ask of histories: the list, a state, what happened, a name, going back, and forgetting. */
import type { PointInfo, PointWords, Store } from '@kolam/persistence'
import type { Relay } from '@kolam/relay'
import type { ServerDocuments } from '../documents/functions.ts'
import type { BoardNews } from './compare-states.ts'
import type { PointMaker } from './point-maker.ts'
import type { Tidier } from './tidier.ts'

/** What it stands on. */
export interface HistoriesPorts {
  readonly store: Store
  readonly relay: Pick<Relay, 'read' | 'apply'>
  readonly documents: ServerDocuments
  readonly maker: PointMaker
  readonly tidier: Tidier
}

/** A point by its number, or the document as it is. */
export type Moment = number | 'now'

/** Going back. */
export interface RestoreRequest {
  /** The ids of the shapes to bring back; null for everything. */
  readonly shapes: readonly string[] | null
  readonly author: string
}

/** What going back came to. */
export interface Restored {
  /** The point that shows what was there before; null where the document was empty. */
  readonly before: number | null
  /** False where everything read like that already. */
  readonly changed: boolean
}

/** The histories of all documents; rejects with a `StoreError` or a `RelayError`. */
export class Histories {
  readonly #ports: HistoriesPorts

  constructor(ports: HistoriesPorts) {
    this.#ports = ports
  }

  list(id: string): Promise<PointInfo[]> {
    return this.#ports.store.history.list(id)
  }

  /** Keeps the document as it is now under a name; null where there is nothing in it. */
  keep(id: string, words: PointWords): Promise<number | null> {
    return this.#ports.maker.make(id, words)
  }

  /** Gives a point a name; an empty one makes it one of those that made themselves. */
  async rename(id: string, number: number, name: string): Promise<void> {
    const { store, maker } = this.#ports
    await maker.inLine(id, async () => {
      const point = (await store.history.list(id)).find((known) => known.number === number)
      const kind = name === '' ? 'automatic' : 'named'
      await store.history.rename(id, number, { kind, name, author: point?.author ?? '' })
    })
  }

  /** The document at a point, as one update. */
  async state(id: string, number: number): Promise<Uint8Array> {
    const chain = await this.#ports.store.history.read(id, number)
    return this.#ports.documents.merge(
      chain.map(({ delta }) => delta),
      'document',
    )
  }

  /** What happened from one moment to a later one; from 0 on it is everything. */
  async changes(id: string, from: number, to: Moment): Promise<BoardNews> {
    const { store, documents } = this.#ports
    const before = from === 0 ? [] : await store.history.read(id, from)
    const after = await (to === 'now' ? this.#now(id) : this.#at(id, to))
    return documents.compareStates({
      before: before.map(({ delta }) => delta),
      after: after.parts,
      journals: after.journals.filter(({ number }) => number > from).map(({ journal }) => journal),
      updates: after.updates,
    })
  }

  /** Makes the document read as it did, by an edit like any other; what was there before is a point of its own. */
  async restore(id: string, number: number, request: RestoreRequest): Promise<Restored> {
    const { relay, documents, store } = this.#ports
    const { shapes, author } = request
    const from = (await store.history.read(id, number)).map(({ delta }) => delta)
    const before = await this.keep(id, { kind: 'before-restore', name: '', author })
    const current = [await relay.read(id)]
    const edit = await documents.restoreEdit({ current, from, shapes })
    if (edit) await relay.apply(id, edit, author)
    return { before, changed: edit !== null }
  }

  /** Forgets everything but the document as it is. */
  async squash(id: string): Promise<void> {
    const { store, maker, tidier } = this.#ports
    await maker.make(id)
    await maker.inLine(id, async () => {
      const numbers = (await store.history.list(id)).map((point) => point.number)
      await tidier.remove(id, numbers.slice(0, -1))
    })
  }

  async #at(id: string, number: number) {
    const chain = await this.#ports.store.history.read(id, number)
    return { parts: chain.map(({ delta }) => delta), journals: chain, updates: [] }
  }

  async #now(id: string) {
    const { store } = this.#ports
    const { snapshot, updates: tail, seq } = await store.open(id)
    const { last, updates } = await store.history.unrecorded(id, seq)
    const journals = last ? await store.history.read(id, last.number) : []
    return { parts: snapshot ? [snapshot, ...tail] : tail, journals, updates }
  }
}
