/** Many updates put into a document as one step. */

import { applyUpdate, type Doc, transact } from 'yjs'

/** Applies what can be read; returns the places of those that cannot. */
export function applyAll(doc: Doc, updates: readonly Uint8Array[], origin: unknown): number[] {
  const unreadable: number[] = []
  const run = () => {
    for (const [index, update] of updates.entries()) {
      try {
        applyUpdate(doc, update, origin)
      } catch {
        unreadable.push(index)
      }
    }
  }
  transact(doc, run, origin, false)
  return unreadable
}
