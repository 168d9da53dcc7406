/** The far end of a new line or arrow follows the pointer. */
import { FIRST_PAGE, type Binding, type ShapeId } from '@kolam/board'
import { IDENTITY, type Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { placePoints } from '../../placing.ts'
import { LiveEdit } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'
import { heldAt, steppedFrom } from './line-end.ts'
import type { LinearKind } from './linear.ts'

export class LinearDragging implements ToolState<'dragging'> {
  readonly id = 'dragging'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #kind: LinearKind
  readonly #from: Vec
  readonly #start: Binding | null
  readonly #edit: LiveEdit
  readonly #id: ShapeId | undefined

  constructor(desk: Desk, from: ToolPointer, kind: LinearKind) {
    this.#desk = desk
    this.#kind = kind
    this.#from = from.page
    this.#start = heldAt(desk, kind, { pointer: from, except: [] })
    this.#edit = new LiveEdit(desk)
    const placed = placePoints(FIRST_PAGE, IDENTITY, [from.page, from.page])
    const shape = newShape(desk, kind, { ...placed, start: this.#start })
    this.#id = this.#edit.insert([shape])[0]
  }

  move(pointer: ToolPointer): void {
    const id = this.#id
    if (id === undefined) return
    const to = steppedFrom(this.#from, pointer.page, pointer.shift)
    const placed = placePoints(FIRST_PAGE, IDENTITY, [this.#from, to])
    const except = [id, this.#start?.id]
    const end = heldAt(this.#desk, this.#kind, { pointer: { ...pointer, page: to }, except })
    this.#desk.stage.show({ bindTarget: end?.id ?? null })
    this.#edit.show(new Map([[id, { ...placed, end }]]))
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
