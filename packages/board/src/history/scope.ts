/** Which shapes a restore is about. Pure. */
import type { ShapeId } from '../shape.ts'
import { has, type Reading } from './reading.ts'

/** What is to read as it did, and what was not there and is to go. */
export interface Scope {
  readonly kept: ReadonlySet<ShapeId>
  readonly gone: ReadonlySet<ShapeId>
}

/** Everything. */
export function wholeScope(past: Iterable<ShapeId>, now: Iterable<ShapeId>): Scope {
  const kept = new Set(past)
  return { kept, gone: new Set(Array.from(now).filter((id) => !kept.has(id))) }
}

/**
 * These shapes with what was in them then, and what must hold them and cannot now. A chosen shape that
 * was not there then goes with what it contains, but what was there then goes back to where it was:
 * taking back a group must not take what was grouped.
 */
export function chosenScope(ids: Iterable<ShapeId>, past: Reading, now: Reading): Scope {
  const known = [...new Set(ids)].filter((id) => has(past, id) || has(now, id))
  const newer = now.tree.withDescendants(known.filter((id) => !has(past, id)))
  const older = [...known, ...newer].filter((id) => has(past, id))
  const kept = past.tree.withDescendants(older)
  addHolders(kept, past, now)
  return { kept, gone: new Set([...newer].filter((id) => !has(past, id))) }
}

/** The ancestors of then which are missing now, or would stand in a circle with what they are to hold. */
function addHolders(kept: Set<ShapeId>, past: Reading, now: Reading): void {
  const within = now.tree.withDescendants(kept)
  const seen = new Set<ShapeId>()
  for (const id of kept) {
    for (const above of past.tree.ancestors(id)) {
      // Whatever is further up was, or will be, seen on the way from there.
      if (seen.has(above)) break
      seen.add(above)
      if (!has(now, above) || within.has(above)) kept.add(above)
    }
  }
}
