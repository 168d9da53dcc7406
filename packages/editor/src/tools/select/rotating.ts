/** The rotate handle is dragged: the selection turns about its middle, with shift in steps of 15 degrees. */
import type { Shape, ShapeId, TurnedBox } from '@kolam/board'
import { angleOf, boxCentre, sub, type Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { selectionFrame } from '../../frame.ts'
import { ROTATE_STEP } from '../../limits.ts'
import { plainAngle } from '../../placing.ts'
import { turnedPatches } from '../../rotate.ts'
import { leavesOf } from '../../tree.ts'
import { LiveEdit } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'
import { StartLookup } from './start-lookup.ts'

export class Rotating implements ToolState<'rotating'> {
  readonly id = 'rotating'
  readonly cursor = 'rotate'
  readonly handles = false
  readonly #desk: Desk
  readonly #edit: LiveEdit
  readonly #frame: TurnedBox
  readonly #centre: Vec
  readonly #fromAngle: number
  readonly #start: StartLookup
  #leaves: readonly Shape[]

  constructor(desk: Desk, from: ToolPointer) {
    const { board, selection } = desk
    this.#desk = desk
    this.#frame = selectionFrame(board, board, selection.ids) ?? NO_FRAME
    this.#centre = boxCentre(this.#frame.box)
    this.#fromAngle = angleOf(sub(from.page, this.#centre))
    this.#leaves = selection.unlocked.flatMap((id) => leavesOf(board, id))
    this.#start = new StartLookup(board, this.#leaves)
    this.#edit = new LiveEdit(desk)
  }

  move({ page, shift }: ToolPointer): void {
    const { box, angle: before } = this.#frame
    const free = angleOf(sub(page, this.#centre)) - this.#fromAngle
    const after = shift ? Math.round((before + free) / ROTATE_STEP) * ROTATE_STEP : before + free
    const angle = plainAngle(after - before)
    this.#desk.stage.show({ frame: { box, angle: before + angle } })
    this.#edit.show(turnedPatches(this.#start, this.#leaves, { angle, centre: this.#centre }))
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
}

const NO_FRAME: TurnedBox = { box: { x: 0, y: 0, w: 0, h: 0 }, angle: 0 }
