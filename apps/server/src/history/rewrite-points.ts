/** One point that stands for itself and those before it that are to go, proven to show the same as before. */
import type { PointBytes, PointGrowth } from '@kolam/persistence'
import { diff, withDocument } from '@kolam/relay/yjs'
import * as Y from 'yjs'
import { COARSE_MOMENT_MS, joined, readJournal, writeJournal } from './journal.ts'
import { authorsOf, leadsTo } from './make-point.ts'

/** What leads to a point. */
export interface RunOfPoints {
  /** The bytes of the points that stay before it; empty where none does. */
  readonly kept: readonly Uint8Array[]
  /** The bytes of those that go, and last its own. */
  readonly merged: readonly Uint8Array[]
  /** Their journals. */
  readonly journals: readonly Uint8Array[]
}

/** The new bytes of the last one. */
export type MergedPoint = PointBytes & PointGrowth

/** Merges; throws where what comes out would show something else, and then nothing may be removed. */
export function mergePoints({ kept, merged, journals }: RunOfPoints): MergedPoint {
  const before = [...kept, ...merged]
  const state = withDocument(before, (doc) => Y.encodeStateAsUpdate(doc))
  const base = kept.length === 0
  const delta = base
    ? state
    : diff(
        state,
        withDocument(kept, (doc) => Y.encodeStateVector(doc)),
      )
  if (!leadsTo([...kept, delta], state) || !leadsTo(before, state)) {
    throw new Error('Cannot merge points: the result would show another document')
  }
  const entries = joined(journals.flatMap(readJournal), COARSE_MOMENT_MS)
  const updates = entries.reduce((sum, entry) => sum + entry.updates, 0)
  return { base, delta, journal: writeJournal(entries), updates, authors: authorsOf(entries) }
}
