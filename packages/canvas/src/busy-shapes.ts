/**
 * Shapes that others keep changing: painted above while they do, so that the scene need not be painted
 * again with each of their steps.
 */
import type { BoardChange, ShapeId } from '@kolam/board'

/** Two changes no further apart make a shape busy. */
const BUSY_MS = 300

/** A busy shape that has not changed for so long is at rest. */
export const QUIET_MS = 400

/** More than so many at once are cheaper to paint in the scene. */
const BUSY_MAX = 500

/** Follows what changes, and how often. */
export class BusyShapes {
  readonly #changedAt = new Map<ShapeId, number>()
  #busy: ReadonlySet<ShapeId> = new Set()

  /** The same set until one becomes busy or comes to rest. */
  get ids(): ReadonlySet<ShapeId> {
    return this.#busy
  }

  /** Whether anything has changed lately. */
  get isWatching(): boolean {
    return this.#changedAt.size > 0
  }

  /** Takes in somebody's change; all that looks different with it counts as changed. */
  note({ affected, removed }: Pick<BoardChange, 'affected' | 'removed'>, nowMs: number): void {
    const fresh = [...affected].filter((id) => this.#isRecent(id, nowMs) && !this.#busy.has(id))
    for (const id of affected) this.#changedAt.set(id, nowMs)
    for (const id of removed) this.#changedAt.delete(id)
    const gone = [...removed].some((id) => this.#busy.has(id))
    if (this.#busy.size + fresh.length > BUSY_MAX) fresh.length = 0
    if (fresh.length === 0 && !gone) return
    this.#busy = new Set([...this.#busy, ...fresh].filter((id) => !removed.has(id)))
  }

  /** Lets those rest that have not changed for a while; true when some now do. */
  settle(nowMs: number): boolean {
    for (const [id, at] of this.#changedAt) if (nowMs - at >= QUIET_MS) this.#changedAt.delete(id)
    const busy = [...this.#busy].filter((id) => this.#changedAt.has(id))
    if (busy.length === this.#busy.size) return false
    this.#busy = new Set(busy)
    return true
  }

  #isRecent(id: ShapeId, nowMs: number): boolean {
    return nowMs - (this.#changedAt.get(id) ?? -Infinity) <= BUSY_MS
  }
}
