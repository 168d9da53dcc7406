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

/** How much of something is there. */
export type Overlap = 'none' | 'some' | 'all'

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

  /** How much of these is there; of no structs, none is. */
  overlap(structs: Iterable<StructRange>): Overlap {
    let [isTouched, isWhole] = [false, true]
    for (const { client, clock, length } of structs) {
      const run = { from: clock, to: clock + length }
      if (this.#covers(client, run)) isTouched = true
      else isWhole = false
      if (!isWhole && this.#touches(client, run)) return 'some'
    }
    if (!isTouched) return 'none'
    return isWhole ? 'all' : 'some'
  }

  /** How many structs of a client are there before the first gap. */
  clockOf(client: number): number {
    const first = this.#runs.get(client)?.[0]
    return first?.from === 0 ? first.to : 0
  }

  /** Whether anything of this client is there. */
  has(client: number): boolean {
    return this.#runs.has(client)
  }

  /** Of how many clients there is anything. */
  get clients(): number {
    return this.#runs.size
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

  #touches(client: number, { from, to }: Run): boolean {
    const runs = this.#runs.get(client)
    const found = runs?.[firstReaching(runs, from + 1)]
    return found !== undefined && found.from < to
  }

  #covers(client: number, run: Run): boolean {
    const runs = this.#runs.get(client) ?? []
    const at = firstReaching(runs, run.from)
    const found = runs[at]
    return found !== undefined && found.from <= run.from && run.to <= found.to
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

/**
 * The runs with one more, joined with those it touches. They may be a hundred thousand, where somebody sent as many
 * pieces with gaps between them: what is looked for is found by halving.
 */
function withRun(runs: Run[], added: Run): Run[] {
  const first = firstReaching(runs, added.from)
  let { from, to } = added
  let after = first
  for (let run = runs[after]; run && run.from <= to; run = runs[++after]) {
    from = Math.min(from, run.from)
    to = Math.max(to, run.to)
  }
  if (after === runs.length && first === after) runs.push({ from, to })
  else runs.splice(first, after - first, { from, to })
  return runs
}

/** The index of the first run that ends at `clock` or later. */
function firstReaching(runs: readonly Run[], clock: number): number {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (runs[middle]!.to < clock) low = middle + 1
    else high = middle
  }
  return low
}

function contiguous(runsOf: ReadonlyMap<number, readonly Run[]>): Map<number, number> {
  const clocks = new Map<number, number>()
  for (const [client, runs] of runsOf) {
    const first = runs[0]
    if (first?.from === 0) clocks.set(client, first.to)
  }
  return clocks
}
