/** The history of documents in memory. */
import {
  checkNewPoint,
  checkRemoved,
  type History,
  type HistorySize,
  type NewPoint,
  type PointInfo,
  type PointWords,
  type Rewrite,
  type RewrittenPoint,
  type StoredPoint,
  type Unrecorded,
  unknownPoint,
} from './history.ts'
import type { Append } from './store.ts'

/** A point in memory. */
export type MemoryPoint = NewPoint & { readonly number: number }

/** What the history needs of a document. */
export interface HistoryEntry {
  readonly id: string
  points: MemoryPoint[]
  /** The number of the last update. */
  readonly seq: number
  /** The updates after `seq` up to `upto` that are still there. */
  logged(seq: number, upto: number): Append[]
  /** A point was added: what it holds need not stay. */
  recorded(): void
}

/** Where the entries are; `find` refuses documents that are put away. */
export interface HistoryEntries {
  find(id: string): HistoryEntry | undefined
  known(id: string): HistoryEntry
  all(): Iterable<HistoryEntry>
}

export class MemoryHistory implements History {
  readonly #entries: HistoryEntries

  constructor(entries: HistoryEntries) {
    this.#entries = entries
  }

  async unrecorded(id: string, upto: number): Promise<Unrecorded> {
    const entry = this.#entries.find(id)
    if (!entry) return { last: null, after: 0, updates: [] }
    const last = entry.points.at(-1) ?? null
    return {
      last: last && { number: last.number, seq: last.seq, mark: last.mark.slice() },
      after: last?.number ?? 0,
      updates: entry.logged(last?.seq ?? 0, upto),
    }
  }

  async add(id: string, point: NewPoint): Promise<number> {
    const entry = this.#entries.known(id)
    const last = entry.points.at(-1) ?? null
    checkNewPoint(id, point, { last, seq: entry.seq })
    const number = (last?.number ?? 0) + 1
    entry.points.push({ ...copied(point), mark: point.mark.slice(), number })
    entry.recorded()
    return number
  }

  async list(id: string): Promise<PointInfo[]> {
    return this.#entries.find(id)?.points.map(infoOf) ?? []
  }

  async read(id: string, number: number): Promise<StoredPoint[]> {
    const points = this.#entries.find(id)?.points ?? []
    const end = points.findIndex((point) => point.number === number)
    if (end < 0) throw unknownPoint(id, number)
    const upto = points.slice(0, end + 1)
    return upto.slice(upto.findLastIndex(({ base }) => base)).map((point) => {
      const { number, base } = point
      return { number, base, delta: point.delta.slice(), journal: point.journal.slice() }
    })
  }

  async rename(id: string, number: number, words: PointWords): Promise<void> {
    const entry = this.#entries.find(id)
    const point = entry?.points.find((known) => known.number === number)
    if (!entry || !point) throw unknownPoint(id, number)
    const { kind, name, author } = words
    entry.points = entry.points.map((known) =>
      known === point ? { ...known, kind, name, author } : known,
    )
  }

  async rewrite(id: string, { removed, replaced }: Rewrite): Promise<void> {
    const entry = this.#entries.known(id)
    const known = new Set(entry.points.map(({ number }) => number))
    checkRemoved(id, removed, entry.points.at(-1)?.number ?? 0)
    for (const number of [...removed, ...replaced.map((point) => point.number)]) {
      if (!known.has(number)) throw unknownPoint(id, number)
    }
    const news = new Map(replaced.map((point) => [point.number, point]))
    entry.points = entry.points
      .filter(({ number }) => !removed.includes(number))
      .map((point) => rewritten(point, news.get(point.number)))
  }

  async sizes(): Promise<HistorySize[]> {
    return [...this.#entries.all()]
      .filter(({ points }) => points.length > 0)
      .map(({ id, points }) => ({ document: id, points: points.length, bytes: bytesOf(points) }))
  }
}

/** What points take. */
export function bytesOf(points: readonly MemoryPoint[]): number {
  return points.reduce((sum, point) => sum + infoOf(point).bytes, 0)
}

function copied<P extends { readonly delta: Uint8Array; readonly journal: Uint8Array }>(
  point: P,
): P {
  return { ...point, delta: point.delta.slice(), journal: point.journal.slice() }
}

function rewritten(point: MemoryPoint, change: RewrittenPoint | undefined): MemoryPoint {
  return change ? { ...point, ...copied(change) } : point
}

function infoOf(point: MemoryPoint): PointInfo {
  const { number, at, seq, kind, name, author, updates, authors, delta, journal, mark } = point
  const bytes = delta.length + journal.length + mark.length
  return { number, at, seq, kind, name, author, updates, authors: [...authors], bytes }
}
