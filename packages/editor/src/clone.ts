/** Copies of shapes with fresh ids: parents, bindings and order as among the originals. Pure. */
import { randomId } from '@kolam/base'
import type { Binding, Board, NewShape, Shape, ShapeId } from '@kolam/board'
import { withDescendants } from './tree.ts'

export interface Clones {
  /** Parents before children, lower before higher. */
  readonly shapes: NewShape[]
  /** The copies of what was asked for, in its order. */
  readonly roots: ShapeId[]
}

/** Copies of `ids` with all they contain, beside their originals. */
export function cloneShapes(board: Board, ids: readonly ShapeId[]): Clones {
  const wanted = withDescendants(board, ids)
  const originals = board.ordered().filter(({ id }) => wanted.has(id))
  const fresh = new Map(originals.map(({ id }) => [id, randomId()]))
  const shapes = originals.map((shape) => cloned(shape, fresh))
  return { shapes, roots: ids.flatMap((id) => fresh.get(id) ?? []) }
}

function cloned(shape: Shape, fresh: ReadonlyMap<ShapeId, ShapeId>): NewShape {
  const { index: _index, ...props } = shape
  const [parent, x, y] = shape.at
  return {
    ...props,
    id: fresh.get(shape.id) ?? randomId(),
    at: [fresh.get(parent) ?? parent, x, y],
    start: renamed(shape.start, fresh),
    end: renamed(shape.end, fresh),
  }
}

/** A copied arrow holds on to the copy if there is one, else to the original. */
function renamed(binding: Binding | null, fresh: ReadonlyMap<ShapeId, ShapeId>): Binding | null {
  const id = binding && fresh.get(binding.id)
  return binding && id ? { ...binding, id } : binding
}
