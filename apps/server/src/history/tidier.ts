/** Keeps histories small: by age, by what one document may take, and by what all of them may. */
import type { PointInfo, Store } from '@kolam/persistence'
import type { ServerDocuments } from '../documents/functions.ts'
import { everySecond, type HistoryRules, outdated } from './thinning.ts'

/** What it stands on. */
export interface TidierPorts {
  readonly store: Store
  readonly documents: Pick<ServerDocuments, 'mergePoints'>
  readonly rules: HistoryRules
}

/** Points in a row that go, and the one after them that stands for them. */
interface Run {
  readonly removed: readonly number[]
  readonly next: number
}

/** Takes points away. Whoever calls sees to it that nobody else changes that history meanwhile. */
export class Tidier {
  readonly #ports: TidierPorts

  constructor(ports: TidierPorts) {
    this.#ports = ports
  }

  /** Takes from one history what is too old or too much. */
  async tidy(id: string, now: number): Promise<void> {
    const { store, rules } = this.#ports
    await this.remove(id, outdated(await store.history.list(id), { days: rules.days, now }))
    await this.shrink(id, rules.documentBytesMax)
  }

  /** Takes points until the history fits, or nothing is left that may go. */
  async shrink(id: string, bytesMax: number): Promise<void> {
    for (;;) {
      const points = await this.#ports.store.history.list(id)
      const bytes = points.reduce((sum, point) => sum + point.bytes, 0)
      const removed = bytes > bytesMax ? everySecond(points) : []
      if (removed.length === 0) return
      await this.remove(id, removed)
    }
  }

  /** Takes these points; the ones after them still show what they showed. */
  async remove(id: string, numbers: readonly number[]): Promise<void> {
    const { history } = this.#ports.store
    for (const run of runsOf(await history.list(id), new Set(numbers))) await this.#merge(id, run)
  }

  async #merge(id: string, { removed, next }: Run): Promise<void> {
    const { store, documents } = this.#ports
    const chain = await store.history.read(id, next)
    const first = chain.findIndex(({ number }) => removed.includes(number))
    // Where the next one holds everything, it needs nothing of those before it.
    if (first < 0) return store.history.rewrite(id, { removed, replaced: [] })
    const [kept, merged] = [chain.slice(0, first), chain.slice(first)]
    const made = await documents.mergePoints({
      kept: kept.map(({ delta }) => delta),
      merged: merged.map(({ delta }) => delta),
      journals: merged.map(({ journal }) => journal),
    })
    await store.history.rewrite(id, { removed, replaced: [{ number: next, ...made }] })
  }
}

/** The last point never goes, so each run has one after it. */
function runsOf(points: readonly PointInfo[], numbers: ReadonlySet<number>): Run[] {
  const runs: Run[] = []
  let removed: number[] = []
  for (const { number } of points) {
    if (numbers.has(number)) removed.push(number)
    else if (removed.length > 0) {
      runs.push({ removed, next: number })
      removed = []
    }
  }
  return runs
}
