/**
 * What the server reads out of documents: plain functions over encoded updates, for this thread or a worker.
 *
 * The only file of the server that knows Yjs. It keeps nothing between calls and trusts no bytes.
 */
import type { UpdateInfo } from '@kolam/relay'
import * as Y from 'yjs'
import { type Coverage, coverageOf, type Decoded } from './coverage.ts'

/** The longest title kept; longer ones are cut where they are read and refused where they are set. */
export const TITLE_MAX = 200

/** What the list of documents shows of one. */
export interface Summary {
  readonly title: string
  readonly shapes: number
}

/** Runs of structs and number of deletions of an update; throws where it is malformed. */
export function inspect(update: Uint8Array): UpdateInfo {
  const { structs, ds } = decode(update)
  const runs: { client: number; clock: number; length: number }[] = []
  for (const { id, length } of structs) {
    const last = runs.at(-1)
    if (last?.client === id.client && last.clock + last.length === id.clock) last.length += length
    else runs.push({ client: id.client, clock: id.clock, length })
  }
  const deletes = Array.from(ds.clients.values()).reduce((sum, ranges) => sum + ranges.length, 0)
  return { structs: runs, deletes }
}

/** One update that holds what all of these hold, put together without a document in memory. Fast; drops nothing. */
export function merge(updates: readonly Uint8Array[]): Uint8Array {
  return Y.mergeUpdates([...updates])
}

/** The same, but what was deleted gives its content up. Some three times slower, and smaller. */
export function mergeThoroughly(updates: readonly Uint8Array[]): Uint8Array {
  return withDoc(updates, (doc) => Y.encodeStateAsUpdate(doc))
}

/** What somebody with this state vector lacks. */
export function diff(bytes: Uint8Array, stateVector: Uint8Array): Uint8Array {
  return Y.diffUpdate(bytes, stateVector)
}

/** Which structs an update holds and what it deletes. */
export function coverage(bytes: Uint8Array): Coverage {
  return coverageOf(decode(bytes))
}

/** Title and number of shapes. */
export function summary(bytes: Uint8Array): Summary {
  return withDoc([bytes], (doc) => ({ title: titleOf(doc), shapes: doc.getMap('shapes').size }))
}

/** The update that gives a document another title; null where it has that title already. */
export function titleEdit(bytes: Uint8Array, title: string): Uint8Array | null {
  return withDoc([bytes], (doc) => {
    if (titleOf(doc) === title) return null
    let edit: Uint8Array | null = null
    doc.once('update', (update: Uint8Array) => (edit = update))
    doc.getMap('meta').set('title', title)
    return edit
  })
}

function titleOf(doc: Y.Doc): string {
  const title = doc.getMap('meta').get('title')
  return typeof title === 'string' ? title.slice(0, TITLE_MAX).trim() : ''
}

function withDoc<T>(updates: readonly Uint8Array[], read: (doc: Y.Doc) => T): T {
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

/** The structs of an update without the gaps, and what it deletes. */
function decode(update: Uint8Array): Decoded {
  const { structs, ds } = Y.decodeUpdate(update)
  const real = structs.filter((struct) => !(struct instanceof Y.Skip))
  // No client writes a struct of length 0, and Yjs may loop for ever over one.
  if (real.some(({ length }) => length < 1))
    throw new RangeError('Cannot read the update: a struct is empty')
  return { structs: real, ds }
}
