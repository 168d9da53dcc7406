/**
 * Documents without a CRDT library: an update is a set of struct ranges and of deleted structs, merging is union. It
 * obeys the same laws as the real thing, and a test can say what is in it.
 */
import {
  type DocumentFunctions,
  MALFORMED,
  type Sifted,
  type StructRange,
  type UpdateInfo,
} from '../documents.ts'
import { Coverage, decodeStateVector } from '../coverage.ts'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** What an update says. */
export interface ToyUpdate {
  readonly structs: readonly StructRange[]
  /** `client:clock` of what it deletes. */
  readonly deleted?: readonly string[]
}

/** The bytes of an update; the empty one is `00 00`, as with Yjs. */
export function toyUpdate({ structs, deleted = [] }: ToyUpdate): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, structs.length)
    for (const { client, clock, length } of structs) {
      for (const value of [client, clock, length]) encoding.writeVarUint(encoder, value)
    }
    encoding.writeVarUint(encoder, deleted.length)
    for (const id of deleted) encoding.writeVarString(encoder, id)
  })
}

/** What is in the bytes; throws where they are no update. */
export function readToyUpdate(update: Uint8Array): Required<ToyUpdate> {
  const decoder = decoding.createDecoder(update)
  const structs = times(decoding.readVarUint(decoder), () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    length: decoding.readVarUint(decoder),
  }))
  const deleted = times(decoding.readVarUint(decoder), () => decoding.readVarString(decoder))
  if (decoding.hasContent(decoder)) throw new Error('Cannot read the update: bytes are left over')
  return { structs, deleted }
}

/** What the relay is told about an update. */
export function toyInfo(update: Uint8Array): UpdateInfo {
  try {
    const { structs, deleted } = readToyUpdate(update)
    return { structs, deletes: deleted.length }
  } catch (error) {
    throw Object.assign(new Error(String(error)), { name: MALFORMED })
  }
}

/** Every struct of an update as `client:clock`, and what it deletes as `-client:clock`, sorted. */
export function toyContent(...updates: Uint8Array[]): string[] {
  const all = updates.map(readToyUpdate)
  const structs = all.flatMap((update) => update.structs)
  const there = structs.flatMap(({ client, clock, length }) =>
    times(length, (i) => `${client}:${clock + i}`),
  )
  const deleted = all.flatMap((update) => update.deleted.map((id) => `-${id}`))
  return [...new Set([...there, ...deleted])].sort()
}

/** The functions the relay asks for, at once. */
export const toyDocuments: Required<DocumentFunctions> = {
  inspect: toyInfo,
  merge: async (updates) => merge(updates),
  compact: async (updates) => merge(updates),
  diff: async (bytes, stateVector) => diff(bytes, stateVector),
  sift: async (parts, update) => sift(merge(parts), update),
  addsNothing: async (bytes, update) => {
    const content = new Set(toyContent(bytes))
    return toyContent(update).every((id) => content.has(id))
  },
  summary: async (bytes) => ({ title: 'toy', shapes: toyContent(bytes).length }),
}

function merge(updates: readonly Uint8Array[]): Uint8Array {
  const coverage = new Coverage()
  const deleted = new Set<string>()
  for (const update of updates.map(readToyUpdate)) {
    coverage.add(update.structs)
    for (const id of update.deleted) deleted.add(id)
  }
  return toyUpdate({ structs: [...coverage.structs()], deleted: [...deleted] })
}

function diff(bytes: Uint8Array, stateVector: Uint8Array): Uint8Array {
  const clocks = decodeStateVector(stateVector)
  if (!clocks) throw new Error('Cannot read the state vector')
  const { structs, deleted } = readToyUpdate(bytes)
  const lacking = structs.flatMap(({ client, clock, length }) => {
    const from = Math.max(clock, clocks.get(client) ?? 0)
    return from < clock + length ? [{ client, clock: from, length: clock + length - from }] : []
  })
  return toyUpdate({ structs: lacking, deleted })
}

/** Toy structs of one clock are all alike: nothing ever contradicts. */
function sift(bytes: Uint8Array, update: Uint8Array): Sifted {
  const { structs, deleted } = readToyUpdate(update)
  const held = new Set(toyContent(bytes))
  const fresh = structs.flatMap(({ client, clock, length }) =>
    times(length, (i) => ({ client, clock: clock + i, length: 1 })),
  )
  const news = toyUpdate({
    structs: fresh.filter(({ client, clock }) => !held.has(`${client}:${clock}`)),
    deleted: deleted.filter((id) => !held.has(`-${id}`)),
  })
  return { contradicts: false, news, gone: toyUpdate({ structs: [] }) }
}

function times<T>(count: number, make: (i: number) => T): T[] {
  if (count > 1_000_000) throw new Error(`Cannot read ${count} things`)
  return Array.from({ length: count }, (_, i) => make(i))
}
