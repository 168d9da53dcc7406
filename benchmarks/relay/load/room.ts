/** A room as the load sees it: who writes, and what everybody in it hears, decoded once. */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { Tape } from './tape.ts'
import type { Wire } from './wire.ts'
import type { Writer } from './writer.ts'

/** Clocks `from` to `to` (not included) of a writer. */
export interface Range {
  readonly writer: number
  readonly from: number
  readonly to: number
}

/** One entry of an awareness message. */
export interface PresenceEntry {
  readonly client: number
  /** -1: somebody who does not write. */
  readonly writer: number
  readonly clock: number
  readonly gone: boolean
}

/** One document. */
export class Room {
  readonly name: string
  readonly wire: Wire
  readonly writers: readonly Writer[]
  readonly updates = new Tape((update) => this.rangesOf(update))
  readonly presence = new Tape((entries) => this.#entriesOf(entries))
  readonly #indexes: ReadonlyMap<number, number>

  constructor(name: string, wire: Wire, writers: readonly Writer[]) {
    this.name = name
    this.wire = wire
    this.writers = writers
    this.#indexes = new Map(writers.map(({ client }, index) => [client, index]))
  }

  /** What an update brings, in order; of all the structs in it, not only from its header. */
  rangesOf(update: Uint8Array): Range[] {
    const ranges: { writer: number; from: number; to: number }[] = []
    for (const struct of Y.decodeUpdate(update).structs) {
      if (struct instanceof Y.Skip) continue
      const writer = this.#indexes.get(struct.id.client)
      if (writer === undefined) throw new Error('An update of somebody who does not write')
      const { clock } = struct.id
      const last = ranges.at(-1)
      if (last?.writer === writer && last.to === clock) last.to += struct.length
      else ranges.push({ writer, from: clock, to: clock + struct.length })
    }
    return ranges
  }

  #entriesOf(bytes: Uint8Array): PresenceEntry[] {
    const decoder = decoding.createDecoder(bytes)
    return Array.from({ length: decoding.readVarUint(decoder) }, () => {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const gone = decoding.readVarString(decoder) === 'null'
      return { client, writer: this.#indexes.get(client) ?? -1, clock, gone }
    })
  }
}
