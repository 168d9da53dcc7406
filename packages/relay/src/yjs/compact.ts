/**
 * One update in the place of many, with everything that was deleted tidied away; proven to make the same document before
 * it is given to anybody.
 */
import * as Y from 'yjs'
import { canonicalOf } from './canonical.ts'
import { coverageOf, covers } from './coverage.ts'
import { merge, withDocument } from './functions.ts'
import { scanUpdate } from './scan.ts'

/**
 * The document these updates make, as one update. Throws where what comes out would not be the same document: then the
 * updates are all there is.
 */
export function compact(parts: readonly Uint8Array[]): Uint8Array {
  const { tidy, canonical } = withDocument(parts, (doc) => ({
    tidy: Y.encodeStateAsUpdate(doc),
    canonical: canonicalOf(doc),
  }))
  // Larger, but nothing was made of it.
  for (const bytes of [() => tidy, () => merge(parts)]) {
    const update = bytes()
    if (holdsAll(update, parts) && isSame(canonicalIn(update), canonical)) return update
  }
  throw new Error('Cannot compact: the result would be another document')
}

function canonicalIn(update: Uint8Array): Uint8Array {
  return withDocument([update], canonicalOf)
}

/** Every clock that was there, also behind gaps, and every deletion, also of what has not come yet. */
function holdsAll(update: Uint8Array, parts: readonly Uint8Array[]): boolean {
  const scans = parts.map(scanUpdate)
  const structs = scans.flatMap((scan) => scan.structs)
  const deletes = scans.flatMap((scan) => scan.deletes)
  return covers(coverageOf(scanUpdate(update)), coverageOf({ structs, deletes }))
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
