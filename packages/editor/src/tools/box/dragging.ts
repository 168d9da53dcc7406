/** A new box grows with the pointer: shift makes it as wide as high, alt grows it about where it began. */
import { FIRST_PAGE, type Place, type ShapeId } from '@kolam/board'
import { boxBetween, type Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { LiveEdit } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'
import type { BoxKind } from './box.ts'

export class BoxDragging implements ToolState<'dragging'> {
  readonly id = 'dragging'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #from: Vec
  readonly #edit: LiveEdit
  readonly #id: ShapeId | undefined

  constructor(desk: Desk, from: ToolPointer, kind: BoxKind) {
    this.#desk = desk
    this.#from = from.page
    this.#edit = new LiveEdit(desk)
    const shape = newShape(desk, kind, dragged(from.page, from))
    this.#id = this.#edit.insert([shape])[0]
  }

  move(pointer: ToolPointer): void {
    if (this.#id === undefined) return
    this.#edit.show(new Map([[this.#id, dragged(this.#from, pointer)]]))
  }

  tick(): void {
    this.#edit.tick()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    this.#edit.drop(ids)
    if (this.#id !== undefined && ids.has(this.#id)) this.#desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    if (how === 'cancel') return this.#edit.revert()
    this.#edit.finish()
    if (how === 'complete' && this.#id !== undefined) this.#desk.tools.made(this.#id)
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
