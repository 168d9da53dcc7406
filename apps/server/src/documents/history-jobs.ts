/**
 * The jobs of the history, as they travel to a thread: all bytes in one list, with how many of them are what. Packing and
 * unpacking are beside each other, so that no number of one list is known anywhere else.
 */
import { restoreUpdate } from '@kolam/board/history'
import type { Append } from '@kolam/persistence'
import { withDocument } from '@kolam/relay/yjs'
import { type BoardNews, type ComparedStates, compareStates } from '../history/compare-states.ts'
import { type MadePoint, makePoint, type PointMaterial } from '../history/make-point.ts'
import { type MergedPoint, mergePoints, type RunOfPoints } from '../history/rewrite-points.ts'

/** Who sent an update and when; its bytes are among the parts. */
type Sent = Omit<Append, 'update'>

/** What is done for the history. */
export type HistoryJob =
  | {
      readonly name: 'makePoint'
      readonly parts: readonly Uint8Array[]
      readonly counts: readonly number[]
      readonly sent: readonly Sent[]
    }
  | {
      readonly name: 'mergePoints'
      readonly parts: readonly Uint8Array[]
      readonly counts: readonly number[]
    }
  | {
      readonly name: 'compareStates'
      readonly parts: readonly Uint8Array[]
      readonly counts: readonly number[]
      readonly sent: readonly Sent[]
    }
  | {
      readonly name: 'restoreEdit'
      readonly parts: readonly Uint8Array[]
      readonly counts: readonly number[]
      /** The ids of the shapes; null for everything. */
      readonly shapes: readonly string[] | null
    }

/** What each of them results in. */
export interface HistoryJobResults {
  makePoint: MadePoint
  mergePoints: MergedPoint
  compareStates: BoardNews
  /** Null where nothing changes. */
  restoreEdit: Uint8Array | null
}

/** A document now, what it is to read like again, and which shapes of it. */
export interface RestoreMaterial {
  readonly current: readonly Uint8Array[]
  readonly from: readonly Uint8Array[]
  readonly shapes: readonly string[] | null
}

export const historyJobs = {
  makePoint: ({ parts, chain, mark, updates }: PointMaterial): HistoryJob => ({
    name: 'makePoint',
    ...packed([parts, chain, mark ? [mark] : [], updates.map(({ update }) => update)]),
    sent: updates.map(sentOf),
  }),
  mergePoints: ({ kept, merged, journals }: RunOfPoints): HistoryJob => ({
    name: 'mergePoints',
    ...packed([kept, merged, journals]),
  }),
  compareStates: ({ before, after, journals, updates }: ComparedStates): HistoryJob => ({
    name: 'compareStates',
    ...packed([before, after, journals, updates.map(({ update }) => update)]),
    sent: updates.map(sentOf),
  }),
  restoreEdit: ({ current, from, shapes }: RestoreMaterial): HistoryJob => ({
    name: 'restoreEdit',
    ...packed([current, from]),
    shapes,
  }),
} as const

/** Does the job here and now. */
export function runHistoryJob(job: HistoryJob): HistoryJobResults[HistoryJob['name']] {
  const [first = [], second = [], third = [], fourth = []] = unpacked(job)
  switch (job.name) {
    case 'makePoint': {
      const updates = appendsOf(fourth, job.sent)
      return makePoint({ parts: first, chain: second, mark: third[0] ?? null, updates })
    }
    case 'mergePoints':
      return mergePoints({ kept: first, merged: second, journals: third })
    case 'compareStates': {
      const updates = appendsOf(fourth, job.sent)
      return compareStates({ before: first, after: second, journals: third, updates })
    }
    case 'restoreEdit':
      return withDocument(first, (current) =>
        withDocument(second, (from) => restoreUpdate(current, from, job.shapes ?? undefined)),
      )
  }
}

function packed(lists: readonly (readonly Uint8Array[])[]): {
  parts: Uint8Array[]
  counts: number[]
} {
  return { parts: lists.flat(), counts: lists.map(({ length }) => length) }
}

function unpacked({ parts, counts }: HistoryJob): Uint8Array[][] {
  let from = 0
  return counts.map((count) => parts.slice(from, (from += count)))
}

function sentOf({ document, at, author }: Append): Sent {
  return { document, at, author }
}

function appendsOf(updates: readonly Uint8Array[], sent: readonly Sent[]): Append[] {
  return updates.map((update, index) => ({ update, ...sent[index]! }))
}
