/**
 * The running edit of a gesture: shown at once, written at most 30 times a second, one undo step.
 *
 * Knows nothing of pointers. Whoever makes one must end it by `finish` or `revert`.
 */
import type { Disposer } from '@kolam/base'
import type { Carried, NewShape, ShapeId } from '@kolam/board'
import type { Desk } from '../desk.ts'
import { COMMIT_INTERVAL_MS, COMMIT_REST, LIVE_SHAPES_MAX, LIVE_WRITES_PER_S } from '../limits.ts'
import type { DraftPatch } from '../stage.ts'
import { writeAll, writeProps } from '../write-patches.ts'

/**
 * Writes now or as soon as the last write is long enough ago. Writes that take long, with much selected
 * on a large board, come less often, so that most of the time is left for the pointer.
 */
export class Pace {
  readonly #desk: Pick<Desk, 'clock'>
  readonly #write: () => void
  #lastMs = -Infinity
  #leastMs = COMMIT_INTERVAL_MS
  #intervalMs = COMMIT_INTERVAL_MS
  #waiting: Disposer | null = null

  constructor(desk: Pick<Desk, 'clock'>, write: () => void) {
    this.#desk = desk
    this.#write = write
  }

  /** There is something to write. */
  ask(): void {
    if (this.#waiting) return
    const waitMs = this.#lastMs + this.#intervalMs - this.#desk.clock.now()
    if (waitMs <= 0) return this.#run()
    this.#waiting = this.#desk.clock.after(waitMs, () => this.#run())
  }

  /** Write if something waits and it is time; for views that tick once a frame. */
  tick(): void {
    const due = this.#desk.clock.now() >= this.#lastMs + this.#intervalMs
    if (this.#waiting && due) this.#run()
  }

  /** Each write is of so many shapes. */
  weigh(shapes: number): void {
    this.#leastMs = Math.max(COMMIT_INTERVAL_MS, (shapes / LIVE_WRITES_PER_S) * 1_000)
    this.#intervalMs = Math.max(this.#intervalMs, this.#leastMs)
  }

  /** A write happened elsewhere and counts. */
  noteWrite(): void {
    this.#lastMs = this.#desk.clock.now()
  }

  stop(): void {
    this.#waiting?.()
    this.#waiting = null
  }

  #run(): void {
    this.stop()
    this.noteWrite()
    this.#write()
    const tookMs = this.#desk.clock.now() - this.#lastMs
    this.#intervalMs = Math.max(this.#leastMs, tookMs * COMMIT_REST)
  }
}

/** Patches of existing shapes, shown as drafts and committed at a pace. */
export class LiveEdit {
  readonly #desk: Desk
  readonly #pace: Pace
  #patches: ReadonlyMap<ShapeId, DraftPatch> = new Map()
  #born: readonly ShapeId[] = []

  constructor(desk: Desk) {
    this.#desk = desk
    this.#pace = new Pace(desk, () => this.#commit())
    desk.steps.begin()
  }

  /** Put new shapes into the document at once, as the first part of the step. */
  insert(shapes: readonly NewShape[]): ShapeId[] {
    this.#pace.noteWrite()
    const ids = this.#desk.board.insert(shapes)
    this.#born = [...this.#born, ...ids]
    return ids
  }

  /** Show the shapes with these props from now on; `carried` if that does no more than move them. */
  show(patches: ReadonlyMap<ShapeId, DraftPatch>, carried: Carried | null = null): void {
    this.#patches = patches
    this.#desk.stage.show({ drafts: patches, carried })
    if (patches.size > LIVE_SHAPES_MAX) return
    this.#pace.weigh(patches.size)
    this.#pace.ask()
  }

  /** These shapes are gone: forget what was meant for them. */
  drop(ids: ReadonlySet<ShapeId>): void {
    const left = [...this.#patches].filter(([id]) => !ids.has(id))
    this.#patches = new Map(left)
    this.#desk.stage.show({ drafts: this.#patches, carried: null })
  }

  tick(): void {
    this.#pace.tick()
  }

  finish(): void {
    this.#pace.stop()
    writeAll(this.#desk.board, this.#patches)
    this.#desk.stage.show({ drafts: new Map(), carried: null })
    this.#desk.steps.end()
  }

  revert(): void {
    this.#pace.stop()
    this.#desk.stage.show({ drafts: new Map(), carried: null })
    // What was born is removed by name: others may hold it, and undo would spare it for them.
    if (this.#born.length === 0) return this.#desk.steps.revert()
    this.#desk.board.remove(this.#born)
    this.#desk.steps.end()
  }

  #commit(): void {
    writeProps(this.#desk.board, this.#patches)
  }
}
