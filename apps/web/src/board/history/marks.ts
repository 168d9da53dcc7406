/** Where on the board something happened: a mark for each shape that came, changed or went. Pure. */
import { outlineBounds, shapeOutline, type Board, type Shape, type ShapeId } from '@kolam/board'
import { applyMatrix, IDENTITY, ORIGIN, type Box, type Matrix, type Vec } from '@kolam/geometry'
import type { News } from './points.ts'

export type MarkKind = 'added' | 'changed' | 'removed'

export interface Mark {
  readonly id: ShapeId
  readonly kind: MarkKind
  /** What it takes on the page. */
  readonly bounds: Box
  /** The frame drawn around it, in a space of its own. */
  readonly frame: { readonly box: Box; readonly matrix: Matrix }
  /** Of a shape that is not on the board that is shown: its outline on the page, and the top left of it. */
  readonly ghost: { readonly outline: readonly Vec[]; readonly first: Vec } | null
}

/** The two moments; one of them is the board that is shown. */
export interface Moments {
  readonly before: Board | null
  readonly after: Board | null
  readonly shown: Board
}

/** Marks of what can be shown: groups are marked by what is in them. */
export function marksOf(news: News, { before, after, shown }: Moments): Mark[] {
  const sources = { added: after, changed: shown, removed: before }
  const kinds = ['changed', 'added', 'removed'] as const
  return kinds.flatMap((kind) =>
    news[kind].flatMap(({ id }) => {
      const board = sources[kind]
      const shape = board?.shape(id)
      if (!board || !shape || shape.kind === 'group') return []
      return [markOf(kind, shape, board, board !== shown)]
    }),
  )
}

/** The box around a shape in the first of these boards that has it. */
export function boundsIn(boards: readonly (Board | null)[], id: ShapeId): Box | null {
  const board = boards.find((one) => one?.shape(id) !== undefined)
  return board?.pageBounds(id) ?? null
}

function markOf(kind: MarkKind, shape: Shape, board: Board, isGhost: boolean): Mark {
  const bounds = outlineBounds(shape, board)
  const matrix = board.pageTransform(shape.id)
  const isWay = shape.kind === 'line' || shape.kind === 'arrow' || shape.kind === 'draw'
  const frame = isWay
    ? { box: bounds, matrix: IDENTITY }
    : { box: { x: 0, y: 0, w: shape.w, h: shape.h }, matrix }
  const ghost = isGhost ? ghostOf(shape, board) : null
  return { id: shape.id, kind, bounds, frame, ghost }
}

function ghostOf(shape: Shape, board: Board): Mark['ghost'] {
  const matrix = board.pageTransform(shape.id)
  const outline = shapeOutline(shape, board).path.map((point) => applyMatrix(matrix, point))
  const first = outline.reduce((a, b) => (b.x + b.y < a.x + a.y ? b : a), outline[0] ?? ORIGIN)
  return { outline, first }
}
