/** A handle is dragged: the selection is stretched about the opposite handle, or its middle with alt. */
import { withDrafts, type Shape, type ShapeId, type TurnedBox } from '@kolam/board'
import { add, sub, type Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { handleAt, selectionFrame, type ResizeHandle } from '../../frame.ts'
import { keepsAspect, stretchTo, stretched, wrappedText, type Stretch } from '../../resize.ts'
import type { DraftPatch } from '../../stage.ts'
import { leavesOf } from '../../tree.ts'
import type { CursorName } from '../../types.ts'
import { LiveEdit } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'
import { handleCursor } from './handle-cursor.ts'
import { StartLookup } from './start-lookup.ts'

export class Resizing implements ToolState<'resizing'> {
  readonly id = 'resizing'
  readonly handles = true
  readonly cursor: CursorName
  readonly #desk: Desk
  readonly #handle: ResizeHandle
  readonly #edit: LiveEdit
  readonly #frame: TurnedBox
  /** From the pointer to the middle of the handle, so that the handle does not jump. */
  readonly #grip: Vec
  readonly #start: StartLookup
  #leaves: readonly Shape[]

  constructor(desk: Desk, from: ToolPointer, handle: ResizeHandle) {
    const { board, selection, camera } = desk
    this.#desk = desk
    this.#handle = handle
    this.#frame = selectionFrame(board, board, selection.ids) ?? { box: EMPTY_BOX, angle: 0 }
    this.#grip = sub(handleAt(this.#frame, handle, camera.zoom), from.page)
    this.#leaves = selection.unlocked.flatMap((id) => leavesOf(board, id))
    this.#start = new StartLookup(board, this.#leaves)
    this.#edit = new LiveEdit(desk)
    this.cursor = handleCursor(handle, this.#frame.angle)
  }

  move(pointer: ToolPointer): void {
    const stretch = stretchTo(this.#frame, this.#handle, {
      to: add(pointer.page, this.#grip),
      aspect: this.#aspect(pointer.shift),
      centred: pointer.alt,
    })
    this.#edit.show(this.#patches(stretch))
  }

  tick(): void {
    this.#edit.tick()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    this.#leaves = this.#leaves.filter(({ id }) => !ids.has(id))
    this.#edit.drop(ids)
    if (this.#leaves.length === 0) this.#desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    if (how === 'cancel') this.#edit.revert()
    else this.#edit.finish()
  }

  /** Text among others cannot be stretched one way only; pictures and strokes are usually not. */
  #aspect(shift: boolean): boolean {
    if (this.#leaves.length > 1 && this.#leaves.some(({ kind }) => kind === 'text')) return true
    return shift !== this.#leaves.every(keepsAspect)
  }

  #patches(stretch: Stretch): Map<ShapeId, DraftPatch> {
    const { measurer } = this.#desk
    const [only] = this.#leaves
    const wraps = this.#leaves.length === 1 && only?.kind === 'text' && this.#isSide
    const patches = new Map<ShapeId, DraftPatch>()
    for (const leaf of this.#leaves) {
      const how = { stretch, measurer }
      const patch = wraps ? wrappedText(leaf, how) : stretched(this.#start, leaf, how)
      patches.set(leaf.id, patch)
      if (leaf.kind === 'frame') this.#keepContents({ ...leaf, ...patch }, patches)
    }
    return patches
  }

  /** A frame is a window: dragging its corner moves nothing in it. */
  #keepContents(frame: Shape, patches: Map<ShapeId, DraftPatch>): void {
    const after = withDrafts(this.#start, new Map([[frame.id, frame]]))
    const by = this.#start.shift(frame.id, after)
    for (const child of this.#start.children(frame.id)) {
      const [parent, x, y] = child.at
      patches.set(child.id, { at: [parent, x + by.x, y + by.y] })
    }
  }

  get #isSide(): boolean {
    return this.#handle === 'e' || this.#handle === 'w'
  }
}

const EMPTY_BOX = { x: 0, y: 0, w: 0, h: 0 }
