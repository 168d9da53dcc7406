/**
 * A gesture that makes one shape and shapes it until the pointer is let go: what boxes and lines have in common.
 * How the pointer becomes a shape is the tool's; it calls `show`.
 */
import type { NewShape, ShapeId } from '@kolam/board'
import type { Desk } from '../desk.ts'
import type { DraftPatch } from '../stage.ts'
import { LiveEdit } from './live-edit.ts'
import type { Exit, ToolPointer, ToolState } from './tool.ts'

/** The shape is in the document from the start; cancelled, it was never there. */
export abstract class Creating implements ToolState<'dragging'> {
  readonly id = 'dragging'
  readonly cursor = 'crosshair'
  readonly handles = false
  protected readonly desk: Desk
  /** Undefined where nothing may be made. */
  protected readonly made: ShapeId | undefined
  readonly #edit: LiveEdit

  constructor(desk: Desk, shape: NewShape) {
    this.desk = desk
    this.#edit = new LiveEdit(desk)
    this.made = this.#edit.insert([shape])[0]
  }

  abstract move(pointer: ToolPointer): void

  tick(): void {
    this.#edit.tick()
  }

  up(): void {
    this.desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    this.#edit.drop(ids)
    if (this.made !== undefined && ids.has(this.made)) this.desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    if (how === 'cancel') return this.#edit.revert()
    this.#edit.finish()
    if (how === 'complete' && this.made !== undefined) this.desk.tools.made(this.made)
  }

  /** What the new shape looks like from now on. */
  protected show(patch: DraftPatch): void {
    if (this.made !== undefined) this.#edit.show(new Map([[this.made, patch]]))
  }
}
