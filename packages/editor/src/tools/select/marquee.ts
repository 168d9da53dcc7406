/** A box is drawn around shapes: those wholly in it are selected, with alt those it touches. */
import type { Board, ShapeId } from '@kolam/board'
import { boxBetween, boxContains, type Box } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { targetOf } from '../../hit.ts'
import { isLocked } from '../../tree.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'

export class Marquee implements ToolState<'marquee'> {
  readonly id = 'marquee'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #from: ToolPointer
  readonly #before: ReadonlySet<ShapeId>

  constructor(desk: Desk, from: ToolPointer) {
    this.#desk = desk
    this.#from = from
    this.#before = desk.selection.ids
  }

  move(pointer: ToolPointer): void {
    const box = boxBetween(this.#from.page, pointer.page)
    this.#desk.stage.show({ marquee: box })
    const kept = pointer.shift ? this.#before : []
    this.#desk.selection.set([...kept, ...caught(this.#desk, box, pointer)])
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  exit(how: Exit): void {
    if (how === 'cancel') this.#desk.selection.set(this.#before)
  }
}

/** What the marquee selects; `mod` looks into groups. */
function caught(desk: Desk, box: Box, { alt, mod }: ToolPointer): ShapeId[] {
  const { board } = desk
  const mode = alt ? 'intersect' : 'contain'
  const targets = new Set<ShapeId>()
  for (const id of board.shapesIn(box, { mode })) {
    if (!isLocked(board, id)) targets.add(mod ? id : targetOf(desk, id, false))
  }
  return [...targets].filter((id) => alt || isWholly(board, id, box))
}

/** A group is caught only with everything in it. */
function isWholly(board: Board, id: ShapeId, box: Box): boolean {
  return board.shape(id)?.kind !== 'group' || boxContains(box, board.pageBounds(id))
}
