/** What the eraser has met fades and goes when the pointer is let go; with alt it comes back. */
import type { ShapeId } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { ERASER_RADIUS_PX } from '../../limits.ts'
import { groupsAround, isLocked, withDescendants } from '../../tree.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'

export class Erasing implements ToolState<'erasing'> {
  readonly id = 'erasing'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #met = new Set<ShapeId>()
  #last: Vec

  constructor(desk: Desk, from: ToolPointer) {
    this.#desk = desk
    this.#last = from.page
  }

  move({ alt, samples }: ToolPointer): void {
    for (const { page } of samples) this.#wipe(page, alt)
    this.#show()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    for (const id of ids) this.#met.delete(id)
    this.#show()
  }

  exit(how: Exit): void {
    const { board, steps } = this.#desk
    if (how !== 'cancel' && this.#met.size > 0) steps.run(() => board.remove(this.#met))
  }

  #wipe(to: Vec, back: boolean): void {
    const { board, camera } = this.#desk
    for (const id of board.shapesAlong(this.#last, to, ERASER_RADIUS_PX / camera.zoom)) {
      if (isLocked(board, id)) continue
      const whole = groupsAround(board, id).at(-1)?.id ?? id
      if (back) this.#met.delete(whole)
      else this.#met.add(whole)
    }
    this.#last = to
  }

  #show(): void {
    this.#desk.stage.show({ erasing: withDescendants(this.#desk.board, this.#met) })
  }
}
