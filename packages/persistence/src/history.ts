/**
 * The history of documents, as the port keeps it: points in time, each the bytes that lead to it from the one before.
 * Knows their order; never what is in them.
 */
import type { Append } from './store.ts'
import { StoreError } from './store-error.ts'

/** Why a point was made: by itself, because somebody named it, or because somebody was about to go back. */
export type PointKind = 'automatic' | 'named' | 'before-restore'

/** What is said about a point. */
export interface PointWords {
  readonly kind: PointKind
  /** Empty unless somebody gave it one. */
  readonly name: string
  /** Who asked for it; empty where nobody did. */
  readonly author: string
}

/** A point as it is listed. */
export interface PointInfo extends PointWords {
  /** Counted from 1 in each document and never reused. */
  readonly number: number
  /** The moment it shows, in milliseconds since the epoch. */
  readonly at: number
  /** The number of the last update in it. */
  readonly seq: number
  /** How many updates came since the point before. */
  readonly updates: number
  /** Who sent them; the most busy first, not all where they are very many. */
  readonly authors: readonly string[]
  /** What it takes on disk. */
  readonly bytes: number
  /** Its row is not what was written: it is there to be seen, and cannot be read. */
  readonly damaged?: true
}

/** The bytes of a point. */
export interface PointBytes {
  /** `delta` holds all of the document; else what came since the point before. */
  readonly base: boolean
  readonly delta: Uint8Array
  /** Who wrote what of it, and when. */
  readonly journal: Uint8Array
}

/** A point as it is read. */
export interface StoredPoint extends PointBytes {
  readonly number: number
}

/** What came since the point before, and who sent it. */
export interface PointGrowth {
  readonly updates: number
  readonly authors: readonly string[]
}

/** A point to be kept. */
export interface NewPoint extends PointBytes, PointGrowth, PointWords {
  /** The point it was made after; 0 for none. One that came in between makes it invalid. */
  readonly after: number
  readonly at: number
  readonly seq: number
  /** Whatever the maker of the next point needs to know of this one. */
  readonly mark: Uint8Array
}

/** A point that stands for the ones before it from now on. */
export interface RewrittenPoint extends StoredPoint, PointGrowth {}

/** What becomes of a history in one step. */
export interface Rewrite {
  readonly removed: readonly number[]
  readonly replaced: readonly RewrittenPoint[]
}

/** What no point holds yet. */
export interface Unrecorded {
  /** The last point; null where there is none whose successor could be told from it. */
  readonly last: { readonly number: number; readonly seq: number; readonly mark: Uint8Array } | null
  /** The number of the last point, whether it can be used or not; 0 for none. */
  readonly after: number
  /** The updates since then that are still there, in order. */
  readonly updates: readonly Append[]
}

/** What the history of one document takes. */
export interface HistorySize {
  readonly document: string
  readonly points: number
  readonly bytes: number
}

/** Points in time of every document. Those of a document that is put away are refused as the document is. */
export interface History {
  /** What came after the last point, up to the update `upto`. */
  unrecorded(id: string, upto: number): Promise<Unrecorded>
  /** Resolves with its number when it would survive a crash. */
  add(id: string, point: NewPoint): Promise<number>
  /** All points, the first one first. */
  list(id: string): Promise<PointInfo[]>
  /** What leads to a point: the last one that holds all of the document, and those after it. */
  read(id: string, number: number): Promise<StoredPoint[]>
  /** Gives a point other words. */
  rename(id: string, number: number, words: PointWords): Promise<void>
  /** All of it or nothing, and never without the last point. That what is left still leads to every point is the caller's promise. */
  rewrite(id: string, change: Rewrite): Promise<void>
  /** Of every document with points that is not removed, in no order. */
  sizes(): Promise<HistorySize[]>
}

/** There is no such point. */
export function unknownPoint(id: string, number: number): StoreError {
  return new StoreError('invalid', `Cannot find point ${number} of document "${id}"`)
}

/** Refuses a point that cannot come after `last` in a document with `seq` updates. */
export function checkNewPoint(
  id: string,
  point: NewPoint,
  found: { last: { number: number; seq: number } | null; seq: number },
): void {
  const { number, seq } = found.last ?? { number: 0, seq: 0 }
  if (point.after !== number) throw refusedPoint(id, `point ${number} came in between`)
  if (point.seq > found.seq) throw refusedPoint(id, `there is no update ${point.seq}`)
  if (point.seq < seq) throw refusedPoint(id, `point ${number} is later`)
  if (!point.base && number === 0) throw refusedPoint(id, 'there is no point it could stand on')
}

/** Refuses to remove the last point: the next one is made after it. */
export function checkRemoved(id: string, removed: readonly number[], last: number): void {
  if (!removed.includes(last)) return
  throw new StoreError('invalid', `Cannot remove the last point of document "${id}"`)
}

function refusedPoint(id: string, why: string): StoreError {
  return new StoreError('invalid', `Cannot keep a point of document "${id}": ${why}`)
}
