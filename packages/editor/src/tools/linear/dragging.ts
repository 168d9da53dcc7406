/** The far end of a new line or arrow follows the pointer. */
import { FIRST_PAGE, type Binding } from '@kolam/board'
import { IDENTITY, type Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { placePoints } from '../../placing.ts'
import { Creating } from '../creating.ts'
import type { ToolPointer } from '../tool.ts'
import { heldAt, steppedFrom } from './line-end.ts'
import type { LinearKind } from './linear.ts'

export class LinearDragging extends Creating {
  readonly #kind: LinearKind
  readonly #from: Vec
  readonly #start: Binding | null

  constructor(desk: Desk, from: ToolPointer, kind: LinearKind) {
    const start = heldAt(desk, kind, { pointer: from, except: [] })
    const placed = placePoints(FIRST_PAGE, IDENTITY, [from.page, from.page])
    super(desk, newShape(desk, kind, { ...placed, start }))
    this.#kind = kind
    this.#from = from.page
    this.#start = start
  }

  move(pointer: ToolPointer): void {
    if (this.made === undefined) return
    const to = steppedFrom(this.#from, pointer.page, pointer.shift)
    const placed = placePoints(FIRST_PAGE, IDENTITY, [this.#from, to])
    const except = [this.made, this.#start?.id]
    const end = heldAt(this.desk, this.#kind, { pointer: { ...pointer, page: to }, except })
    this.desk.stage.show({ bindTarget: end?.id ?? null })
    this.show({ ...placed, end })
  }
}
