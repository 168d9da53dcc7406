/**
 * Everything that is painted above the scene because it is on the move: under this person's hands,
 * being changed by others, or put down a moment ago and not in the scene yet.
 */
import { systemClock } from '@kolam/base'
import type { Clock, Disposer } from '@kolam/base'
import type { Board, BoardChange, Overlay, Shape, ShapeId } from '@kolam/board'
import { BoundArrows } from './bound-arrows.ts'
import { BusyShapes, QUIET_MS } from './busy-shapes.ts'
import { movingShapes } from './moving.ts'

/** What live shapes are told with. */
export interface LiveShapesOptions {
  readonly board: Board
  /** Busy shapes have come to rest. */
  readonly onRest: () => void
  readonly clock?: Clock
}

const NONE: ReadonlySet<ShapeId> = new Set()

/** Keeps the set up to date. */
export class LiveShapes {
  readonly #board: Board
  readonly #clock: Clock
  readonly #onRest: () => void
  readonly #arrows: BoundArrows
  readonly #busy = new BusyShapes()
  #held: ReadonlySet<ShapeId> = NONE
  #drafts: Overlay['drafts'] = new Map()
  #start: object | null = null
  #ids: ReadonlySet<ShapeId> = NONE
  #leaving: ReadonlySet<ShapeId> = NONE
  #stopTimer: Disposer | null = null

  constructor({ board, onRest, clock = systemClock }: LiveShapesOptions) {
    this.#board = board
    this.#onRest = () => onRest()
    this.#clock = clock
    this.#arrows = new BoundArrows(board)
  }

  /** Not to be painted in the scene. */
  get ids(): ReadonlySet<ShapeId> {
    return this.#ids
  }

  /** To be painted above: these, and those the scene does not show yet. */
  get shown(): ReadonlySet<ShapeId> {
    return this.#leaving.size > 0 ? new Set([...this.#leaving, ...this.#ids]) : this.#ids
  }

  /** Whether all is where it belongs but for what is in somebody's hands here. */
  get isSettled(): boolean {
    return this.#leaving.size === 0 && this.#busy.ids.size === 0
  }

  /** Takes in a change of the board. */
  note(change: BoardChange): void {
    this.#arrows.note(change)
    if (change.local || change.loaded) return
    const before = this.#busy.ids
    this.#busy.note(change, this.#clock.now())
    this.#wait()
    if (this.#busy.ids !== before) this.#update()
  }

  /** What this person moves; `start` is the same as long as it is the same shapes. */
  setDrafts(drafts: ReadonlyMap<ShapeId, Shape>, start: object | null): void {
    if (drafts === this.#drafts) return
    this.#drafts = drafts
    if (start !== null && start === this.#start) return
    this.#start = start
    this.#held = this.#around(drafts)
    this.#update()
  }

  /** The scene shows everything that is not live; true when something was waiting for that. */
  arrive(): boolean {
    const waited = this.#leaving.size > 0
    this.#leaving = NONE
    return waited
  }

  dispose(): void {
    this.#stopTimer?.()
    this.#stopTimer = null
  }

  #wait(): void {
    this.#stopTimer ??= this.#clock.after(QUIET_MS, () => {
      this.#stopTimer = null
      const isChanged = this.#busy.settle(this.#clock.now())
      if (this.#busy.isWatching) this.#wait()
      if (!isChanged) return
      this.#update()
      this.#onRest()
    })
  }

  #update(): void {
    const before = this.#ids
    const busy = this.#busy.ids
    this.#ids =
      busy.size > 0 ? new Set([...this.#held, ...this.#around(this.#shapes(busy))]) : this.#held
    const left = [...before].filter((id) => !this.#ids.has(id) && this.#board.shape(id))
    if (left.length > 0) this.#leaving = new Set([...this.#leaving, ...left])
  }

  #around(shapes: ReadonlyMap<ShapeId, Shape>): ReadonlySet<ShapeId> {
    return movingShapes(shapes, { board: this.#board, arrows: this.#arrows })
  }

  #shapes(ids: ReadonlySet<ShapeId>): ReadonlyMap<ShapeId, Shape> {
    const found = new Map<ShapeId, Shape>()
    for (const id of ids) {
      const shape = this.#board.shape(id)
      if (shape) found.set(id, shape)
    }
    return found
  }
}
