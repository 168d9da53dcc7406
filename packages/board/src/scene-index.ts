/**
 * Where everything is on the first page: page bounds of all shapes, and the spatial index over them.
 *
 * A change is pushed along explicit edges (what contains what, which arrow holds on to which shape), so
 * it costs as much as it affects. Bounds are always up to date; nothing is swept.
 */
import {
  boxFromPoints,
  sameBox,
  SpatialIndex,
  type Box,
  type Matrix,
  type Vec,
} from '@kolam/geometry'
import { isLinear, outlineBounds, unturnedBounds } from './outline.ts'
import { FIRST_PAGE, type Shape, type ShapeId } from './shape.ts'
import type { ShapeDiff } from './shape-store.ts'
import type { ShapeLookup } from './transforms.ts'
import { Transforms } from './transforms.ts'
import { isPage, Tree } from './tree.ts'

/** What a change did to the picture. */
export interface SceneChange {
  /** Everything whose place or look may differ. */
  readonly affected: ReadonlySet<ShapeId>
  /** Page boxes to paint again: where the affected were and where they are. */
  readonly damage: readonly Box[]
}

/** From so many boxes on, the spatial index is faster with all at once. */
const BULK_MIN = 256

const NOWHERE: Box = Object.freeze({ x: 0, y: 0, w: 0, h: 0 })

/** Bounds, transforms and order of the shapes that `shape` gives. */
export class SceneIndex implements ShapeLookup {
  readonly tree = new Tree()
  readonly shape: (id: ShapeId) => Shape | undefined
  readonly #transforms: Transforms
  readonly #bounds = new Map<ShapeId, Box>()
  readonly #spatial = new SpatialIndex<ShapeId>()
  /** Which lines and arrows are held by a shape. */
  readonly #held = new Map<ShapeId, Set<ShapeId>>()

  constructor(shape: (id: ShapeId) => Shape | undefined) {
    this.shape = shape
    this.#transforms = new Transforms(shape, this.tree)
  }

  pageTransform(id: ShapeId): Matrix {
    return this.#transforms.get(id)
  }

  /** An empty box at the origin for unknown shapes. */
  pageBounds(id: ShapeId): Box {
    return this.#bounds.get(id) ?? NOWHERE
  }

  /** Below zero when `a` is painted before `b`. */
  comparePaint(a: ShapeId, b: ShapeId): number {
    return this.tree.comparePaint(a, b, this.shape)
  }

  contentBounds(): Box | null {
    return this.#spatial.bounds()
  }

  /** The lines and arrows that hold on to a shape. */
  heldBy(id: ShapeId): Iterable<ShapeId> {
    return this.#held.get(id) ?? []
  }

  search(box: Box): ShapeId[] {
    return this.#spatial.search(box)
  }

  /** Take in a whole document at once; only into an empty index. */
  load(diffs: ReadonlyMap<ShapeId, ShapeDiff>): void {
    this.#connect(diffs)
    const ids = new Set(diffs.keys())
    this.#measure(ids)
    this.#reindex(ids)
  }

  /** Take in what changed. */
  apply(diffs: ReadonlyMap<ShapeId, ShapeDiff>): SceneChange {
    const affected = this.#connect(diffs)
    this.#spread(affected)
    const damage = this.#settle(affected)
    return { affected, damage }
  }

  /** Bring tree and bindings up to date; gives what changed, what moved along with it, and what it left. */
  #connect(diffs: ReadonlyMap<ShapeId, ShapeDiff>): Set<ShapeId> {
    const reparented = this.tree.apply(diffs)
    const touched = new Set([...diffs.keys(), ...reparented.keys()])
    this.tree.place(touched, this.shape)
    for (const [id, diff] of diffs) this.#rebind(id, diff)
    const moved = [...touched].filter((id) => reparented.has(id) || !sameFrame(diffs.get(id)))
    for (const id of this.tree.withDescendants(moved)) {
      this.#transforms.drop(id)
      touched.add(id)
    }
    for (const left of reparented.values()) {
      if (left !== undefined && this.shape(left)?.kind === 'group') touched.add(left)
    }
    return touched
  }

  #rebind(id: ShapeId, { before, after }: ShapeDiff): void {
    for (const target of bindingsOf(before)) {
      const held = this.#held.get(target)
      if (held?.delete(id) === true && held.size === 0) this.#held.delete(target)
    }
    for (const target of bindingsOf(after)) {
      const held = this.#held.get(target) ?? new Set()
      this.#held.set(target, held.add(id))
    }
  }

  /** Add the arrows held by the affected, and the groups around any of these. */
  #spread(affected: Set<ShapeId>): void {
    const sources = [...affected]
    for (const id of sources) for (const arrow of this.heldBy(id)) affected.add(arrow)
    this.#addGroups([...affected], affected)
  }

  /** A group is as large as its children, so what changes them changes it. */
  #addGroups(ids: Iterable<ShapeId>, affected: Set<ShapeId>): void {
    const climbed = new Set<ShapeId>()
    for (const id of ids) {
      if (this.#isOnPage(id)) continue
      for (const ancestor of this.tree.ancestors(id)) {
        if (climbed.has(ancestor)) break
        climbed.add(ancestor)
        if (this.shape(ancestor)?.kind === 'group') affected.add(ancestor)
      }
    }
  }

  #isOnPage(id: ShapeId): boolean {
    return isPage(this.tree.parentOf(id) ?? FIRST_PAGE)
  }

  /** Measure the affected again and put them into the spatial index; gives the damage. */
  #settle(affected: ReadonlySet<ShapeId>): Box[] {
    const before = new Map<ShapeId, Box>()
    for (const id of affected) {
      const box = this.#bounds.get(id)
      if (box) before.set(id, box)
      this.#bounds.delete(id)
    }
    this.#measure(affected)
    this.#reindex(affected)
    const damage: Box[] = []
    for (const id of affected) {
      // A group paints nothing; what it contains is affected itself.
      if (this.shape(id)?.kind === 'group') continue
      damage.push(...differing(before.get(id), this.#bounds.get(id)))
    }
    return damage
  }

  #reindex(ids: ReadonlySet<ShapeId>): void {
    const found: [ShapeId, Box][] = []
    for (const id of ids) {
      const box = this.#bounds.get(id)
      if (box && this.tree.pageOf(id) === FIRST_PAGE) found.push([id, box])
      else this.#spatial.delete(id)
    }
    if (found.length >= BULK_MIN) this.#spatial.load(found)
    else for (const [id, box] of found) this.#spatial.set(id, box)
  }

  /** Compute the missing bounds of these shapes, children of groups first. */
  #measure(ids: Iterable<ShapeId>): void {
    const waiting: ShapeId[] = []
    for (const id of ids) {
      waiting.push(id)
      for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
        const missing = this.#bounds.has(top) ? [] : this.#unmeasured(top)
        for (const child of missing) waiting.push(child)
        if (missing.length > 0) continue
        waiting.pop()
        this.#measureOne(top)
      }
    }
  }

  #unmeasured(id: ShapeId): ShapeId[] {
    if (this.shape(id)?.kind !== 'group') return []
    return [...this.tree.childIds(id)].filter((child) => !this.#bounds.has(child))
  }

  #measureOne(id: ShapeId): void {
    const shape = this.shape(id)
    if (!shape || this.#bounds.has(id)) return
    const union = shape.kind === 'group' ? this.#unionOfChildren(id) : null
    this.#bounds.set(id, union ?? this.#ownBounds(shape))
  }

  /** By edges, so that the order of the children cannot change the rounding. */
  #unionOfChildren(id: ShapeId): Box | null {
    const corners: Vec[] = []
    for (const child of this.tree.childIds(id)) {
      const { x, y, w, h } = this.pageBounds(child)
      corners.push({ x, y }, { x: x + w, y: y + h })
    }
    return corners.length > 0 ? boxFromPoints(corners) : null
  }

  /** A group with nothing in it is a point. */
  #ownBounds(shape: Shape): Box {
    if (shape.kind === 'group') return outlineBounds({ ...shape, w: 0, h: 0 }, this)
    const isUnturned = shape.angle === 0 && this.#isOnPage(shape.id)
    return isUnturned ? unturnedBounds(shape, this) : outlineBounds(shape, this)
  }
}

function differing(before: Box | undefined, after: Box | undefined): Box[] {
  if (before && after && sameBox(before, after)) return [after]
  return [before, after].filter((box) => box !== undefined)
}

const NOTHING: readonly ShapeId[] = []

function bindingsOf(shape: Shape | undefined): readonly ShapeId[] {
  if (!shape || !isLinear(shape)) return NOTHING
  return [shape.start, shape.end].flatMap((binding) => (binding ? [binding.id] : []))
}

/** What a shape stands in and holds on to: without these it would be elsewhere. */
export function needsOf(shape: Shape | undefined): ShapeId[] {
  return shape ? [shape.at[0], ...bindingsOf(shape)] : []
}

/** Whether what is inside a shape stayed where it was. */
function sameFrame({ before, after }: Partial<ShapeDiff> = {}): boolean {
  if (!before || !after) return false
  const [, x, y] = after.at
  if (before.at[1] !== x || before.at[2] !== y || before.angle !== after.angle) return false
  // The size moves the point a shape is turned about, and nothing if it is not turned.
  return after.angle === 0 || (before.w === after.w && before.h === after.h)
}
