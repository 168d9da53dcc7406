/**
 * A document as bytes that say what is in it and nothing else: two documents have the same ones exactly if they hold the
 * same items at the same clocks in the same places and have deleted the same, however their structs were cut, merged and
 * tidied up. Meant to be compared or hashed, never to be read back.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { coverageOf } from './coverage.ts'
import { scanUpdate } from './scan.ts'
import { writeUnits } from './units.ts'

/** What stands before what is gone, an item, a unit of it, and at the end of a client. */
const GONE = 0
const ITEM = 1
const UNIT = 2
const END = 3

/** The bytes of a document's content; also what waits in it for something missing is in them, by its clocks. */
export function canonicalOf(doc: Y.Doc): Uint8Array {
  return encoding.encode((encoder) => {
    const clients = Array.from(doc.store.clients).sort(([a], [b]) => a - b)
    for (const [client, structs] of clients) writeClient(encoder, client, structs)
    writeWaiting(encoder, doc)
  })
}

function writeClient(
  encoder: encoding.Encoder,
  client: number,
  structs: readonly (Y.Item | Y.GC)[],
): void {
  encoding.writeVarUint(encoder, client)
  let gone = 0
  let before: Y.Item | null = null
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || struct.deleted) {
      gone += struct.length
      before = null
      continue
    }
    gone = writeGone(encoder, gone)
    if (!before || !continues(before, struct)) writeHead(encoder, struct)
    writeUnits(encoder, struct.content, UNIT)
    before = struct
  }
  writeGone(encoder, gone)
  encoding.writeUint8(encoder, END)
}

/** Returns 0, the number of clocks that are gone and not written yet. */
function writeGone(encoder: encoding.Encoder, clocks: number): 0 {
  if (clocks === 0) return 0
  encoding.writeUint8(encoder, GONE)
  encoding.writeVarUint(encoder, clocks)
  return 0
}

/** Whether an item could as well be part of the one before it. */
function continues(before: Y.Item, item: Y.Item): boolean {
  return (
    before.content.getRef() === item.content.getRef() &&
    Y.compareIDs(item.origin, before.lastId) &&
    Y.compareIDs(item.rightOrigin, before.rightOrigin)
  )
}

function writeHead(encoder: encoding.Encoder, item: Y.Item): void {
  encoding.writeUint8(encoder, ITEM)
  encoding.writeUint8(encoder, item.content.getRef())
  writeId(encoder, item.origin)
  writeId(encoder, item.rightOrigin)
  encoding.writeVarString(encoder, placeOf(item))
}

function writeId(encoder: encoding.Encoder, id: Y.ID | null): void {
  encoding.writeVarString(encoder, id ? `${id.client} ${id.clock}` : '')
}

/** Where an item that is part of a document is: the name or the id of its parent, and its key there. */
function placeOf({ parent, parentSub }: Y.Item): string {
  const type = parent as Y.AbstractType<unknown>
  const { _item: holder } = type
  const name = holder ? `${holder.id.client} ${holder.id.clock}` : Y.findRootTypeKey(type)
  return JSON.stringify([name, parentSub])
}

/** What is there and stands behind a gap, or is to be deleted when it comes. */
function writeWaiting(encoder: encoding.Encoder, doc: Y.Doc): void {
  const { pendingStructs } = doc.store
  if (!pendingStructs) return
  const update = Y.convertUpdateFormatV2ToV1(pendingStructs.update)
  const { structs } = coverageOf(scanUpdate(update))
  const sorted = Array.from(structs).sort(([a], [b]) => a - b)
  encoding.writeVarString(encoder, JSON.stringify(sorted))
}
