/**
 * Holds an update against a document that has some of its structs already: says what of it is new, and whether it tells
 * the rest differently. Two documents with one history never do, however they were cut, merged and tidied up.
 */
import * as Y from 'yjs'
import { EMPTY_UPDATE, type Sifted, type StructRange } from '../documents.ts'
import { coverageOf, covers } from './coverage.ts'
import { encodePieces, type Piece, type Struct } from './pieces.ts'
import { sameContent } from './same-content.ts'
import { scanUpdate } from './scan.ts'

/** What is held of each client, by clock. */
type Held = ReadonlyMap<number, readonly Struct[]>

/** A part of a struct, in clocks of its client. */
interface Span {
  readonly struct: Struct
  readonly from: number
  readonly to: number
}

/** What a document made of these parts lacks of an update. All are known to be readable. */
export function sift(parts: readonly Uint8Array[], update: Uint8Array): Sifted {
  const { structs } = Y.decodeUpdate(update)
  const wanted = structs.filter(takesClocks)
  const held = heldOf(parts, wanted)
  const fresh: Piece[] = []
  const gone: StructRange[] = []
  for (const struct of wanted) {
    if (!siftStruct(struct, held, { fresh, gone })) return CONTRADICTION
  }
  return { contradicts: false, news: newsOf(fresh, parts, update), gone: encodePieces([], gone) }
}

const CONTRADICTION: Sifted = { contradicts: true, news: EMPTY_UPDATE, gone: EMPTY_UPDATE }

/** Sorts one struct into what is new and what has been deleted meanwhile; false where it differs from what is held. */
function siftStruct(
  struct: Struct,
  held: Held,
  into: { fresh: Piece[]; gone: StructRange[] },
): boolean {
  const { client, clock } = struct.id
  const end = clock + struct.length
  let from = clock
  for (const other of overlapping(held.get(client) ?? [], clock, end)) {
    const to = Math.min(other.id.clock + other.length, end)
    const start = Math.max(other.id.clock, from)
    if (start >= to) continue
    if (start > from) into.fresh.push({ struct, from: from - clock, to: start - clock })
    if (!isSame({ struct, from: start, to }, other)) return false
    if (isGone(other) && !isGone(struct))
      into.gone.push({ client, clock: start, length: to - start })
    from = to
  }
  if (from < end) into.fresh.push({ struct, from: from - clock, to: struct.length })
  return true
}

/** What was deleted has given its content up, on either side, and says nothing any more. */
function isSame({ struct, from, to }: Span, other: Struct): boolean {
  if (isGone(struct) || isGone(other)) return true
  const [mine, theirs] = [struct as Y.Item, other as Y.Item]
  return (
    Y.compareIDs(originAt(mine, from), originAt(theirs, from)) &&
    Y.compareIDs(mine.rightOrigin, theirs.rightOrigin) &&
    sameParent(mine, theirs, from) &&
    sameContent(
      { content: mine.content, from: from - mine.id.clock, to: to - mine.id.clock },
      { content: theirs.content, from: from - theirs.id.clock, to: to - theirs.id.clock },
    )
  )
}

/** What stands to the left of a clock of an item when it was written: inside of one, the clock before. */
function originAt({ id, origin }: Y.Item, clock: number): Y.ID | null {
  return clock > id.clock ? Y.createID(id.client, clock - 1) : origin
}

/** Only what has no neighbours names its parent. */
function sameParent(mine: Y.Item, theirs: Y.Item, clock: number): boolean {
  const isNamed = originAt(mine, clock) === null && mine.rightOrigin === null
  if (!isNamed) return true
  return parentName(mine) === parentName(theirs) && mine.parentSub === theirs.parentSub
}

/** An item read from bytes has the name of its parent, or the parent's id. */
function parentName(item: Y.Item): string {
  const parent: unknown = item.parent
  if (typeof parent === 'string') return `name ${parent}`
  return parent instanceof Y.ID ? `id ${parent.client} ${parent.clock}` : 'none'
}

/** The structs of a document that the wanted ones may overlap with, sorted. */
function heldOf(parts: readonly Uint8Array[], wanted: readonly Struct[]): Held {
  const spans = new Map<number, { from: number; to: number }>()
  for (const { id, length } of wanted) {
    const span = spans.get(id.client)
    const to = id.clock + length
    if (!span) spans.set(id.client, { from: id.clock, to })
    else {
      span.from = Math.min(span.from, id.clock)
      span.to = Math.max(span.to, to)
    }
  }
  const held = new Map<number, Struct[]>()
  for (const struct of parts.flatMap((part) => Y.decodeUpdate(part).structs).filter(takesClocks)) {
    const { client, clock } = struct.id
    const span = spans.get(client)
    if (!span || clock >= span.to || clock + struct.length <= span.from) continue
    const own = held.get(client)
    if (own) own.push(struct)
    else held.set(client, [struct])
  }
  return new Map(Array.from(held, ([client, own]) => [client, inOrder(own)]))
}

/** Sorted, each reaching beyond the one before: what was stored twice, as older relays did, is looked at once. */
function inOrder(structs: Struct[]): Struct[] {
  let end = 0
  return structs
    .sort((a, b) => a.id.clock - b.id.clock || b.length - a.length)
    .filter(({ id, length }) => {
      if (id.clock + length <= end) return false
      end = id.clock + length
      return true
    })
}

/** Those of a sorted list that have a clock between these; found by halving, for they may be very many. */
function overlapping(list: readonly Struct[], from: number, to: number): readonly Struct[] {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const { id, length } = list[middle]!
    if (id.clock + length <= from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < list.length && list[end]!.id.clock < to) end += 1
  return list.slice(low, end)
}

/** The new structs, and the deletions where any of them is new. */
function newsOf(
  fresh: readonly Piece[],
  parts: readonly Uint8Array[],
  update: Uint8Array,
): Uint8Array {
  const { deletes } = scanUpdate(update)
  const deleted = parts.flatMap((part) => scanUpdate(part).deletes)
  const whole = coverageOf({ structs: [], deletes: deleted })
  const isKnown = covers(whole, coverageOf({ structs: [], deletes }))
  return encodePieces(fresh, isKnown ? [] : deletes)
}

/** Whether all that is left of it is that it was there. */
function isGone(struct: Struct): boolean {
  return struct instanceof Y.GC || struct.content instanceof Y.ContentDeleted
}

function takesClocks(struct: Y.Item | Y.GC | Y.Skip): struct is Struct {
  return !(struct instanceof Y.Skip)
}
