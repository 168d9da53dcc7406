/**
 * Everything derived from the document: values, tree, bounds, what waits to be read, and what changed
 * since last told.
 *
 * Refreshing is idempotent, so a mutator refreshes at once (it must see its own writes inside a longer
 * transaction) and the observer refreshes the same shapes again when the transaction ends.
 */
import type * as Y from 'yjs'
import { Backlog } from './backlog.ts'
import { shapesOf } from './document.ts'
import { PendingChange, type BoardChange } from './changes.ts'
import { needsOf, SceneIndex } from './scene-index.ts'
import { ShapeStore, type ShapeDiff } from './shape-store.ts'
import type { ShapeId } from './shape.ts'

/** The derived state of one board. */
export class BoardView {
  readonly store: ShapeStore
  readonly scene: SceneIndex
  readonly backlog = new Backlog()
  readonly #pending = new PendingChange()
  /** Apart from the edits, since nobody made it: it was there already. */
  readonly #loaded = new PendingChange()

  /** Reads all there is, unless `empty`: then nothing, for `load` to bring. */
  constructor(doc: Y.Doc, { empty = false }: { readonly empty?: boolean } = {}) {
    const shapes = shapesOf(doc)
    const store = new ShapeStore(shapes)
    this.store = store
    this.scene = new SceneIndex((id) => store.get(id))
    if (!empty) this.scene.load(store.refresh(shapes.keys()))
  }

  /** Read these shapes again and bring everything derived from them up to date. */
  refresh(ids: Iterable<ShapeId>): void {
    this.#take(ids, this.#pending)
  }

  /** Read shapes that waited; told apart. */
  load(ids: Iterable<ShapeId>): void {
    this.#take(ids, this.#loaded)
  }

  /** What changed since the last call. */
  take(local: boolean): BoardChange | null {
    return this.#pending.take(local)
  }

  /** What was loaded since the last call. */
  takeLoaded(): BoardChange | null {
    return this.#loaded.take(false, true)
  }

  #take(ids: Iterable<ShapeId>, into: PendingChange): void {
    const diffs = this.store.refresh(ids)
    if (this.backlog.size > 0) this.#addNeeded(diffs)
    if (diffs.size > 0) into.add(diffs, this.scene.apply(diffs))
  }

  /** Nothing is shown before what it stands in or holds on to: it would be in the wrong place. */
  #addNeeded(diffs: Map<ShapeId, ShapeDiff>): void {
    // The map grows while it is walked: what is needed needs more in turn.
    for (const { after } of diffs.values()) {
      const needed = needsOf(after).filter((id) => this.backlog.take(id))
      for (const [id, diff] of this.store.refresh(needed)) diffs.set(id, diff)
    }
  }
}
