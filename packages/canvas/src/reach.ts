/** How far outside of bounds the shapes of a board may be painted. */
import type { Board, BoardChange, Shape, ShapeId } from '@kolam/board'
import { NAME_ROOM, paintMargin } from './paint-margin.ts'

interface Known {
  /** Page units. */
  readonly margin: number
  /** CSS pixels, whatever the zoom. */
  readonly names: number
}

const NONE: Known = { margin: 0, names: 0 }

/** The reach only grows: what was painted far out must also be found to be wiped. */
export class Reach {
  readonly #board: Pick<Board, 'shape' | 'shapes'>
  #known: Known | null = null

  constructor(board: Pick<Board, 'shape' | 'shapes'>) {
    this.#board = board
  }

  /** Tell of every change of the board. */
  note({ added, changed }: Pick<BoardChange, 'added' | 'changed'>): void {
    for (const ids of [added, changed]) for (const id of ids) this.#widen(id)
  }

  /** In page units, for `scale` device pixels per page unit, of which `dpr` make a CSS pixel. */
  at(scale: number, dpr: number): number {
    this.#known ??= Array.from(this.#board.shapes()).reduce(furthest, NONE)
    // The soft edge of paint, and specks, take a device pixel more than they should.
    return this.#known.margin + (this.#known.names * dpr + 1) / scale
  }

  #widen(id: ShapeId): void {
    const shape = this.#board.shape(id)
    if (this.#known && shape) this.#known = furthest(this.#known, shape)
  }
}

function furthest({ margin, names }: Known, shape: Shape): Known {
  const isNamed = shape.kind === 'frame' || shape.kind === 'foreign'
  return {
    margin: Math.max(margin, paintMargin(shape)),
    names: isNamed ? NAME_ROOM : names,
  }
}
