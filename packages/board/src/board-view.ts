/**
 * Everything derived from the document: values, tree, bounds, and what changed since last told.
 *
 * Refreshing is idempotent, so a mutator refreshes at once (it must see its own writes inside a longer
 * transaction) and the observer refreshes the same shapes again when the transaction ends.
 */
import type * as Y from 'yjs'
import { shapesOf } from './document.ts'
import { PendingChange, type BoardChange } from './changes.ts'
import { SceneIndex } from './scene-index.ts'
import { ShapeStore } from './shape-store.ts'
import type { ShapeId } from './shape.ts'

/** The derived state of one board. */
export class BoardView {
  readonly store: ShapeStore
  readonly scene: SceneIndex
  readonly #pending = new PendingChange()

  constructor(doc: Y.Doc) {
    const shapes = shapesOf(doc)
    const store = new ShapeStore(shapes)
    this.store = store
    this.scene = new SceneIndex((id) => store.get(id))
    this.scene.load(store.refresh(shapes.keys()))
  }

  /** Read these shapes again and bring everything derived from them up to date. */
  refresh(ids: Iterable<ShapeId>): void {
    const diffs = this.store.refresh(ids)
    if (diffs.size > 0) this.#pending.add(diffs, this.scene.apply(diffs))
  }

  /** What changed since the last call. */
  take(local: boolean): BoardChange | null {
    return this.#pending.take(local)
  }
}
