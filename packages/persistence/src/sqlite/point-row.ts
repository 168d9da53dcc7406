/** A point of a history to and from its row, and the checksums of it. */
import { crc32 } from 'node:zlib'
import type { PointGrowth, PointInfo, PointKind, PointWords } from '../history.ts'
import { rowChecksum } from './checksum.ts'
import type { SqlRow } from './sql.ts'

/** What a row says of a point in one text. */
type Words = PointWords & PointGrowth

const UNREADABLE: Words = { kind: 'automatic', name: '', author: '', updates: 0, authors: [] }

/** The text a row says this in. */
export function wordsText({ kind, name, author, updates, authors }: Words): string {
  return JSON.stringify({ kind, name, author, updates, authors })
}

/** The checksum of what a list shows of a point. */
export function wordsChecksum(
  id: string,
  point: { number: number; seq: number; at: number },
  text: string,
): number {
  const { number, seq, at } = point
  return rowChecksum(id, number, Buffer.from(`${seq} ${at} ${text}`))
}

/** What a row says; nothing where it cannot be read. */
export function wordsOf(row: SqlRow): Words {
  try {
    const words = JSON.parse(String(row['words'])) as Partial<Record<keyof Words, unknown>>
    return {
      kind: kindOf(words.kind),
      name: textOf(words.name),
      author: textOf(words.author),
      updates: Number(words.updates ?? 0),
      authors: Array.isArray(words.authors) ? words.authors.map(String) : [],
    }
  } catch {
    return UNREADABLE
  }
}

/** A line of the list of points; marked where it is not what was written. */
export function infoOfPoint(id: string, row: SqlRow): PointInfo {
  const place = placeOf(row)
  const info = { ...place, bytes: Number(row['bytes']), ...wordsOf(row) }
  const isSound = wordsChecksum(id, place, String(row['words'])) === row['words_crc']
  return isSound ? info : { ...info, damaged: true }
}

/** Where a point is: its number, the last update in it, and its moment. */
export function placeOf(row: SqlRow): { number: number; seq: number; at: number } {
  return { number: Number(row['number']), seq: Number(row['seq']), at: Number(row['at']) }
}

/** What the second checksum of a point covers: everything but the words. */
export interface PointRow {
  readonly number: number
  readonly seq: number
  readonly at: number
  /** The point its bytes continue; 0 where they are the whole document. */
  readonly standsOn: number
  readonly delta: Uint8Array
  readonly journal: Uint8Array
  readonly mark: Uint8Array
}

/** All of a row but its words; null where it is not what was written. */
export function soundPoint(id: string, row: SqlRow): PointRow | null {
  const point = {
    ...placeOf(row),
    standsOn: Number(row['stands_on']),
    delta: row['delta'] as Uint8Array,
    journal: row['journal'] as Uint8Array,
    mark: row['mark'] as Uint8Array,
  }
  return bytesChecksum(id, point) === row['crc'] ? point : null
}

/** CRC-32 over a point's place and all of its bytes. */
export function bytesChecksum(id: string, point: PointRow): number {
  const { number, seq, at, standsOn, delta, journal, mark } = point
  // As in `rowChecksum`: text, or nothing, is never what was written.
  if (![delta, journal, mark].every((bytes) => ArrayBuffer.isView(bytes))) return Number.NaN
  const numbers = [number, seq, at, standsOn, delta.length, journal.length, mark.length]
  const head = crc32(`${id}\n${numbers.join()}\n`)
  return crc32(mark, crc32(journal, crc32(delta, head)))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const KINDS: readonly PointKind[] = ['automatic', 'named', 'before-restore']

function kindOf(kind: unknown): PointKind {
  return KINDS.find((known) => known === kind) ?? 'automatic'
}
