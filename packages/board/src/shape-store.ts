/**
 * The shapes of a document as frozen values, decoded once and again when their map changed.
 *
 * A value keeps its identity as long as it says the same. Knows no parents, order or geometry.
 */
import type * as Y from 'yjs'
import { asShapeMap, inkOf, type ShapeMap } from './document.ts'
import type { Shape, ShapeId } from './shape.ts'
import { readShape, sameProps } from './shape-codec.ts'

/** What became of one shape. */
export interface ShapeDiff {
  readonly before: Shape | undefined
  readonly after: Shape | undefined
}

interface Entry {
  readonly map: ShapeMap
  readonly pieces: readonly Uint8Array[]
  readonly shape: Shape
}

/** All shapes by id. */
export class ShapeStore {
  readonly #source: Y.Map<unknown>
  readonly #entries = new Map<ShapeId, Entry>()

  constructor(source: Y.Map<unknown>) {
    this.#source = source
  }

  get size(): number {
    return this.#entries.size
  }

  has(id: ShapeId): boolean {
    return this.#entries.has(id)
  }

  get(id: ShapeId): Shape | undefined {
    return this.#entries.get(id)?.shape
  }

  *values(): Iterable<Shape> {
    for (const { shape } of this.#entries.values()) yield shape
  }

  /** Read these shapes again; gives those that came, went or differ. */
  refresh(ids: Iterable<ShapeId>): Map<ShapeId, ShapeDiff> {
    const diffs = new Map<ShapeId, ShapeDiff>()
    for (const id of ids) {
      const before = this.#entries.get(id)?.shape
      const after = this.#read(id)
      if (before !== after) diffs.set(id, { before, after })
    }
    return diffs
  }

  #read(id: ShapeId): Shape | undefined {
    const map = asShapeMap(this.#source.get(id))
    if (!map) {
      this.#entries.delete(id)
      return undefined
    }
    const old = this.#entries.get(id)
    const entry = readEntry(id, map)
    const same = old !== undefined && sameEntry(old, entry)
    this.#entries.set(id, same ? { ...entry, shape: old.shape } : entry)
    return same ? old.shape : entry.shape
  }
}

const NO_INK: readonly Uint8Array[] = Object.freeze([])

function readEntry(id: ShapeId, map: ShapeMap): Entry {
  const shape = readShape(id, map)
  return { map, shape, pieces: shape.kind === 'draw' ? inkOf(map) : NO_INK }
}

function sameEntry(a: Entry, b: Entry): boolean {
  if (a.map !== b.map || a.pieces.length !== b.pieces.length) return false
  return a.pieces.every((piece, i) => piece === b.pieces[i]) && sameProps(a.shape, b.shape)
}
