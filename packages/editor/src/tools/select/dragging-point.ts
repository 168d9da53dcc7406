/** A point of a line or arrow is dragged; an arrow's end binds to the shape under it. */
import type { Shape, ShapeId, ShapePatch } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { pagePointsOf, parentTransform, placePoints } from '../../placing.ts'
import { heldAt, steppedFrom } from '../linear/line-end.ts'
import { LiveEdit } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'

export class DraggingPoint implements ToolState<'dragging-point'> {
  readonly id = 'dragging-point'
  readonly cursor = 'crosshair'
  readonly handles = true
  readonly #desk: Desk
  readonly #edit: LiveEdit
  readonly #shape: Shape | undefined
  readonly #points: readonly Vec[]
  readonly #index: number

  constructor(desk: Desk, _from: ToolPointer, index: number) {
    this.#desk = desk
    this.#index = index
    this.#shape = desk.selection.single
    this.#points = this.#shape ? pagePointsOf(desk.board, this.#shape) : []
    this.#edit = new LiveEdit(desk)
  }

  move(pointer: ToolPointer): void {
    const shape = this.#shape
    if (!shape || !this.#desk.board.shape(shape.id)) return
    const neighbour = this.#points[this.#index === 0 ? 1 : this.#index - 1]
    const to = steppedFrom(neighbour, pointer.page, pointer.shift)
    const points = this.#points.with(this.#index, to)
    const placed = placePoints(shape.at[0], parentTransform(this.#desk.board, shape), points)
    const held = this.#held(shape, { ...pointer, page: to })
    const target = held.start?.id ?? held.end?.id ?? null
    this.#desk.stage.show({ bindTarget: target })
    this.#edit.show(new Map([[shape.id, { ...placed, ...held }]]))
  }

  tick(): void {
    this.#edit.tick()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    this.#edit.drop(ids)
    if (this.#shape && ids.has(this.#shape.id)) this.#desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    if (how === 'cancel') this.#edit.revert()
    else this.#edit.finish()
  }

  /** The binding of the dragged end; the two ends never hold on to the same shape. */
  #held(shape: Shape, pointer: ToolPointer): Pick<ShapePatch, 'start' | 'end'> {
    const { id, kind, start, end } = shape
    if (this.#index === 0) {
      return { start: heldAt(this.#desk, kind, { pointer, except: [id, end?.id] }) }
    }
    if (this.#index !== this.#points.length - 1) return {}
    return { end: heldAt(this.#desk, kind, { pointer, except: [id, start?.id] }) }
  }
}
