/** The pointer is down with a linear tool: a drag draws, a click draws nothing. */
import type { Desk } from '../../desk.ts'
import { isDrag } from '../slop.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { LinearDragging } from './dragging.ts'
import type { LinearKind } from './linear.ts'

export class LinearPointing implements ToolState<'pointing'> {
  readonly id = 'pointing'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #from: ToolPointer
  readonly #kind: LinearKind

  constructor(desk: Desk, from: ToolPointer, kind: LinearKind) {
    this.#desk = desk
    this.#from = from
    this.#kind = kind
  }

  move(pointer: ToolPointer): void {
    if (!isDrag(this.#from, pointer)) return
    const next = new LinearDragging(this.#desk, this.#from, this.#kind)
    this.#desk.tools.go(next)
    next.move(pointer)
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  exit(): void {}
}
