/** Writes an update (Yjs, version 1) from parts of structs that were read from another one. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { StructRange } from '../documents.ts'

/** What takes clocks: everything but a gap. */
export type Struct = Y.Item | Y.GC

/** A part of a struct: from its clock `from` to before `to`, counted from its first. */
export interface Piece {
  readonly struct: Struct
  readonly from: number
  readonly to: number
}

/** What an item holds. */
export type Content = Y.Item['content']

/** The update that holds these pieces, none of which overlap, and deletes these ranges, sorted within each client. */
export function encodePieces(
  pieces: readonly Piece[],
  deletes: readonly StructRange[],
): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const rest = encoder.restEncoder
  const blocks = byClient(pieces, ({ struct }) => struct.id.client)
  encoding.writeVarUint(rest, blocks.size)
  // The highest client first, as Yjs writes them.
  for (const [client, block] of Array.from(blocks).sort(([a], [b]) => b - a)) {
    writeBlock(encoder, client, block)
  }
  writeDeletes(rest, deletes)
  return encoder.toUint8Array()
}

/** The units `from` to `to` of a content; the content itself where that is all of it. */
export function sliceOf(content: Content, from: number, to: number): Content {
  const length = content.getLength()
  if (from === 0 && to === length) return content
  const copy = content.copy()
  if (to < length) copy.splice(to)
  return from > 0 ? copy.splice(from) : copy
}

function writeBlock(encoder: Y.UpdateEncoderV1, client: number, block: readonly Piece[]): void {
  const structs = withGaps(block.map(cut).sort((a, b) => a.id.clock - b.id.clock))
  encoding.writeVarUint(encoder.restEncoder, structs.length)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, structs[0]?.id.clock ?? 0)
  for (const struct of structs) struct.write(encoder, 0)
}

/** The piece as a struct of its own. */
function cut({ struct, from, to }: Piece): Struct {
  if (from === 0 && to === struct.length) return struct
  const { client, clock } = struct.id
  const id = Y.createID(client, clock + from)
  if (struct instanceof Y.GC) return new Y.GC(id, to - from)
  const { origin, rightOrigin, parent, parentSub, content } = struct
  const isFirst = from === 0
  return new Y.Item(
    id,
    null,
    // Whatever follows inside of an item has the unit before it to its left.
    isFirst ? origin : Y.createID(client, clock + from - 1),
    null,
    rightOrigin,
    isFirst ? parent : null,
    isFirst ? parentSub : null,
    sliceOf(content, from, to),
  )
}

function withGaps(structs: readonly Struct[]): (Struct | Y.Skip)[] {
  const all: (Struct | Y.Skip)[] = []
  let end = structs[0]?.id.clock ?? 0
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (clock > end) all.push(new Y.Skip(Y.createID(client, end), clock - end))
    all.push(struct)
    end = clock + struct.length
  }
  return all
}

function writeDeletes(rest: encoding.Encoder, deletes: readonly StructRange[]): void {
  const clients = byClient(deletes, ({ client }) => client)
  encoding.writeVarUint(rest, clients.size)
  for (const [client, ranges] of clients) {
    encoding.writeVarUint(rest, client)
    encoding.writeVarUint(rest, ranges.length)
    for (const { clock, length } of ranges) {
      encoding.writeVarUint(rest, clock)
      encoding.writeVarUint(rest, length)
    }
  }
}

function byClient<T>(list: readonly T[], clientOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of list) {
    const group = groups.get(clientOf(item))
    if (group) group.push(item)
    else groups.set(clientOf(item), [item])
  }
  return groups
}
