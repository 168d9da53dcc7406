/** The pointer is down and has not wandered: becomes a drag of what was pressed, or a click on it. */
import type { HandleName, ShapeId } from '@kolam/board'
import type { Desk } from '../../desk.ts'
import { isResizeHandle, pointIndex } from '../../frame.ts'
import { boxAround, shapeUnder, targetOf } from '../../hit.ts'
import { stepTowards } from '../../tree.ts'
import { isDrag } from '../slop.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { writeAt } from '../text/write-at.ts'
import { DraggingPoint } from './dragging-point.ts'
import { Marquee } from './marquee.ts'
import { Moving } from './moving.ts'
import { Resizing } from './resizing.ts'
import { Rotating } from './rotating.ts'

/** What was pressed. */
export type PressTarget =
  | { readonly kind: 'handle'; readonly name: HandleName }
  | { readonly kind: 'shape'; readonly leaf: ShapeId; readonly id: ShapeId }
  | { readonly kind: 'frame' }
  | { readonly kind: 'canvas' }

export class Pointing implements ToolState<'pointing'> {
  readonly id = 'pointing'
  readonly cursor = 'default'
  readonly handles = true
  readonly #desk: Desk
  readonly #from: ToolPointer
  readonly #target: PressTarget

  constructor(desk: Desk, from: ToolPointer, target: PressTarget) {
    this.#desk = desk
    this.#from = from
    this.#target = target
    selectPressed(desk, from, target)
  }

  move(pointer: ToolPointer): void {
    if (isDrag(this.#from, pointer)) this.#drag(pointer)
  }

  up(pointer: ToolPointer): void {
    this.#desk.tools.leave('complete')
    this.#click(pointer)
  }

  exit(): void {}

  #drag(pointer: ToolPointer): void {
    const next = this.#dragState()
    this.#desk.tools.go(next)
    next.move?.(pointer)
  }

  #dragState(): ToolState {
    const [desk, from, target] = [this.#desk, this.#from, this.#target]
    if (target.kind === 'canvas') return new Marquee(desk, from)
    if (target.kind !== 'handle') {
      if (target.kind === 'shape' && !desk.selection.has(target.id))
        desk.selection.toggle(target.id)
      const movable = !desk.board.readOnly && desk.selection.unlocked.length > 0
      return movable ? new Moving(desk, from) : new Marquee(desk, from)
    }
    if (target.name === 'rotate') return new Rotating(desk, from)
    if (isResizeHandle(target.name)) return new Resizing(desk, from, target.name)
    return new DraggingPoint(desk, from, pointIndex(target.name))
  }

  #click(pointer: ToolPointer): void {
    const target = this.#target
    if (target.kind === 'handle') return
    if (this.#from.clicks === 2 && !pointer.shift) return this.#doubleClick()
    if (target.kind === 'shape') return this.#clickShape(target.id, pointer)
    if (!pointer.shift) this.#desk.selection.clear()
  }

  #clickShape(id: ShapeId, { shift }: ToolPointer): void {
    const { selection } = this.#desk
    if (shift) selection.toggle(id)
    else selection.set([id])
  }

  /** Enter a group, write in a shape, or write on the empty page. */
  #doubleClick(): void {
    const { board, editing, selection } = this.#desk
    const { page, type } = this.#from
    const leaf = shapeUnder(this.#desk, page, type) ?? boxAround(this.#desk, page)
    if (!leaf) return board.readOnly ? undefined : writeAt(this.#desk, page)
    const id = targetOf(this.#desk, leaf.id, this.#from.mod)
    if (board.shape(id)?.kind === 'group') return selection.set([stepTowards(board, id, leaf.id)])
    selection.set([id])
    editing.start(id, { born: false })
  }
}

/** What is pressed and not selected is selected at once, so that the view shows what would move. */
function selectPressed(desk: Desk, { shift, clicks }: ToolPointer, target: PressTarget): void {
  if (target.kind !== 'shape' || shift || clicks === 2 || desk.selection.has(target.id)) return
  desk.selection.set([target.id])
}
