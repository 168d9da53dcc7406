/** A new box grows with the pointer: shift makes it as wide as high, alt grows it about where it began. */
import { FIRST_PAGE, type Place } from '@kolam/board'
import { boxBetween, type Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { Creating } from '../creating.ts'
import type { ToolPointer } from '../tool.ts'
import type { BoxKind } from './box.ts'

export class BoxDragging extends Creating {
  readonly #from: Vec

  constructor(desk: Desk, from: ToolPointer, kind: BoxKind) {
    super(desk, newShape(desk, kind, dragged(from.page, from)))
    this.#from = from.page
  }

  move(pointer: ToolPointer): void {
    this.show(dragged(this.#from, pointer))
  }
}

function dragged(from: Vec, pointer: ToolPointer): { at: Place; w: number; h: number } {
  const to = pointer.shift ? squareCorner(from, pointer.page) : pointer.page
  const start = pointer.alt ? { x: 2 * from.x - to.x, y: 2 * from.y - to.y } : from
  const { x, y, w, h } = boxBetween(start, to)
  return { at: [FIRST_PAGE, x, y], w, h }
}

function squareCorner(from: Vec, { x, y }: Vec): Vec {
  const size = Math.max(Math.abs(x - from.x), Math.abs(y - from.y))
  return { x: from.x + (x < from.x ? -size : size), y: from.y + (y < from.y ? -size : size) }
}
