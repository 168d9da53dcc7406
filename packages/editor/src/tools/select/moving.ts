/** The selection follows the pointer. Alt at the start moves copies; shift keeps to one axis. */
import type { ShapeId } from '@kolam/board'
import { ORIGIN, sub, type Vec } from '@kolam/geometry'
import { cloneShapes } from '../../clone.ts'
import type { Desk } from '../../desk.ts'
import { LiveEdit } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'
import { MoveStart } from './move-start.ts'

export class Moving implements ToolState<'moving'> {
  readonly id = 'moving'
  readonly cursor = 'move'
  readonly handles = false
  readonly #desk: Desk
  readonly #from: ToolPointer
  readonly #edit: LiveEdit
  readonly #selected: ReadonlySet<ShapeId>
  #start: MoveStart

  constructor(desk: Desk, from: ToolPointer) {
    this.#desk = desk
    this.#from = from
    this.#edit = new LiveEdit(desk)
    this.#selected = desk.selection.ids
    if (from.alt) this.#duplicate()
    this.#start = new MoveStart(desk.board, desk.selection.unlocked)
  }

  move(pointer: ToolPointer): void {
    const free = sub(pointer.page, this.#from.page)
    const by = pointer.shift ? straight(free) : free
    this.#edit.show(this.#start.movedBy(by), { start: this.#start, by })
  }

  tick(): void {
    this.#edit.tick()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    this.#edit.drop(ids)
    this.#start = this.#start.without(ids)
    if (this.#start.isEmpty) this.#desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    if (how !== 'cancel') return this.#edit.finish()
    this.#edit.revert()
    this.#desk.selection.set(this.#selected)
  }

  #duplicate(): void {
    const { board, selection } = this.#desk
    const copies = cloneShapes(board, selection.unlocked)
    const ids = this.#edit.insert(copies.shapes)
    if (ids.length > 0) selection.set(copies.roots)
  }
}

function straight(by: Vec): Vec {
  if (by.x === 0 && by.y === 0) return ORIGIN
  return Math.abs(by.x) >= Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: by.y }
}
