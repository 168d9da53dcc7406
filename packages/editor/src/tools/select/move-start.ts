/**
 * Where shapes were when a move began, and the props that put them elsewhere.
 *
 * A group or frame moves by its own place, its contents with it. An arrow that is moved away from
 * what it was bound to lets go. Also used by nudging, aligning and duplicating.
 */
import type { Board, Shape, ShapeId, ShapePatch } from '@kolam/board'
import { add, angleOfMatrix, rotate, type Matrix, type Vec } from '@kolam/geometry'
import { isLinear, pagePointsOf, parentTransform, placePoints } from '../../placing.ts'
import { withDescendants } from '../../tree.ts'

interface Mover {
  readonly shape: Shape
  readonly parent: Matrix
  /** Points on the page of an arrow that lets go of what stays behind. */
  readonly loose: { readonly points: readonly Vec[]; readonly patch: ShapePatch } | null
}

export class MoveStart {
  readonly #movers: readonly Mover[]

  constructor(board: Board, ids: Iterable<ShapeId>, movers?: readonly Mover[]) {
    this.#movers = movers ?? moversOf(board, [...ids])
    this.#board = board
  }

  readonly #board: Board

  get isEmpty(): boolean {
    return this.#movers.length === 0
  }

  without(ids: ReadonlySet<ShapeId>): MoveStart {
    const left = this.#movers.filter(({ shape }) => !ids.has(shape.id))
    return new MoveStart(this.#board, [], left)
  }

  /** Props with everything moved by `by` on the page. */
  movedBy(by: Vec): Map<ShapeId, ShapePatch> {
    return new Map(this.#movers.map((mover) => [mover.shape.id, moved(mover, by)]))
  }
}

function moversOf(board: Board, ids: readonly ShapeId[]): Mover[] {
  const moving = withDescendants(board, ids)
  return ids.flatMap((id) => {
    const shape = board.shape(id)
    if (!shape) return []
    return { shape, parent: parentTransform(board, shape), loose: looseEnds(board, shape, moving) }
  })
}

function looseEnds(board: Board, shape: Shape, moving: ReadonlySet<ShapeId>): Mover['loose'] {
  if (!isLinear(shape)) return null
  const patch: { start?: null; end?: null } = {}
  if (shape.start && !moving.has(shape.start.id)) patch.start = null
  if (shape.end && !moving.has(shape.end.id)) patch.end = null
  if (patch.start === undefined && patch.end === undefined) return null
  return { points: pagePointsOf(board, shape), patch }
}

function moved({ shape, parent, loose }: Mover, by: Vec): ShapePatch {
  const [parentId, x, y] = shape.at
  if (loose) {
    const points = loose.points.map((point) => add(point, by))
    return { ...placePoints(parentId, parent, points), ...loose.patch }
  }
  const local = rotate(by, -angleOfMatrix(parent))
  return { at: [parentId, x + local.x, y + local.y] }
}
