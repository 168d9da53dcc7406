/** The history of all documents in SQLite: points, each with its bytes and a checksum. Synchronous, like the log. */
import {
  checkNewPoint,
  checkRemoved,
  type HistorySize,
  type NewPoint,
  type PointGrowth,
  type PointInfo,
  type PointWords,
  type Rewrite,
  type RewrittenPoint,
  type StoredPoint,
  type Unrecorded,
  unknownPoint,
} from '../history.ts'
import type { Append } from '../store.ts'
import { rowChecksum } from './checksum.ts'
import { damaged, type DocumentRows } from './document-rows.ts'
import {
  bytesChecksum,
  infoOfPoint,
  placeOf,
  type PointRow,
  soundPoint,
  wordsChecksum,
  wordsOf,
  wordsText,
} from './point-row.ts'
import { inTransaction, type Sql, type SqlRow } from './sql.ts'
import type { Statements } from './statements.ts'

/** The operations of `History`, one call each. */
export class SqlitePoints {
  readonly #sql: Sql
  readonly #statements: Statements
  readonly #rows: DocumentRows

  constructor(sql: Sql, parts: { statements: Statements; rows: DocumentRows }) {
    this.#sql = sql
    this.#statements = parts.statements
    this.#rows = parts.rows
  }

  /** The number of the last update any point holds; 0 where there is no point. */
  lastSeq(id: string): number {
    return Number(this.#statements.lastPointSeq.get(id)?.['seq'] ?? 0)
  }

  unrecorded(id: string, upto: number): Unrecorded {
    this.#rows.seqOf(id)
    const row = this.#statements.lastPoint.get(id)
    const point = row ? soundPoint(id, row) : null
    const last = point && { number: point.number, seq: point.seq, mark: point.mark }
    const rows = this.#statements.readLogged.all(id, last?.seq ?? 0, upto)
    const sound = rows.filter((logged) => isSoundUpdate(id, logged))
    const updates = sound.map((logged) => appendOf(id, logged))
    return { last, after: row ? Number(row['number']) : 0, updates }
  }

  add(id: string, point: NewPoint): number {
    return inTransaction(this.#sql, () => {
      const seq = this.#rows.seqOfKnown(id)
      const row = this.#statements.lastPoint.get(id)
      const last = row ? placeOf(row) : null
      checkNewPoint(id, point, { last, seq })
      const before = last?.number ?? 0
      this.#insert(id, { ...point, number: before + 1, standsOn: point.base ? 0 : before })
      this.#statements.recountPoints.run(id)
      return before + 1
    })
  }

  list(id: string): PointInfo[] {
    this.#rows.seqOf(id)
    const rows = this.#statements.listPoints.all(id)
    const counted = Number(this.#statements.countedPoints.get(id)?.['points'] ?? 0)
    if (rows.length === counted) return rows.map((row) => infoOfPoint(id, row))
    throw damaged(id, `its history has ${rows.length} points, and should have ${counted}`)
  }

  read(id: string, number: number): StoredPoint[] {
    this.#rows.seqOf(id)
    const points: StoredPoint[] = []
    let current = number
    do {
      const point = this.#read(id, { number: current, isFirst: points.length === 0 })
      const { number, standsOn, delta, journal } = point
      points.unshift({ number, base: standsOn === 0, delta, journal })
      current = standsOn
    } while (current > 0)
    return points
  }

  rename(id: string, number: number, words: PointWords): void {
    this.#rows.seqOf(id)
    const row = this.#rowOf(id, number)
    const text = wordsText({ ...wordsOf(row), ...words })
    const crc = wordsChecksum(id, placeOf(row), text)
    this.#statements.renamePoint.run(text, crc, id, number)
  }

  rewrite(id: string, { removed, replaced }: Rewrite): void {
    inTransaction(this.#sql, () => {
      this.#rows.seqOfKnown(id)
      checkRemoved(id, removed, Number(this.#statements.lastPoint.get(id)?.['number'] ?? 0))
      for (const number of removed) {
        this.#rowOf(id, number)
        this.#statements.removePoint.run(id, number)
      }
      for (const point of replaced) this.#replace(id, point)
      this.#statements.recountPoints.run(id)
    })
  }

  sizes(): HistorySize[] {
    return this.#statements.historySizes.all().map((row) => ({
      document: String(row['id']),
      points: Number(row['points']),
      bytes: Number(row['history_bytes']),
    }))
  }

  #rowOf(id: string, number: number): SqlRow {
    const row = this.#statements.readPoint.get(id, number)
    if (!row) throw unknownPoint(id, number)
    return row
  }

  #read(id: string, { number, isFirst }: { number: number; isFirst: boolean }): PointRow {
    const row = this.#statements.readPoint.get(id, number)
    if (!row && isFirst) throw unknownPoint(id, number)
    if (!row) throw damaged(id, `point ${number} of its history is missing`)
    const point = soundPoint(id, row)
    // What was found by a number need not have it, where the tree of rows is damaged.
    if (point?.number === number) return point
    throw damaged(id, `point ${number} of its history does not match its checksum`)
  }

  #insert(id: string, point: PointRow & PointWords & PointGrowth): void {
    const { number, seq, at, standsOn, delta, journal, mark } = point
    const text = wordsText(point)
    const [words, bytes] = [wordsChecksum(id, point, text), bytesChecksum(id, point)]
    const place = [id, number, seq, at, text, words, standsOn, bytes] as const
    this.#statements.insertPoint.run(...place, delta, journal, mark)
  }

  #replace(id: string, point: RewrittenPoint): void {
    const { number, base, updates, authors, delta, journal } = point
    const row = this.#rowOf(id, number)
    const before = Number(this.#statements.pointBefore.get(id, number)?.['number'] ?? 0)
    const standsOn = base ? 0 : before
    const text = wordsText({ ...wordsOf(row), updates, authors })
    const mark = row['mark'] as Uint8Array
    const bytes = { ...placeOf(row), standsOn, delta, journal, mark }
    const crcs = [wordsChecksum(id, bytes, text), bytesChecksum(id, bytes)] as const
    const [wordsCrc, bytesCrc] = crcs
    this.#statements.replacePoint.run(
      text,
      wordsCrc,
      standsOn,
      bytesCrc,
      delta,
      journal,
      id,
      number,
    )
  }
}

function isSoundUpdate(id: string, row: SqlRow): boolean {
  return rowChecksum(id, Number(row['seq']), row['bytes'] as Uint8Array) === row['crc']
}

function appendOf(document: string, row: SqlRow): Append {
  return {
    document,
    update: row['bytes'] as Uint8Array,
    at: Number(row['at']),
    author: String(row['author']),
  }
}
