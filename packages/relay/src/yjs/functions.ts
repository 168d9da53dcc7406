/**
 * What the relay asks of a document: plain functions over encoded Yjs updates, for this thread or a worker. They keep
 * nothing between calls and trust no bytes.
 */
import * as Y from 'yjs'
import type { UpdateInfo } from '../documents.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import { scanUpdate } from './scan.ts'

/** Runs of structs and number of deletions of an update; throws where it is malformed. */
export function inspect(update: Uint8Array): UpdateInfo {
  const { structs, deletes, emptied } = scanUpdate(update)
  const info = { structs, deletes: deletes.length }
  return emptied.length > 0 ? { ...info, emptied } : info
}

/** What Yjs takes at once: the time it needs grows with the square of their number. */
const MERGED_AT_ONCE = 32

/** One update that holds what all of these hold, put together without a document in memory. Fast; drops nothing. */
export function merge(updates: readonly Uint8Array[]): Uint8Array {
  let parts = [...updates]
  while (parts.length > MERGED_AT_ONCE) {
    parts = groupsOf(parts, MERGED_AT_ONCE).map((group) => Y.mergeUpdates(group))
  }
  return Y.mergeUpdates(parts)
}

/** The same, but what was deleted gives its content up. Some three times slower, and smaller. */
export function mergeThoroughly(updates: readonly Uint8Array[]): Uint8Array {
  return withDocument(updates, (doc) => Y.encodeStateAsUpdate(doc))
}

/** What somebody with this state vector lacks. */
export function diff(bytes: Uint8Array, stateVector: Uint8Array): Uint8Array {
  return Y.diffUpdate(bytes, stateVector)
}

/** Which structs an update holds and what it deletes. */
export function coverage(bytes: Uint8Array): Coverage {
  return coverageOf(scanUpdate(bytes))
}

/** What `read` finds in the document these updates make, which is gone afterwards. */
export function withDocument<T>(updates: readonly Uint8Array[], read: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    return read(doc)
  } finally {
    doc.destroy()
  }
}

function groupsOf<T>(list: readonly T[], size: number): T[][] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, i) => list.slice(i * size, (i + 1) * size))
}
