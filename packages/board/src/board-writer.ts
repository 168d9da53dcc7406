/**
 * The one place that writes shapes and the title: every write in a transaction of this board's origin,
 * and the view refreshed right after it.
 *
 * Knows how to write a shape, not what editing means (structure.ts does).
 */
import type { Random } from '@kolam/base'
import * as Y from 'yjs'
import { routePoints } from './arrow-route.ts'
import type { BoardView } from './board-view.ts'
import { planBirths } from './birth.ts'
import { INIT, INK, metaOf, shapeMapOf, shapesOf, titleOf, type ShapeMap } from './document.ts'
import { TITLE_MAX } from './limits.ts'
import { FORMAT, type NewShape, type Shape, type ShapeId, type ShapePatch } from './shape.ts'
import { changedProps } from './shape-codec.ts'

const NONE: ReadonlySet<ShapeId> = new Set()

/** What a writer works with. */
export interface WriterOptions {
  readonly doc: Y.Doc
  readonly view: BoardView
  readonly origin: unknown
  readonly random: Random
}

/** Writes shapes. */
export class BoardWriter {
  readonly view: BoardView
  readonly random: Random
  readonly #doc: Y.Doc
  readonly #origin: unknown

  constructor({ doc, view, origin, random }: WriterOptions) {
    this.view = view
    this.random = random
    this.#doc = doc
    this.#origin = origin
  }

  /** One transaction, one change event, one undo step. */
  transact<T>(run: () => T): T {
    return this.#doc.transact(run, this.#origin)
  }

  /** Write to the map of one shape, if there is one. */
  write(id: ShapeId, run: (map: ShapeMap) => void): void {
    this.transact(() => {
      const map = shapeMapOf(this.#doc, id)
      if (!map) return
      this.#writeFormat()
      run(map)
      this.view.refresh([id])
    })
  }

  /** Throws BoardError `id` before writing anything if an id cannot be used. */
  insert(shapes: readonly NewShape[]): ShapeId[] {
    return this.transact(() => {
      const all = shapesOf(this.#doc)
      const { births, respread } = planBirths(shapes, {
        isTaken: (id) => all.has(id),
        children: (parent) => this.view.scene.tree.children(parent),
        random: this.random,
      })
      if (births.length > 0) this.#writeFormat()
      for (const { id, init, ink } of births) all.set(id, newShapeMap(init, ink))
      const ids = births.map(({ id }) => id)
      this.view.refresh(ids)
      this.patch(Array.from(respread, ([id, index]) => [id, { index }] as const))
      return ids
    })
  }

  /** Write the props that really change. */
  patch(patches: Iterable<readonly [ShapeId, ShapePatch]>): void {
    this.transact(() => {
      const written = new Set<ShapeId>()
      for (const [id, patch] of patches) {
        if (written.has(id)) this.view.refresh([id]) // the second patch of a shape sees the first
        if (this.#patchOne(id, patch)) written.add(id)
      }
      if (written.size > 0) this.#writeFormat()
      this.view.refresh(written)
    })
  }

  /** Remove shapes with everything in them, and groups that are left with nothing. */
  remove(ids: Iterable<ShapeId>): void {
    const { store, scene } = this.view
    const known = Array.from(ids).filter((id) => store.get(id) !== undefined)
    this.removeOnly(scene.tree.withDescendants(known))
  }

  /**
   * Remove just these, and groups that are left with nothing; arrows they held stay where they are, but
   * for those in `settled`. Gives all that were removed or written.
   */
  removeOnly(ids: ReadonlySet<ShapeId>, settled: ReadonlySet<ShapeId> = NONE): Set<ShapeId> {
    return this.transact(() => {
      const doomed = new Set(ids)
      this.#addEmptied(doomed)
      const freed = this.#letGo(doomed).filter(([id]) => !settled.has(id))
      this.patch(freed)
      this.erase(doomed)
      return new Set([...doomed, ...freed.map(([id]) => id)])
    })
  }

  /** Remove these and write nothing else: what points at them still does. */
  erase(ids: ReadonlySet<ShapeId>): void {
    this.writeAll(ids, (shapes) => {
      for (const id of ids) shapes.delete(id)
    })
  }

  /** Write to the maps of these shapes, or put others in their place; the view looks once, after all. */
  writeAll(ids: ReadonlySet<ShapeId>, run: (shapes: Y.Map<unknown>) => void): void {
    if (ids.size === 0) return
    this.transact(() => {
      this.#writeFormat()
      run(shapesOf(this.#doc))
      this.view.refresh(ids)
    })
  }

  /** Write the title, cut to its limit, if it is another. */
  setTitle(title: string): void {
    const bounded = title.slice(0, TITLE_MAX)
    if (bounded === titleOf(this.#doc)) return
    this.transact(() => {
      this.#writeFormat()
      metaOf(this.#doc).set('title', bounded)
    })
  }

  #patchOne(id: ShapeId, patch: ShapePatch): boolean {
    const shape = this.view.store.get(id)
    const map = shapeMapOf(this.#doc, id)
    const props = shape && map ? changedProps(shape, patch) : []
    for (const [prop, value] of props) map?.set(prop, value)
    return props.length > 0
  }

  /** Groups around the doomed whose last children go with them. */
  #addEmptied(doomed: Set<ShapeId>): void {
    const { tree } = this.view.scene
    for (const id of doomed) {
      const parent = tree.parentOf(id)
      if (parent === undefined || this.view.store.get(parent)?.kind !== 'group') continue
      if ([...tree.childIds(parent)].every((child) => doomed.has(child))) doomed.add(parent)
    }
  }

  /** Arrows that stay behind keep the points they had; nothing holds them any more. */
  #letGo(doomed: ReadonlySet<ShapeId>): [ShapeId, ShapePatch][] {
    const { scene, store } = this.view
    const arrows = new Set<ShapeId>()
    for (const id of doomed) {
      for (const arrow of scene.heldBy(id)) if (!doomed.has(arrow)) arrows.add(arrow)
    }
    return [...arrows].flatMap((id) => {
      const arrow = store.get(id)
      return arrow ? [[id, freed(arrow, doomed, this.view)] as [ShapeId, ShapePatch]] : []
    })
  }

  /** The first edit says which format the document has. */
  #writeFormat(): void {
    const meta = metaOf(this.#doc)
    if (!meta.has('format')) meta.set('format', FORMAT)
  }
}

function newShapeMap(init: string, ink: Uint8Array | null): Y.Map<unknown> {
  return new Y.Map<unknown>(
    ink
      ? [
          [INIT, init],
          [INK, ink],
        ]
      : [[INIT, init]],
  )
}

function freed(arrow: Shape, gone: ReadonlySet<ShapeId>, { scene }: BoardView): ShapePatch {
  const { start, end } = arrow
  const keep = (held: Shape['start']): Shape['start'] => (held && gone.has(held.id) ? null : held)
  const points = routePoints(arrow, scene).map(({ x, y }) => [x, y] as const)
  return { points, start: keep(start), end: keep(end) }
}
