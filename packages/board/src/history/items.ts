/**
 * The operations of the document by which something happened, for whoever keeps a journal of who wrote
 * which. Numbers only; who that was is not known here. Never writes.
 */
import * as Y from 'yjs'
import { labelOf, type ShapeMap } from '../document.ts'
import { labelClient } from '../label.ts'
import { DIFF_ITEMS_MAX } from '../limits.ts'

/** One operation: the number of the client that made it, and which of its operations. */
export interface ItemId {
  readonly client: number
  readonly clock: number
}

/** `len` operations of one client from `clock` on. */
export interface ItemRange extends ItemId {
  readonly len: number
}

/** The operation an entry came by, living or removed; none when there never was such an entry. */
export function entryItem(map: Y.Map<unknown>, key: string): ItemId[] {
  const item = map._map.get(key)
  return item ? [{ client: item.id.client, clock: item.id.clock }] : []
}

/** The operation a living entry came by. */
export function livingItem(map: Y.Map<unknown>, key: string): ItemId[] {
  return map.has(key) ? entryItem(map, key) : []
}

/** What was written into the label that `before` does not hold, once for each run of one client. */
export function writtenInLabel(map: ShapeMap, before: Y.Doc): ItemId[] {
  const nobody = labelClient(map)
  const found: ItemId[] = []
  for (const item of itemsOf(labelOf(map))) {
    const { client, clock } = item.id
    const isNew = clock + item.length > Y.getState(before.store, client)
    // What the label began with is the work of whoever made the shape.
    if (item.deleted || !isNew || client === nobody || found.at(-1)?.client === client) continue
    found.push({ client, clock: Math.max(clock, Y.getState(before.store, client)) })
    if (found.length === DIFF_ITEMS_MAX) break
  }
  return found
}

/** What the label showed that is removed in `after`. */
export function removedFromLabel(map: ShapeMap, after: Y.Doc): ItemRange[] {
  const found: ItemRange[] = []
  for (const item of itemsOf(labelOf(map))) {
    if (item.deleted) continue
    const { client, clock } = item.id
    found.push(...removedIn(after, { client, clock, len: item.length }))
    if (found.length >= DIFF_ITEMS_MAX) break
  }
  return found.slice(0, DIFF_ITEMS_MAX)
}

/** The parts of a range that are removed in this document. */
function removedIn({ store }: Y.Doc, { client, clock, len }: ItemRange): ItemRange[] {
  const structs = store.clients.get(client) ?? []
  const end = Math.min(clock + len, Y.getState(store, client))
  const found: ItemRange[] = []
  if (clock >= end) return found
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i]!
    if (struct.id.clock >= end) break
    const from = Math.max(clock, struct.id.clock)
    const to = Math.min(end, struct.id.clock + struct.length)
    if (struct.deleted) found.push({ client, clock: from, len: to - from })
  }
  return found
}

function* itemsOf(label: Y.Text | undefined): Iterable<Y.Item> {
  for (let item = label?._start ?? null; item; item = item.right) yield item
}
