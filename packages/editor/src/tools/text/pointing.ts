/** The pointer is down with the text tool; writing begins when it is let go, so that the view keeps the focus. */
import type { Desk } from '../../desk.ts'
import { shapeUnder } from '../../hit.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { writeAt } from './write-at.ts'

export class TextPointing implements ToolState<'pointing'> {
  readonly id = 'pointing'
  readonly cursor = 'text'
  readonly handles = false
  readonly #desk: Desk
  readonly #from: ToolPointer

  constructor(desk: Desk, from: ToolPointer) {
    this.#desk = desk
    this.#from = from
  }

  up(): void {
    this.#desk.tools.leave('complete')
    const { tools, selection, editing } = this.#desk
    const { page, type } = this.#from
    const found = shapeUnder(this.#desk, page, type)
    if (found?.kind !== 'text') return writeAt(this.#desk, page)
    if (!tools.locked) {
      tools.set('select')
      selection.set([found.id])
    }
    editing.start(found.id, { born: false })
  }

  exit(): void {}
}
