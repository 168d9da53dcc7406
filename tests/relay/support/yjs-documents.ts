/** Document functions with Yjs itself, in this thread: small and plain, for tests only. */
import type { DocumentFunctions } from '@kolam/relay'
import { compact, sift } from '@kolam/relay/yjs'
import * as Y from 'yjs'

export const yjsDocuments: DocumentFunctions = {
  inspect(update) {
    const { structs, ds } = Y.decodeUpdate(update)
    return {
      structs: structs
        .filter((struct) => !(struct instanceof Y.Skip))
        .map(({ id, length }) => ({ client: id.client, clock: id.clock, length })),
      deletes: [...ds.clients.values()].reduce((sum, ranges) => sum + ranges.length, 0),
    }
  },
  merge: async (updates) => Y.mergeUpdates([...updates]),
  compact: async (updates) => compact(updates),
  diff: async (bytes, stateVector) => Y.diffUpdate(bytes, stateVector),
  sift: async (parts, update) => sift(parts, update),
  addsNothing: async (bytes, update) => Y.snapshotContainsUpdate(Y.snapshot(docOf(bytes)), update),
}

/** The document these updates make. */
export function docOf(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}
