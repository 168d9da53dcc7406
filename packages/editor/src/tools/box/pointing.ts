/** The pointer is down with a box tool: a drag draws, a click makes a box of the usual size. */
import { FIRST_PAGE } from '@kolam/board'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { BOX_CLICK_H, BOX_CLICK_W } from '../../limits.ts'
import { isDrag } from '../slop.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import type { BoxKind } from './box.ts'
import { BoxDragging } from './dragging.ts'

export class BoxPointing implements ToolState<'pointing'> {
  readonly id = 'pointing'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #from: ToolPointer
  readonly #kind: BoxKind

  constructor(desk: Desk, from: ToolPointer, kind: BoxKind) {
    this.#desk = desk
    this.#from = from
    this.#kind = kind
  }

  move(pointer: ToolPointer): void {
    if (!isDrag(this.#from, pointer)) return
    const next = new BoxDragging(this.#desk, this.#from, this.#kind)
    this.#desk.tools.go(next)
    next.move(pointer)
  }

  up(): void {
    this.#desk.tools.leave('complete')
    const { board, steps, tools } = this.#desk
    const [id] = steps.run(() => board.insert([this.#usual()]))
    if (id !== undefined) tools.made(id)
  }

  exit(): void {}

  #usual() {
    const { x, y } = this.#from.page
    const [w, h] = [BOX_CLICK_W, BOX_CLICK_H]
    return newShape(this.#desk, this.#kind, { at: [FIRST_PAGE, x - w / 2, y - h / 2], w, h })
  }
}
