/** Documents with long logs, and the snapshots that are to take the place of these. */
import type { Store } from '../../../packages/persistence/src/store.ts'
import { HISTORY, type Compactions } from '../config.ts'
import { room } from '../kolam.ts'

/** One call of `compact` to come. */
export interface Compaction {
  readonly document: string
  readonly snapshot: Uint8Array
  readonly upto: number
}

const BATCH = 512

/** Stores the beginning of the history as so many documents, and makes the snapshot of it before any clock runs. */
export async function planCompactions(
  store: Store,
  { documents, updates: length }: Compactions,
  history: readonly Uint8Array[],
): Promise<Compaction[]> {
  if (documents === 0) return []
  const updates = history.slice(0, length)
  if (updates.length < length) throw new Error(`The history has ${HISTORY.updates} updates only`)
  const { mergeThoroughly } = await room()
  const snapshot = mergeThoroughly(updates)
  const names = Array.from({ length: documents }, (_, index) => `compacted-${index}`)
  for (const document of names) await appendAll(store, document, updates)
  return names.map((document) => ({ document, snapshot, upto: length }))
}

async function appendAll(
  store: Store,
  document: string,
  updates: readonly Uint8Array[],
): Promise<void> {
  for (let first = 0; first < updates.length; first += BATCH) {
    const batch = updates.slice(first, first + BATCH)
    await store.append(batch.map((update) => ({ document, update, at: Date.now(), author: 'ada' })))
  }
}
