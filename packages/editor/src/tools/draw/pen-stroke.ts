/**
 * One stroke from the pen to the document: what is drawn, how much of it is written.
 *
 * Each sample costs the same however long the stroke is. Knows no gesture and no clock.
 */
import {
  FIRST_PAGE,
  InkTrail,
  onInkGrid,
  type InkPoint,
  type ShapeId,
  type StrokeWriter,
} from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'
import { INK_STEP_PX, PEN_POINTS_MAX } from '../../limits.ts'
import type { DraftPatch } from '../../stage.ts'
import type { ToolSample } from '../tool.ts'

/** A stroke that is being drawn. Its first point is in the document from the start. */
export class PenStroke {
  readonly #desk: Desk
  readonly #origin: Vec
  readonly #trail: InkTrail
  readonly #writer: StrokeWriter
  #written = 1

  constructor(desk: Desk, { first, isPen }: { first: ToolSample; isPen: boolean }) {
    this.#desk = desk
    this.#origin = first.page
    this.#trail = new InkTrail([this.#pointOf(first)])
    const { x, y } = first.page
    const ink = [...this.#trail.points]
    const props = { at: [FIRST_PAGE, x, y], w: 0, h: 0, pressure: isPen, ink } as const
    this.#writer = desk.board.beginStroke({ ...newShape(desk, 'draw', props), kind: 'draw' })
  }

  get id(): ShapeId {
    return this.#writer.id
  }

  /** It has as many points as a stroke may have. */
  get isFull(): boolean {
    return this.#trail.length >= PEN_POINTS_MAX
  }

  /** What the stage shows in place of the document: the points themselves, not a copy. */
  get draft(): DraftPatch {
    const { x, y, w, h } = this.#trail.box
    // In the document it has no size before its end; without any it would be shown as a speck.
    return { ink: this.#trail.points, w: Math.max(0, x + w), h: Math.max(0, y + h) }
  }

  /** True unless the sample says nothing new. What is kept is what will be read back. */
  add(sample: ToolSample): boolean {
    const point = this.#pointOf(sample)
    const [x, y] = this.#trail.points.at(-1) ?? [0, 0]
    const step = INK_STEP_PX / this.#desk.camera.zoom
    if (Math.hypot(point[0] - x, point[1] - y) < step) return false
    this.#trail.push(point)
    return true
  }

  /** Show where the pen is likely to go; true if that differs from before. */
  guess(ahead: readonly ToolSample[]): boolean {
    const before = this.#trail.ahead.length
    this.#trail.ahead = ahead.map((sample) => this.#pointOf(sample))
    return before > 0 || ahead.length > 0
  }

  /** Write what is not written yet. */
  commit(): void {
    const fresh = this.#trail.points.slice(this.#written)
    this.#written = this.#trail.length
    if (fresh.length > 0) this.#writer.append(fresh)
  }

  finish(): void {
    this.commit()
    this.#writer.finish()
  }

  cancel(): void {
    this.#writer.cancel()
  }

  #pointOf({ page, pressure }: ToolSample): InkPoint {
    return onInkGrid([page.x - this.#origin.x, page.y - this.#origin.y, pressure])
  }
}
