/**
 * The pen on the paper: every sample is on the screen at once and in the document within a commit.
 *
 * A click leaves a dot.
 */
import { FIRST_PAGE, type InkPoint, type StrokeWriter } from '@kolam/board'
import { sub, type Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { INK_STEP_PX } from '../../limits.ts'
import { Pace } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'

export class Drawing implements ToolState<'drawing'> {
  readonly id = 'drawing'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #origin: Vec
  readonly #writer: StrokeWriter
  readonly #pace: Pace
  readonly #ink: InkPoint[]
  /** How many points are in the document. */
  #written: number

  constructor(desk: Desk, from: ToolPointer) {
    this.#desk = desk
    this.#origin = from.page
    this.#ink = [[0, 0, from.pressure]]
    this.#written = this.#ink.length
    desk.steps.begin()
    const { x, y } = from.page
    const shape = newShape(desk, 'draw', {
      at: [FIRST_PAGE, x, y],
      w: 0,
      h: 0,
      pressure: from.type === 'pen',
      ink: [...this.#ink],
    })
    this.#writer = desk.board.beginStroke({ ...shape, kind: 'draw' })
    this.#pace = new Pace(desk, () => this.#commit())
    this.#pace.noteWrite()
  }

  move({ samples }: ToolPointer): void {
    const before = this.#ink.length
    for (const { page, pressure } of samples) this.#add(sub(page, this.#origin), pressure)
    if (this.#ink.length === before) return
    this.#desk.stage.show({ drafts: new Map([[this.#writer.id, { ink: [...this.#ink] }]]) })
    this.#pace.ask()
  }

  tick(): void {
    this.#pace.tick()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<string>): void {
    if (ids.has(this.#writer.id)) this.#desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    this.#pace.stop()
    if (how === 'cancel') this.#writer.cancel()
    else this.#desk.board.transact(() => this.#finish())
    this.#desk.steps.end()
  }

  #finish(): void {
    this.#commit()
    this.#writer.finish()
  }

  #add(at: Vec, pressure: number): void {
    const [x, y] = this.#ink.at(-1) ?? [0, 0]
    if (Math.hypot(at.x - x, at.y - y) < INK_STEP_PX / this.#desk.camera.zoom) return
    this.#ink.push([at.x, at.y, pressure])
  }

  #commit(): void {
    const fresh = this.#ink.slice(this.#written)
    this.#written = this.#ink.length
    if (fresh.length > 0) this.#writer.append(fresh)
  }
}
