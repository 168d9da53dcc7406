/**
 * Which structs of a document are there, as runs of clocks per client. Only what reaches down to clock 0 is put into
 * the state vector: a gap never advertises what is not there. Knows nothing of deletions, nor of what a struct holds.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { StructRange } from './documents.ts'

/** From `from` to before `to`. */
interface Run {
  readonly from: number
  readonly to: number
}

/** Grows by `add`, never shrinks. */
export class Coverage {
  /** Per client: sorted, disjoint and not touching, so that a client without gaps has one run. */
  readonly #runs = new Map<number, Run[]>()
  #encoded: Uint8Array | null = null

  add(structs: Iterable<StructRange>): void {
    for (const { client, clock, length } of structs) {
      if (length <= 0) continue
      this.#runs.set(
        client,
        withRun(this.#runs.get(client) ?? [], { from: clock, to: clock + length }),
      )
      this.#encoded = null
    }
  }

  /** Whether all of these are there. */
  covers(structs: Iterable<StructRange>): boolean {
    for (const { client, clock, length } of structs) {
      if (length > 0 && !this.#covers(client, { from: clock, to: clock + length })) return false
    }
    return true
  }

  /** Everything that is there. */
  *structs(): Generator<StructRange> {
    for (const [client, runs] of this.#runs) {
      for (const { from, to } of runs) yield { client, clock: from, length: to - from }
    }
  }

  /** The encoded state vector; do not change it. */
  stateVector(): Uint8Array {
    this.#encoded ??= encodeStateVector(contiguous(this.#runs))
    return this.#encoded
  }

  /** A state vector of somebody who has everything but perhaps these; claims too little rather than too much. */
  stateVectorWithout(structs: Iterable<StructRange>): Uint8Array {
    const clocks = contiguous(this.#runs)
    for (const { client, clock } of structs) {
      if (clock < (clocks.get(client) ?? 0)) clocks.set(client, clock)
    }
    return encodeStateVector(clocks)
  }

  #covers(client: number, run: Run): boolean {
    return (this.#runs.get(client) ?? []).some(({ from, to }) => from <= run.from && run.to <= to)
  }
}

/** Encodes how many structs of each client are there. */
export function encodeStateVector(clocks: ReadonlyMap<number, number>): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clocks.size)
    for (const [client, clock] of clocks) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
    }
  })
}

/** The state vector in these bytes, or null where they hold none. Never throws. */
export function decodeStateVector(bytes: Uint8Array): ReadonlyMap<number, number> | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const clocks = new Map<number, number>()
    const count = decoding.readVarUint(decoder)
    if (count * 2 > bytes.length) return null
    for (let i = 0; i < count; i++) {
      clocks.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder))
    }
    return decoding.hasContent(decoder) ? null : clocks
  } catch {
    return null
  }
}

/** The runs with one more, joined with those it touches. */
function withRun(runs: Run[], added: Run): Run[] {
  const last = runs.at(-1)
  if (last && last.from <= added.from && added.from <= last.to) {
    if (added.to > last.to) runs[runs.length - 1] = { from: last.from, to: added.to }
    return runs
  }
  const touching = runs.filter((run) => run.from <= added.to && added.from <= run.to)
  const joined = {
    from: Math.min(added.from, ...touching.map((run) => run.from)),
    to: Math.max(added.to, ...touching.map((run) => run.to)),
  }
  const apart = runs.filter((run) => !touching.includes(run))
  return [...apart, joined].sort((a, b) => a.from - b.from)
}

function contiguous(runsOf: ReadonlyMap<number, readonly Run[]>): Map<number, number> {
  const clocks = new Map<number, number>()
  for (const [client, runs] of runsOf) {
    const first = runs[0]
    if (first?.from === 0) clocks.set(client, first.to)
  }
  return clocks
}
