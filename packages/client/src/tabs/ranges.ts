/** Which structs and deletions an update brings, as runs of clocks. Reads bytes, never a document. */

import { decodeUpdate, Skip } from 'yjs'

/** Clocks of one client, from `from` to before `to`. */
export interface Range {
  readonly client: number
  readonly from: number
  readonly to: number
}

/** What an update writes and what it deletes. */
export interface Ranges {
  readonly structs: readonly Range[]
  readonly deletes: readonly Range[]
}

/** What is in these bytes; throws when they are no update. */
export function rangesOf(update: Uint8Array): Ranges {
  const { structs, ds } = decodeUpdate(update)
  const written = structs.filter((struct) => !(struct instanceof Skip))
  return {
    structs: written.map(({ id: { client, clock }, length }) => rangeOf(client, clock, length)),
    deletes: [...ds.clients].flatMap(([client, items]) =>
      items.map(({ clock, len }) => rangeOf(client, clock, len)),
    ),
  }
}

/** What is left of these without those. */
export function without(ranges: readonly Range[], those: readonly Range[]): readonly Range[] {
  return those.reduce((left, gone) => left.flatMap((range) => cut(range, gone)), ranges)
}

function rangeOf(client: number, from: number, length: number): Range {
  return { client, from, to: from + length }
}

function cut(range: Range, gone: Range): readonly Range[] {
  const { client, from, to } = range
  if (gone.client !== client || gone.to <= from || gone.from >= to) return [range]
  const before = { client, from, to: gone.from }
  const after = { client, from: gone.to, to }
  return [before, after].filter((rest) => rest.from < rest.to)
}
