/** What a document was given and cannot take in yet, because it stands on something that is missing. */

import { type Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'

/** Whether there is any. No transaction has told of it. */
export function hasPending({ store }: Doc): boolean {
  return (store.pendingStructs ?? store.pendingDs) !== null
}

/** All of it as an update; null when there is none. */
export function pendingIn(doc: Doc): Uint8Array | null {
  return hasPending(doc) ? encodeStateAsUpdate(doc, encodeStateVector(doc)) : null
}
