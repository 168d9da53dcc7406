/** The select tool at rest: shows what is under the pointer and decides what a press is about. */
import type { HandleName } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { handleUnder, inFrame, shapeUnder, targetOf } from '../../hit.ts'
import type { CursorName } from '../../types.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { handleCursor } from './handle-cursor.ts'
import { Pointing, type PressTarget } from './pointing.ts'

export class SelectIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly handles = true
  readonly #desk: Desk
  #cursor: CursorName = 'default'

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get cursor(): CursorName {
    return this.#cursor
  }

  move(pointer: ToolPointer): void {
    const handle = handleUnder(this.#desk, pointer.page, pointer.type)
    this.#cursor = this.#cursorFor(handle, pointer.page)
    this.#desk.tools.noticeCursor()
    this.#hover(handle, pointer)
  }

  down(pointer: ToolPointer): void {
    this.#desk.stage.show({ hovered: null })
    this.#desk.tools.go(new Pointing(this.#desk, pointer, this.#pressed(pointer)))
  }

  exit(): void {}

  #hover(handle: HandleName | null, { page, type, mod }: ToolPointer): void {
    const leaf = handle === null && type !== 'touch' && shapeUnder(this.#desk, page, type)
    this.#desk.stage.show({ hovered: leaf ? targetOf(this.#desk, leaf.id, mod) : null })
  }

  #cursorFor(handle: HandleName | null, page: Vec): CursorName {
    const { overlay } = this.#desk
    if (handle !== null) return handleCursor(handle, overlay.frame?.angle ?? 0)
    return overlay.handles.length > 0 && inFrame(overlay, page) ? 'move' : 'default'
  }

  #pressed({ page, type, mod }: ToolPointer): PressTarget {
    const { board, overlay } = this.#desk
    const handle = board.readOnly ? null : handleUnder(this.#desk, page, type)
    if (handle !== null) return { kind: 'handle', name: handle }
    const leaf = shapeUnder(this.#desk, page, type)
    if (leaf) return { kind: 'shape', leaf: leaf.id, id: targetOf(this.#desk, leaf.id, mod) }
    return inFrame(overlay, page) ? { kind: 'frame' } : { kind: 'canvas' }
  }
}
