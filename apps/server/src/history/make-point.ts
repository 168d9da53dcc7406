/**
 * The bytes of a point: what leads from the point before to the document as it is, proven to lead there. What came and
 * went in between is not in it; what was there at the point before still is, in the bytes of that point.
 */
import type { Append, PointBytes, PointGrowth } from '@kolam/persistence'
import { canonicalOf, compact, diff, withDocument } from '@kolam/relay/yjs'
import * as Y from 'yjs'
import { entriesOf, type JournalEntry, writeJournal } from './journal.ts'

/** What a point is made of. */
export interface PointMaterial {
  /** The document as it is. */
  readonly parts: readonly Uint8Array[]
  /** What leads to the point before; empty where there is none, or none that can be used. */
  readonly chain: readonly Uint8Array[]
  /** The mark of the point before. */
  readonly mark: Uint8Array | null
  /** What came since then. */
  readonly updates: readonly Append[]
}

/** A point without its words. */
export interface MadePoint extends PointBytes, PointGrowth {
  readonly mark: Uint8Array
}

/** Names shown beside a point; more say nothing more. */
const AUTHORS_MAX = 50

/** Makes a point. Throws where the document cannot be read. */
export function makePoint({ parts, chain, mark, updates }: PointMaterial): MadePoint {
  const state = compact(parts)
  const entries = entriesOf(updates)
  const growth = { updates: updates.length, authors: authorsOf(entries) }
  const made = { journal: writeJournal(entries), mark: markOf(state), ...growth }
  if (mark && chain.length > 0) {
    const delta = diff(state, mark)
    if (leadsTo([...chain, delta], state)) return { base: false, delta, ...made }
  }
  return { base: true, delta: state, ...made }
}

/** Whether these updates make the same document as that one. */
export function leadsTo(updates: readonly Uint8Array[], state: Uint8Array): boolean {
  const [made, meant] = [updates, [state]].map((each) => withDocument(each, canonicalOf))
  return Buffer.compare(made!, meant!) === 0
}

/** Everybody in these entries, the most busy first. */
export function authorsOf(entries: readonly JournalEntry[]): string[] {
  const counts = new Map<string, number>()
  for (const { author, updates } of entries) {
    if (author !== '') counts.set(author, (counts.get(author) ?? 0) + updates)
  }
  const sorted = Array.from(counts).sort(([, a], [, b]) => b - a)
  return sorted.slice(0, AUTHORS_MAX).map(([author]) => author)
}

/** What the next point needs to know of this state: how far each client's structs go. */
function markOf(state: Uint8Array): Uint8Array {
  return withDocument([state], (doc) => Y.encodeStateVector(doc))
}
