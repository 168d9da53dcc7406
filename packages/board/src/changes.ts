/** What one transaction did to the board, gathered over all its parts. Never reads the document. */
import { unionBoxes, type Box } from '@kolam/geometry'
import type { SceneChange } from './scene-index.ts'
import type { ShapeId } from './shape.ts'
import type { ShapeDiff } from './shape-store.ts'

/** One change of the board, as its listeners hear of it. */
export interface BoardChange {
  readonly added: ReadonlySet<ShapeId>
  /** Shapes whose own value differs. */
  readonly changed: ReadonlySet<ShapeId>
  readonly removed: ReadonlySet<ShapeId>
  /** These and all whose bounds or look may differ with them: contents, arrows held, groups around. */
  readonly affected: ReadonlySet<ShapeId>
  /** Page boxes to paint again: where the affected were and where they are, without stroke width. */
  readonly damage: readonly Box[]
  /** Whether this board, or its undo, made it. */
  readonly local: boolean
  /** Nothing happened: these shapes were in the document already and have been read now. */
  readonly loaded: boolean
}

/** More boxes than this are told as the one around them all. */
const DAMAGE_MAX = 1_024

/** Gathers diffs until they are told. */
export class PendingChange {
  #added = new Set<ShapeId>()
  #changed = new Set<ShapeId>()
  #removed = new Set<ShapeId>()
  #affected = new Set<ShapeId>()
  #damage: Box[] = []

  add(diffs: ReadonlyMap<ShapeId, ShapeDiff>, scene: SceneChange): void {
    for (const [id, diff] of diffs) this.#note(id, diff)
    for (const id of scene.affected) this.#affected.add(id)
    for (const box of scene.damage) this.#damage.push(box)
  }

  /** What was gathered, and start anew; null when nothing differs from before. */
  take(local: boolean, loaded = false): BoardChange | null {
    const [added, changed, removed] = [this.#added, this.#changed, this.#removed]
    const affected = this.#affected
    const damage = merged(this.#damage)
    if (affected.size === 0) return null
    this.#added = new Set()
    this.#changed = new Set()
    this.#removed = new Set()
    this.#affected = new Set()
    this.#damage = []
    return { added, changed, removed, affected, damage, local, loaded }
  }

  #note(id: ShapeId, { before, after }: ShapeDiff): void {
    if (!before && !this.#removed.delete(id)) this.#added.add(id)
    else if (after && !this.#added.has(id)) this.#changed.add(id)
    if (after) return
    this.#changed.delete(id)
    if (!this.#added.delete(id)) this.#removed.add(id)
  }
}

function merged(damage: readonly Box[]): readonly Box[] {
  const union = damage.length > DAMAGE_MAX ? unionBoxes(damage) : null
  return union ? [union] : damage
}
