/**
 * Where each shape comes in painting order.
 *
 * Worked out from the board's order once and kept until something that matters to the order has
 * changed: not when a shape merely moves or changes colour.
 */
import type { Board, BoardChange, Shape, ShapeId } from '@kolam/board'

interface Rank {
  readonly rank: number
  readonly parent: string
  readonly index: string
}

/** So many are compared with each other sooner than all are ranked. */
const FEW = 200

/** Ranks of the shapes of one board. */
export class Ranks {
  readonly #board: Pick<Board, 'ordered' | 'shape' | 'comparePaint'>
  #ranks: Map<ShapeId, Rank> | null = null

  constructor(board: Pick<Board, 'ordered' | 'shape' | 'comparePaint'>) {
    this.#board = board
  }

  /** Tell of every change of the board. */
  note({ added, changed, removed }: Pick<BoardChange, 'added' | 'changed' | 'removed'>): void {
    if (added.size > 0 || removed.size > 0) this.#ranks = null
    for (const id of changed) if (this.#hasMoved(id)) this.#ranks = null
  }

  /** The shapes with these ids in painting order; those the board does not know come last. */
  sort(ids: Iterable<ShapeId>): ShapeId[] {
    if (!this.#ranks) {
      const few = [...ids]
      if (few.length <= FEW) return this.#compared(few)
      ids = few
    }
    this.#ranks ??= this.#read()
    const ranks = this.#ranks
    const rankOf = (id: ShapeId): number => ranks.get(id)?.rank ?? Infinity
    const entries = Array.from(ids, (id, i) => ({ id, rank: rankOf(id), i }))
    // Infinity minus itself is no number: the place in the list decides.
    entries.sort((a, b) => (a.rank === b.rank ? a.i - b.i : a.rank - b.rank))
    return entries.map(({ id }) => id)
  }

  /** Without working out where all others come. */
  #compared(ids: readonly ShapeId[]): ShapeId[] {
    const known = ids.filter((id) => this.#board.shape(id))
    const unknown = ids.filter((id) => !this.#board.shape(id))
    return [...known.sort((a, b) => this.#board.comparePaint(a, b)), ...unknown]
  }

  #hasMoved(id: ShapeId): boolean {
    const [shape, rank] = [this.#board.shape(id), this.#ranks?.get(id)]
    return shape !== undefined && (shape.at[0] !== rank?.parent || shape.index !== rank.index)
  }

  #read(): Map<ShapeId, Rank> {
    const entry = ({ id, at, index }: Shape, rank: number): [ShapeId, Rank] => [
      id,
      { rank, parent: at[0], index },
    ]
    return new Map(this.#board.ordered().map(entry))
  }
}
