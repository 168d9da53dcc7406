/**
 * Reads over an encoded update (Yjs, version 1) as Yjs would when it applies it, and says what is in it. Makes nothing
 * of the content, which for the small updates of a moving hand is most of what decoding costs. Where Yjs would decode
 * something that no client writes and that harms whoever applies or merges it, this throws.
 */
import type { StructRange } from '../documents.ts'
import { MalformedUpdate, Reader } from './reader.ts'
import { scanContent } from './scan-content.ts'

/** What an update holds and deletes. */
export interface Scan {
  /** Runs of structs without the gaps; neighbours are joined. */
  readonly structs: readonly StructRange[]
  /** As they stand in the update. */
  readonly deletes: readonly StructRange[]
  /** Structs whose content was given up, as they stand in the update. */
  readonly emptied: readonly StructRange[]
}

/** What the structs of an update come to. */
interface Structs {
  readonly runs: Run[]
  readonly emptied: StructRange[]
}

/** A run that grows while it is read. */
interface Run extends StructRange {
  length: number
}

interface Id {
  readonly client: number
  readonly clock: number
}

const SKIP = 10
const CONTENT_BITS = 0x1f
const HAS_PARENT_SUB = 0x20
const HAS_RIGHT_ORIGIN = 0x40
const HAS_ORIGIN = 0x80

/** What is in an update; throws a `MalformedUpdate` where it is none. */
export function scanUpdate(update: Uint8Array): Scan {
  const reader = new Reader(update)
  const { runs, emptied } = scanStructs(reader)
  const deletes = scanDeletes(reader)
  // What Yjs would not look at would be stored and sent to everybody for nothing.
  if (!reader.isAtEnd) throw new MalformedUpdate('bytes are left over')
  return { structs: runs, deletes, emptied }
}

function scanStructs(reader: Reader): Structs {
  const into: Structs = { runs: [], emptied: [] }
  const blocks = reader.uint()
  let before = Number.POSITIVE_INFINITY
  for (let i = 0; i < blocks; i++) {
    const count = reader.uint()
    const client = reader.uint()
    // Yjs writes the highest first, and loses what is not so when it merges. Of two blocks of one client, whoever applies
    // them keeps the last only and waits for the first for ever.
    if (client >= before) throw new MalformedUpdate('clients are not in order')
    before = client
    scanBlock(reader, { client, count }, into)
  }
  return into
}

/** The structs of one client, each beginning where the one before ends. */
function scanBlock(
  reader: Reader,
  { client, count }: { client: number; count: number },
  { runs, emptied }: Structs,
): void {
  let clock = reader.uint()
  let run: Run | null = null
  for (let i = 0; i < count; i++) {
    const info = reader.byte()
    const length = scanStruct(reader, info, { client, clock })
    // No client writes one, over which Yjs may loop for ever, or a gap of nothing, over which it throws.
    if (length < 1) throw new MalformedUpdate('a struct is empty')
    if ((info & CONTENT_BITS) === 0) emptied.push({ client, clock, length })
    if (info === SKIP) run = null
    else if (run) run.length += length
    else runs.push((run = { client, clock, length }))
    clock += length
    if (clock > Number.MAX_SAFE_INTEGER) throw new MalformedUpdate('a clock is too large')
  }
}

/** Reads over one struct; returns how many clocks it takes. */
function scanStruct(reader: Reader, info: number, own: Id): number {
  const kind = info & CONTENT_BITS
  // A gap, or something whose content was given up.
  if (info === SKIP || kind === 0) return reader.uint()
  if ((info & HAS_ORIGIN) !== 0) scanReference(reader, own)
  if ((info & HAS_RIGHT_ORIGIN) !== 0) scanReference(reader, own)
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    // Its parent is named, or is the item with this id.
    if (reader.uint() === 1) reader.skipText()
    else scanReference(reader, own)
    if ((info & HAS_PARENT_SUB) !== 0) reader.skipText()
  }
  return scanContent(reader, kind)
}

/** A neighbour or a parent. One that its own client made later cannot be, and whoever applies it throws. */
function scanReference(reader: Reader, own: Id): void {
  const client = reader.uint()
  const clock = reader.uint()
  if (client === own.client && clock >= own.clock) {
    throw new MalformedUpdate('a struct stands on one that comes after it')
  }
}

function scanDeletes(reader: Reader): StructRange[] {
  const ranges: StructRange[] = []
  const clients = reader.uint()
  const seen = clients > 1 ? new Set<number>() : null
  for (let i = 0; i < clients; i++) {
    const client = reader.uint()
    const count = reader.uint()
    // Both lists would be one out of order.
    if (seen?.has(client)) throw new MalformedUpdate('deletions are not in order')
    seen?.add(client)
    let end = 0
    for (let j = 0; j < count; j++) {
      const clock = reader.uint()
      const length = reader.uint()
      // No client writes such ranges. Yjs throws, or keeps others, where it has to keep them for later.
      if (length < 1) throw new MalformedUpdate('a deletion is empty')
      if (clock < end) throw new MalformedUpdate('deletions are not in order')
      end = clock + length
      if (end > Number.MAX_SAFE_INTEGER) {
        throw new MalformedUpdate('a clock is too large')
      }
      ranges.push({ client, clock, length })
    }
  }
  return ranges
}
