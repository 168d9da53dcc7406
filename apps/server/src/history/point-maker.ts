/** Makes points of documents as they are on disk, one after the other for each document. */
import type { Clock } from '@kolam/base'
import {
  type NewPoint,
  type PointWords,
  type Store,
  type StoredDocument,
  type StoredPoint,
  StoreError,
  type Unrecorded,
} from '@kolam/persistence'
import type { ServerDocuments } from '../documents/functions.ts'

/** What it stands on. */
export interface PointMakerPorts {
  readonly store: Store
  readonly documents: Pick<ServerDocuments, 'makePoint'>
  readonly clock: Clock
}

const AUTOMATIC: PointWords = { kind: 'automatic', name: '', author: '' }

/** Makes points. */
export class PointMaker {
  readonly #ports: PointMakerPorts
  /** The last thing under way for each document. */
  readonly #lines = new Map<string, Promise<unknown>>()

  constructor(ports: PointMakerPorts) {
    this.#ports = ports
  }

  /**
   * A point of the document as it is. Without words it is one of those that make themselves: null where nothing came
   * since the last one. With words there is always one: the last one is given them where nothing came and it had none.
   * Null also for a document that is empty or damaged.
   */
  make(id: string, words: PointWords | null = null): Promise<number | null> {
    return this.inLine(id, () => this.#make(id, words))
  }

  /** Runs what changes a document's history after what is under way for it. */
  async inLine<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#lines.get(id) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => {})
    this.#lines.set(id, settled)
    try {
      return await mine
    } finally {
      if (this.#lines.get(id) === settled) this.#lines.delete(id)
    }
  }

  async #make(id: string, words: PointWords | null): Promise<number | null> {
    const { store, clock } = this.#ports
    const document = await store.open(id)
    if (document.seq === 0 || document.damage) return null
    const unrecorded = await store.history.unrecorded(id, document.seq)
    if (unrecorded.last?.seq !== document.seq) {
      const at = words ? clock.now() : (unrecorded.updates.at(-1)?.at ?? clock.now())
      return this.#add(id, { document, unrecorded }, { ...(words ?? AUTOMATIC), at })
    }
    // Nothing came since the last point.
    if (!words) return null
    const last = (await store.history.list(id)).at(-1)
    if (last?.kind !== 'automatic') {
      return this.#add(id, { document, unrecorded }, { ...words, at: clock.now() })
    }
    await store.history.rename(id, last.number, words)
    return last.number
  }

  async #add(
    id: string,
    { document, unrecorded }: { document: StoredDocument; unrecorded: Unrecorded },
    words: PointWords & Pick<NewPoint, 'at'>,
  ): Promise<number> {
    const { store, documents } = this.#ports
    const { snapshot, updates: tail, seq } = document
    const { last, after, updates } = unrecorded
    const chain = await this.#chain(id, unrecorded)
    const made = await documents.makePoint({
      parts: snapshot ? [snapshot, ...tail] : tail,
      chain: chain.map(({ delta }) => delta),
      mark: last?.mark ?? null,
      updates,
    })
    return store.history.add(id, { ...made, ...words, after, seq })
  }

  /** What leads to the last point; nothing where that is damaged: the next one then holds everything. */
  async #chain(id: string, { last }: Unrecorded): Promise<StoredPoint[]> {
    if (!last) return []
    try {
      return await this.#ports.store.history.read(id, last.number)
    } catch (error) {
      if (error instanceof StoreError && error.code === 'corrupt') return []
      throw error
    }
  }
}
