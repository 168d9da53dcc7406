/**
 * The shapes as a gesture shows them: the document's, with the stage's patches over them.
 *
 * Each is put together when it is looked at: with thousands in hand, most are not.
 */
import type { Board, Shape, ShapeId } from '@kolam/board'
import type { DraftPatch } from './stage.ts'

/** A map as long as the patches are; shapes that are gone from the board are in it no more. */
export class Drafts implements ReadonlyMap<ShapeId, Shape> {
  readonly #board: Pick<Board, 'shape'>
  readonly #patches: ReadonlyMap<ShapeId, DraftPatch>
  readonly #made = new Map<ShapeId, Shape>()

  constructor(board: Pick<Board, 'shape'>, patches: ReadonlyMap<ShapeId, DraftPatch>) {
    this.#board = board
    const gone = [...patches.keys()].filter((id) => !board.shape(id))
    this.#patches = gone.length === 0 ? patches : without(patches, new Set(gone))
  }

  get size(): number {
    return this.#patches.size
  }

  has(id: ShapeId): boolean {
    return this.#patches.has(id)
  }

  get(id: ShapeId): Shape | undefined {
    const made = this.#made.get(id)
    if (made) return made
    const [shape, patch] = [this.#board.shape(id), this.#patches.get(id)]
    if (!shape || !patch) return undefined
    const draft = Object.freeze(patched(shape, patch))
    this.#made.set(id, draft)
    return draft
  }

  keys(): MapIterator<ShapeId> {
    return this.#patches.keys()
  }

  *values(): MapIterator<Shape> {
    for (const id of this.#patches.keys()) {
      const draft = this.get(id)
      if (draft) yield draft
    }
  }

  *entries(): MapIterator<[ShapeId, Shape]> {
    for (const draft of this.values()) yield [draft.id, draft]
  }

  [Symbol.iterator](): MapIterator<[ShapeId, Shape]> {
    return this.entries()
  }

  forEach(run: (draft: Shape, id: ShapeId, all: ReadonlyMap<ShapeId, Shape>) => void): void {
    for (const [id, draft] of this) run(draft, id, this)
  }
}

function without(
  patches: ReadonlyMap<ShapeId, DraftPatch>,
  gone: ReadonlySet<ShapeId>,
): ReadonlyMap<ShapeId, DraftPatch> {
  return new Map([...patches].filter(([id]) => !gone.has(id)))
}

/** Reads nothing that the patch replaces: the ink of a stroke being drawn is not worked out to be dropped. */
function patched(shape: Shape, patch: DraftPatch): Shape {
  if (!patch.ink) return { ...shape, ...patch }
  const kept = Object.keys(shape).filter((key) => key !== 'ink') as (keyof Shape)[]
  const draft = Object.fromEntries(kept.map((key) => [key, shape[key]]))
  return { ...(draft as unknown as Shape), ...patch }
}
