/** Looks at every point of a document's history: which are what was written, and can be read. Mends nothing. */
import type { Decoder } from './check.ts'
import { placeOf, type PointRow, soundPoint, wordsChecksum } from './point-row.ts'
import type { SqlRow } from './sql.ts'

/** What is wrong with a point. */
export interface PointFault {
  readonly number: number
  readonly what: string
  /** Only what is said of it is not what was written: it can be read. */
  readonly isReadable: boolean
}

/** What a history came to. */
export interface ExaminedHistory {
  readonly points: number
  readonly bytes: number
  readonly faults: readonly PointFault[]
  /** What leads to the last point that can be read; none where there is no such one. */
  readonly lastDeltas: readonly Uint8Array[]
  /** The number of the last update in any sound point. */
  readonly seq: number
  /** The moments of the sound points. */
  readonly moments: readonly number[]
}

/** Takes the points in their order, each as its row is. Keeps no more than one chain of them. */
export function examineHistory(
  id: string,
  { rows, decoder }: { rows: Iterable<SqlRow>; decoder: Decoder },
): ExaminedHistory {
  const chains = new Chains(decoder)
  const found = { points: 0, bytes: 0, seq: 0 }
  const moments: number[] = []
  for (const row of rows) {
    found.points += 1
    found.bytes += sizeOf(row)
    const point = soundPoint(id, row)
    chains.take(Number(row['number']), point)
    if (!point) continue
    found.seq = Math.max(found.seq, point.seq)
    moments.push(point.at)
    if (wordsChecksum(id, placeOf(row), String(row['words'])) === row['words_crc']) continue
    chains.say({ number: point.number, what: 'has words that were not written', isReadable: true })
  }
  return { ...found, ...chains.end(), moments }
}

/** A base and the points that stand on it, as far as they are sound. */
interface Chain {
  readonly numbers: number[]
  readonly deltas: Uint8Array[]
}

/** Puts points together. Only whole chains are decoded: every point of one is in the document its last one leads to. */
class Chains {
  readonly #decoder: Decoder
  readonly #faults: PointFault[] = []
  #chain: Chain = { numbers: [], deltas: [] }
  #lastDeltas: readonly Uint8Array[] = []

  constructor(decoder: Decoder) {
    this.#decoder = decoder
  }

  say(fault: PointFault): void {
    this.#faults.push(fault)
  }

  take(number: number, point: PointRow | null): void {
    if (!point) return this.#break(number, 'does not match its checksum')
    const { standsOn, delta } = point
    if (standsOn === 0) this.#finish()
    else if (this.#chain.numbers.at(-1) !== standsOn) {
      return this.#break(number, `stands on point ${standsOn}, which cannot be read`)
    }
    this.#chain.numbers.push(number)
    this.#chain.deltas.push(delta)
  }

  end(): Pick<ExaminedHistory, 'faults' | 'lastDeltas'> {
    this.#finish()
    const faults = this.#faults.sort((a, b) => a.number - b.number)
    return { faults, lastDeltas: this.#lastDeltas }
  }

  #break(number: number, what: string): void {
    this.#finish()
    this.say({ number, what, isReadable: false })
  }

  #finish(): void {
    const { numbers, deltas } = this.#chain
    this.#chain = { numbers: [], deltas: [] }
    const failure = firstFailure(deltas, this.#decoder)
    const end = failure?.at ?? deltas.length
    for (const number of numbers.slice(end)) {
      this.say({ number, what: `cannot be decoded: ${failure?.words}`, isReadable: false })
    }
    if (end > 0) this.#lastDeltas = deltas.slice(0, end)
  }
}

/** The first of these that cannot be put together with those before it; null where all can. */
export function firstFailure(
  parts: readonly Uint8Array[],
  decoder: Decoder,
): { readonly at: number; readonly words: string } | null {
  let words = parts.length > 0 ? failureOf(parts, decoder) : null
  if (words === null) return null
  // With all up to `low` it works, with all up to `high` it does not.
  let [low, high] = [0, parts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const failure = failureOf(parts.slice(0, middle), decoder)
    if (failure === null) low = middle
    else [high, words] = [middle, failure]
  }
  return { at: high - 1, words }
}

function failureOf(parts: readonly Uint8Array[], decoder: Decoder): string | null {
  try {
    decoder.document(parts)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function sizeOf(row: SqlRow): number {
  const blobs = [row['delta'], row['journal'], row['mark']]
  return blobs.reduce<number>((sum, blob) => sum + lengthOf(blob), 0)
}

function lengthOf(blob: SqlRow[string] | undefined): number {
  return blob instanceof Uint8Array ? blob.length : Buffer.byteLength(String(blob ?? ''))
}
