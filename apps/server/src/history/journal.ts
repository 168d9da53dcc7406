/**
 * Who wrote what of a document, and when: which structs came and which went, by author and moment. What one person did
 * within a moment is one entry. Written and read here and nowhere else; it is not part of Yjs.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Append } from '@kolam/persistence'
import type { StructRange } from '@kolam/relay'
import { scanUpdate } from '@kolam/relay/yjs'

/** What one person did within a moment. */
export interface JournalEntry {
  /** As it was stored with the updates; may be empty. */
  readonly author: string
  /** When it began, in milliseconds since the epoch. */
  readonly at: number
  /** How many updates it was. */
  readonly updates: number
  readonly structs: readonly StructRange[]
  readonly deletes: readonly StructRange[]
}

/** One that still grows. */
interface Growing {
  readonly author: string
  readonly at: number
  updates: number
  readonly structs: Range[]
  readonly deletes: Range[]
}

interface Range extends StructRange {
  length: number
}

const VERSION = 1

/** What a person does within a second is one entry: a hand that moves sends thirty updates in it. */
export const MOMENT_MS = 1_000

/** The same once a point stands for others. */
export const COARSE_MOMENT_MS = 60_000

/** The entries of updates in their order. One that cannot be read over is left out: it is nobody's. */
export function entriesOf(updates: readonly Append[]): JournalEntry[] {
  return joined(updates.flatMap(entryOf), MOMENT_MS)
}

/** Entries in their order, those of one person within a moment put together. */
export function joined(entries: readonly JournalEntry[], momentMs: number): JournalEntry[] {
  const growing: Growing[] = []
  const latest = new Map<string, Growing>()
  for (const entry of entries) {
    const { author, at } = entry
    let into = latest.get(author)
    if (!into || Math.abs(at - into.at) >= momentMs) {
      into = { author, at, updates: 0, structs: [], deletes: [] }
      growing.push(into)
      latest.set(author, into)
    }
    into.updates += entry.updates
    for (const range of entry.structs) grow(into.structs, range)
    for (const range of entry.deletes) grow(into.deletes, range)
  }
  return growing
}

/** As bytes. */
export function writeJournal(entries: readonly JournalEntry[]): Uint8Array {
  const authors = new Numbers<string>()
  const clients = new Numbers<number>()
  const body = encoding.encode((encoder) => {
    let before = 0
    for (const { author, at, updates, structs, deletes } of entries) {
      encoding.writeVarUint(encoder, authors.numberOf(author))
      encoding.writeVarInt(encoder, at - before)
      encoding.writeVarUint(encoder, updates)
      for (const ranges of [structs, deletes]) writeRanges(encoder, ranges, clients)
      before = at
    }
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, VERSION)
    encoding.writeVarUint(encoder, authors.all.length)
    for (const author of authors.all) encoding.writeVarString(encoder, author)
    encoding.writeVarUint(encoder, clients.all.length)
    for (const client of clients.all) encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, entries.length)
    encoding.writeUint8Array(encoder, body)
  })
}

/** The entries again; throws where the bytes are no journal. */
export function readJournal(bytes: Uint8Array): JournalEntry[] {
  const decoder = decoding.createDecoder(bytes)
  const version = decoding.readVarUint(decoder)
  if (version !== VERSION) throw new Error(`Cannot read a journal of version ${version}`)
  const authors = readList(decoder, () => decoding.readVarString(decoder))
  const clients = readList(decoder, () => decoding.readVarUint(decoder))
  let at = 0
  return readList(decoder, () => {
    const author = authors[decoding.readVarUint(decoder)] ?? ''
    at += decoding.readVarInt(decoder)
    const updates = decoding.readVarUint(decoder)
    const structs = readRanges(decoder, clients)
    return { author, at, updates, structs, deletes: readRanges(decoder, clients) }
  })
}

/** Numbers given to values when they are first seen. */
class Numbers<T> {
  readonly all: T[] = []
  readonly #numbers = new Map<T, number>()

  numberOf(value: T): number {
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    this.#numbers.set(value, this.all.length)
    return this.all.push(value) - 1
  }
}

function entryOf({ update, at, author }: Append): JournalEntry[] {
  try {
    const { structs, deletes } = scanUpdate(update)
    return [{ author, at, updates: 1, structs, deletes }]
  } catch {
    return []
  }
}

function grow(ranges: Range[], { client, clock, length }: StructRange): void {
  const last = ranges.at(-1)
  if (last?.client === client && last.clock + last.length === clock) last.length += length
  else ranges.push({ client, clock, length })
}

function writeRanges(
  encoder: encoding.Encoder,
  ranges: readonly StructRange[],
  clients: Numbers<number>,
): void {
  encoding.writeVarUint(encoder, ranges.length)
  for (const { client, clock, length } of ranges) {
    encoding.writeVarUint(encoder, clients.numberOf(client))
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarUint(encoder, length)
  }
}

function readRanges(decoder: decoding.Decoder, clients: readonly number[]): StructRange[] {
  return readList(decoder, () => {
    const client = clients[decoding.readVarUint(decoder)]
    if (client === undefined) throw new Error('Cannot read the journal: it names no such client')
    const clock = decoding.readVarUint(decoder)
    return { client, clock, length: decoding.readVarUint(decoder) }
  })
}

/** Each item takes a byte at least, so a wrong count ends with the bytes. */
function readList<T>(decoder: decoding.Decoder, read: () => T): T[] {
  const list: T[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) list.push(read())
  return list
}
