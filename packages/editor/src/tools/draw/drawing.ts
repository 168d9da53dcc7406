/**
 * The pen on the paper: every sample is on the screen at once and in the document within a commit.
 *
 * A click leaves a dot. A stroke that is full ends, and the next begins where it ended.
 */
import type { ShapeId } from '@kolam/board'
import type { Desk } from '../../desk.ts'
import { GUESS_FRAMES_MAX } from '../../limits.ts'
import { Pace } from '../live-edit.ts'
import type { Exit, ToolPointer, ToolSample, ToolState } from '../tool.ts'
import { PenStroke } from './pen-stroke.ts'

export class Drawing implements ToolState<'drawing'> {
  readonly id = 'drawing'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #isPen: boolean
  readonly #pace: Pace
  /** Strokes of this gesture that were full. */
  readonly #ended: ShapeId[] = []
  #stroke: PenStroke
  /** Frames since the pen last moved. */
  #still = 0

  constructor(desk: Desk, from: ToolPointer) {
    this.#desk = desk
    this.#isPen = from.type === 'pen'
    desk.steps.begin()
    this.#stroke = new PenStroke(desk, { first: from, isPen: this.#isPen })
    this.#pace = new Pace(desk, () => this.#stroke.commit())
    this.#pace.noteWrite()
  }

  move({ samples, predicted }: ToolPointer): void {
    this.#still = 0
    const added = samples.reduce((count, sample) => count + (this.#add(sample) ? 1 : 0), 0)
    const guessed = this.#stroke.guess(predicted)
    if (added > 0 || guessed) this.#show()
    if (added > 0) this.#pace.ask()
  }

  /** A pen that rests is where it is, and no longer where it was going. */
  tick(): void {
    this.#pace.tick()
    this.#still += 1
    if (this.#still > GUESS_FRAMES_MAX && this.#stroke.guess([])) this.#show()
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  gone(ids: ReadonlySet<ShapeId>): void {
    if (ids.has(this.#stroke.id)) this.#desk.tools.leave('interrupt')
  }

  exit(how: Exit): void {
    this.#pace.stop()
    if (how === 'cancel') this.#cancel()
    else this.#desk.board.transact(() => this.#stroke.finish())
    this.#desk.steps.end()
  }

  #cancel(): void {
    this.#stroke.cancel()
    this.#desk.board.remove(this.#ended)
  }

  #add(sample: ToolSample): boolean {
    const isNew = this.#stroke.add(sample)
    if (isNew && this.#stroke.isFull) this.#goOn(sample)
    return isNew
  }

  #goOn(first: ToolSample): void {
    const full = this.#stroke
    this.#ended.push(full.id)
    this.#desk.board.transact(() => {
      full.finish()
      this.#stroke = new PenStroke(this.#desk, { first, isPen: this.#isPen })
    })
  }

  #show(): void {
    const { id, draft } = this.#stroke
    this.#desk.stage.show({ drafts: new Map([[id, draft]]) })
  }
}
