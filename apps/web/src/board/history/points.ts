/** The server's answers about a history as values: points in time, and what happened between two. Pure. */
import { SHAPE_KINDS, type ShapeId, type ShapeKind } from '@kolam/board'
import { cleanName } from '../../lib/person.ts'

export type PointKind = 'automatic' | 'named' | 'before-restore'

/** The board at a moment that was kept. */
export interface Point {
  readonly number: number
  readonly at: number
  readonly kind: PointKind
  readonly name: string
  /** Who named it or went back; empty where nobody did. */
  readonly author: string
  /** Who edited until then, since the point before. */
  readonly authors: readonly string[]
  readonly damaged: boolean
}

/** What happened to one shape. */
export interface ShapeNews {
  readonly id: ShapeId
  readonly kind: ShapeKind
  readonly text: string
  readonly authors: readonly string[]
  /** Of a shape that was changed: what of it. */
  readonly props: readonly string[]
}

/** What happened between two moments; the lists may be shorter than the counts say. */
export interface News {
  /** The earlier moment; 0 is the beginning. */
  readonly from: number
  readonly title: { readonly before: string; readonly after: string } | null
  readonly added: readonly ShapeNews[]
  readonly changed: readonly ShapeNews[]
  readonly removed: readonly ShapeNews[]
  readonly counts: { readonly added: number; readonly changed: number; readonly removed: number }
  readonly authors: readonly string[]
}

/** As long as the server takes one. */
export const POINT_NAME_MAX = 100

const TEXT_MAX = 200
/** More people than this are told as a number anyway. */
const AUTHORS_MAX = 100

const KINDS: ReadonlySet<unknown> = new Set(['automatic', 'named', 'before-restore'])
const SHAPES: ReadonlySet<unknown> = new Set(SHAPE_KINDS)

/** The points in the server's answer, newest first; throws when it is not such an answer. */
export function readPoints(answer: unknown): Point[] {
  const list = fieldsOf(answer)['points']
  if (!Array.isArray(list)) throw new TypeError('The answer holds no list of points')
  const points = (list as unknown[]).flatMap((entry) => readPoint(entry) ?? [])
  return points.toSorted((a, b) => b.number - a.number)
}

/** What happened, in the server's answer; throws when it is not such an answer. */
export function readNews(answer: unknown): News {
  const { from, title, added, changed, removed, counts, authors } = fieldsOf(answer)
  if (!Array.isArray(added) || !Array.isArray(changed) || !Array.isArray(removed)) {
    throw new TypeError('The answer holds no list of changes')
  }
  const lists = {
    added: added.flatMap((entry) => readShape(entry) ?? []),
    changed: changed.flatMap((entry) => readShape(entry) ?? []),
    removed: removed.flatMap((entry) => readShape(entry) ?? []),
  }
  const said = fieldsOf(counts)
  return {
    ...lists,
    from: numberOf(from),
    title: readTitle(title),
    counts: {
      added: Math.max(numberOf(said['added']), lists.added.length),
      changed: Math.max(numberOf(said['changed']), lists.changed.length),
      removed: Math.max(numberOf(said['removed']), lists.removed.length),
    },
    authors: namesOf(authors),
  }
}

/** How many changes in all. */
export function countNews({ counts, title }: News): number {
  return counts.added + counts.changed + counts.removed + (title ? 1 : 0)
}

function readPoint(entry: unknown): Point | null {
  const { number, at, kind, name, author, authors, damaged } = fieldsOf(entry)
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) return null
  return {
    number,
    at: numberOf(at),
    kind: KINDS.has(kind) ? (kind as PointKind) : 'automatic',
    name: lineOf(name, POINT_NAME_MAX),
    author: nameOf(author),
    authors: namesOf(authors),
    damaged: damaged === true,
  }
}

function readShape(entry: unknown): ShapeNews | null {
  const { id, kind, text, authors, props } = fieldsOf(entry)
  if (typeof id !== 'string') return null
  return {
    id,
    kind: SHAPES.has(kind) ? (kind as ShapeKind) : 'foreign',
    text: lineOf(text, TEXT_MAX),
    authors: namesOf(authors),
    props: stringsOf(props),
  }
}

function readTitle(title: unknown): News['title'] {
  const { before, after } = fieldsOf(title)
  if (typeof before !== 'string' || typeof after !== 'string') return null
  return { before: lineOf(before, TEXT_MAX), after: lineOf(after, TEXT_MAX) }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}

function stringsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return (value as unknown[]).filter((entry) => typeof entry === 'string')
}

function namesOf(value: unknown): string[] {
  return [...new Set(stringsOf(value).slice(0, AUTHORS_MAX).map(nameOf))]
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? cleanName(value.slice(0, TEXT_MAX)) : ''
}

/** One line of plain text; controls and marks that turn the writing around are left out. */
function lineOf(value: unknown, max: number): string {
  if (typeof value !== 'string') return ''
  const start = value
    .slice(0, max)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
  return start.replaceAll(/\s+/g, ' ').trim()
}
