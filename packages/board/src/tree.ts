/**
 * Who contains whom: the parent each shape names, made safe.
 *
 * Two people may reparent at once and make a circle, or one may delete what another puts something
 * into. So the parent in effect is the named one unless that does not exist or leads back to the
 * shape itself; such a shape is a child of the first page. Never writes to the document.
 */
import { compareSiblings } from './order.ts'
import { FIRST_PAGE, type ParentId, type Shape, type ShapeId } from './shape.ts'
import type { ShapeDiff } from './shape-store.ts'
import { Siblings } from './siblings.ts'

const NONE: readonly Shape[] = Object.freeze([])

/** Whether this names a page and not a shape. */
export function isPage(id: ParentId): boolean {
  return id.startsWith('page:')
}

/** Parents and children, kept up to date by diffs. */
export class Tree {
  /** The parent each shape names, and the other way round for those that name no page. */
  readonly #named = new Map<ShapeId, ParentId>()
  readonly #claims = new Map<ParentId, Set<ShapeId>>()
  /** The parent in effect, and the other way round. */
  readonly #parents = new Map<ShapeId, ParentId>()
  readonly #siblings = new Map<ParentId, Siblings>()
  #looped: ReadonlySet<ShapeId> = new Set()
  #ordered: readonly Shape[] | null = null
  readonly #pages = new Map<ShapeId, ParentId>()

  /** The parent in effect; undefined for unknown shapes. */
  parentOf(id: ShapeId): ParentId | undefined {
    return this.#parents.get(id)
  }

  /** In z-order, lowest first; the same array until one of them changes. */
  children(parent: ParentId): readonly Shape[] {
    return this.#siblings.get(parent)?.sorted() ?? NONE
  }

  /** In no particular order, without sorting. */
  childIds(parent: ParentId): Iterable<ShapeId> {
    return this.#siblings.get(parent)?.ids() ?? []
  }

  /** Shapes that contain `id`, innermost first. */
  *ancestors(id: ShapeId): Iterable<ShapeId> {
    let parent = this.#parents.get(id)
    while (parent !== undefined && !isPage(parent)) {
      yield parent
      parent = this.#parents.get(parent)
    }
  }

  /** The page a shape is on; undefined for unknown shapes. */
  pageOf(id: ShapeId): ParentId | undefined {
    let at = this.#parents.get(id)
    if (at === undefined || isPage(at)) return at
    const path: ShapeId[] = [id]
    while (at !== undefined && !isPage(at)) {
      path.push(at)
      at = this.#pages.get(at) ?? this.#parents.get(at)
    }
    if (at !== undefined) for (const link of path) this.#pages.set(link, at)
    return at
  }

  /** Everything below `id`, parents before children. */
  descendants(id: ParentId): ShapeId[] {
    return [...this.withDescendants([id])].slice(1)
  }

  /** These and everything below them, each once. */
  withDescendants(ids: Iterable<ParentId>): Set<ParentId> {
    const found = new Set(ids)
    // The set grows while it is walked: what is found is looked into in turn.
    for (const id of found) for (const child of this.childIds(id)) found.add(child)
    return found
  }

  /** Below zero when `a` is painted before `b`: by z-order where their ways up part. */
  comparePaint(a: ShapeId, b: ShapeId, shape: (id: ShapeId) => Shape | undefined): number {
    const [up, across] = [this.#pathTo(a), this.#pathTo(b)]
    let level = 0
    while (level < up.length && up[level] === across[level]) level++
    const [first, second] = [shape(up[level] ?? ''), shape(across[level] ?? '')]
    if (first && second) return compareSiblings(first, second)
    return up.length - across.length
  }

  /** The first page depth first, in paint order; the same array until something changes. */
  ordered(): readonly Shape[] {
    this.#ordered ??= this.#depthFirst(FIRST_PAGE)
    return this.#ordered
  }

  /** Take in what changed; gives the shapes whose parent in effect changed, with the one before. */
  apply(diffs: ReadonlyMap<ShapeId, ShapeDiff>): Map<ShapeId, ParentId | undefined> {
    this.#ordered = null
    const doubtful = new Set(this.#looped)
    for (const [id, diff] of diffs) this.#rename(id, diff, doubtful)
    this.#looped = this.#findLoops(doubtful)
    for (const id of this.#looped) doubtful.add(id)
    if (doubtful.size > 0) this.#pages.clear()
    const moved = new Map<ShapeId, ParentId | undefined>()
    for (const id of doubtful) {
      const before = this.#parents.get(id)
      if (this.#settle(id)) moved.set(id, before)
    }
    return moved
  }

  /** Put the new values among their siblings; after `apply`, with everything that changed or moved. */
  place(ids: Iterable<ShapeId>, shape: (id: ShapeId) => Shape | undefined): void {
    for (const id of ids) {
      const value = shape(id)
      const parent = this.#parents.get(id)
      if (value && parent !== undefined) this.#siblingsOf(parent).set(value)
    }
  }

  /** Note the parent `id` now names; whoever's parent in effect this may change is doubtful. */
  #rename(id: ShapeId, { before, after }: ShapeDiff, doubtful: Set<ShapeId>): void {
    const [from, to] = [this.#named.get(id), after?.at[0]]
    if (from === to) return
    doubtful.add(id)
    if (from !== undefined) this.#unclaim(from, id)
    if (to === undefined) this.#named.delete(id)
    else {
      this.#named.set(id, to)
      if (!isPage(to)) this.#claims.set(to, (this.#claims.get(to) ?? new Set()).add(id))
    }
    const cameOrWent = (before === undefined) !== (after === undefined)
    if (cameOrWent) for (const child of this.#claims.get(id) ?? []) doubtful.add(child)
  }

  #unclaim(parent: ParentId, id: ShapeId): void {
    const claims = this.#claims.get(parent)
    if (claims?.delete(id) === true && claims.size === 0) this.#claims.delete(parent)
  }

  /** All shapes on circles through `starts`; every shape is walked over once. */
  #findLoops(starts: Iterable<ShapeId>): Set<ShapeId> {
    const looped = new Set<ShapeId>()
    const done = new Set<ShapeId>()
    for (const start of starts) {
      // Most name the page, which names nobody: they are on no circle.
      if (!this.#named.has(this.#named.get(start) ?? '')) continue
      const path = new Set<ShapeId>()
      let at: ParentId | undefined = start
      while (at !== undefined && this.#named.has(at) && !done.has(at) && !path.has(at)) {
        path.add(at)
        at = this.#named.get(at)
      }
      if (at !== undefined && path.has(at)) for (const id of tail(path, at)) looped.add(id)
      for (const id of path) done.add(id)
    }
    return looped
  }

  /** Give `id` its parent in effect; true if that is another than before. */
  #settle(id: ShapeId): boolean {
    const [from, to] = [this.#parents.get(id), this.#effective(id)]
    if (from === to) return false
    if (from !== undefined) this.#siblings.get(from)?.delete(id)
    if (to === undefined) this.#parents.delete(id)
    else this.#parents.set(id, to)
    if (from !== undefined && this.#siblings.get(from)?.size === 0) this.#siblings.delete(from)
    return true
  }

  #effective(id: ShapeId): ParentId | undefined {
    const named = this.#named.get(id)
    if (named === undefined || isPage(named)) return named
    return this.#looped.has(id) || !this.#named.has(named) ? FIRST_PAGE : named
  }

  /** From the outermost ancestor down to the shape itself. */
  #pathTo(id: ShapeId): ShapeId[] {
    return [id, ...this.ancestors(id)].reverse()
  }

  #siblingsOf(parent: ParentId): Siblings {
    const siblings = this.#siblings.get(parent) ?? new Siblings()
    this.#siblings.set(parent, siblings)
    return siblings
  }

  #depthFirst(root: ParentId): readonly Shape[] {
    const top = this.children(root)
    if (this.#siblings.size <= 1) return top // a board without groups and frames
    const found: Shape[] = []
    const waiting = top.toReversed()
    for (let shape = waiting.pop(); shape; shape = waiting.pop()) {
      found.push(shape)
      if (this.#siblings.has(shape.id)) waiting.push(...this.children(shape.id).toReversed())
    }
    return found
  }
}

/** The part of `path` from `start` on. */
function tail(path: ReadonlySet<ShapeId>, start: ShapeId): ShapeId[] {
  const ids = [...path]
  return ids.slice(ids.indexOf(start))
}
