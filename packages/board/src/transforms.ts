/**
 * From the space of a shape to that of its page.
 *
 * A shape is turned about the centre of its box, then moved to its place in its parent's space.
 */
import { IDENTITY, multiply, rotationAbout, translation, type Matrix } from '@kolam/geometry'
import { DEPTH_MAX } from './limits.ts'
import type { Shape, ShapeId } from './shape.ts'
import { isPage, type Tree } from './tree.ts'

/** Where shapes and their transforms are looked up; a board, or a board with drafts. */
export interface ShapeLookup {
  shape(id: ShapeId): Shape | undefined
  /** Shape space to page space; the identity for unknown shapes. */
  pageTransform(id: ShapeId): Matrix
}

/** Shape space to the space of the parent. */
export function localTransform({ at: [, x, y], w, h, angle }: Shape): Matrix {
  const move = translation(x, y)
  return angle === 0 ? move : multiply(move, rotationAbout(angle, { x: w / 2, y: h / 2 }))
}

/** Page transforms of all shapes, each computed once until it is dropped. */
export class Transforms {
  readonly #shape: (id: ShapeId) => Shape | undefined
  readonly #tree: Tree
  readonly #cache = new Map<ShapeId, Matrix>()

  constructor(shape: (id: ShapeId) => Shape | undefined, tree: Tree) {
    this.#shape = shape
    this.#tree = tree
  }

  get(id: ShapeId): Matrix {
    const known = this.#cache.get(id)
    if (known) return known
    const missing = [id]
    let base = IDENTITY
    for (const ancestor of this.#tree.ancestors(id)) {
      const cached = this.#cache.get(ancestor)
      if (cached) {
        base = cached
        break
      }
      missing.push(ancestor)
    }
    return this.#fill(missing, base)
  }

  drop(id: ShapeId): void {
    this.#cache.delete(id)
  }

  /** From the outermost inwards. */
  #fill(ids: readonly ShapeId[], base: Matrix): Matrix {
    let matrix = base
    for (const id of ids.toReversed()) {
      const shape = this.#shape(id)
      if (!shape) return IDENTITY
      matrix = multiply(matrix, localTransform(shape))
      this.#cache.set(id, matrix)
    }
    return matrix
  }
}

/** The lookup as it would be with these shapes instead of, or besides, its own. */
export function withDrafts(lookup: ShapeLookup, drafts: ReadonlyMap<ShapeId, Shape>): ShapeLookup {
  if (drafts.size === 0) return lookup
  const shape = (id: ShapeId): Shape | undefined => drafts.get(id) ?? lookup.shape(id)
  const pageTransform = (id: ShapeId): Matrix => {
    const chain = chainOf(id, shape)
    if (!chain.some((link) => drafts.has(link.id))) return lookup.pageTransform(id)
    return chain.reduceRight((outer, link) => multiply(outer, localTransform(link)), IDENTITY)
  }
  return { shape, pageTransform }
}

/** The shape and what contains it, innermost first; a circle is cut where it closes. */
function chainOf(id: ShapeId, shape: (id: ShapeId) => Shape | undefined): Shape[] {
  const chain: Shape[] = []
  const seen = new Set<ShapeId>()
  for (let at = id; !isPage(at) && !seen.has(at) && chain.length < DEPTH_MAX;) {
    const link = shape(at)
    if (!link) break
    seen.add(at)
    chain.push(link)
    at = link.at[0]
  }
  return chain
}
