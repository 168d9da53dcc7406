/**
 * A stroke while it is drawn: a shape that grows by chunks and becomes one value at the end.
 *
 * If somebody removes the shape meanwhile, writing goes nowhere and nothing fails. All of it is one
 * undo step as long as nobody marks in between.
 */
import { boxFromPoints } from '@kolam/geometry'
import { INK, inkChunkKey, inkChunkKeys, type ShapeMap } from './document.ts'
import { encodeInk } from './ink.ts'
import type { InkPoint, ShapeId, ShapePatch } from './shape.ts'
import type { Shape } from './shape.ts'

/** The board as a stroke writes to it. */
export interface StrokeTarget {
  /** Run in one transaction; `map` is undefined when the shape is gone or may not be written. */
  write(id: ShapeId, run: (map: ShapeMap) => void): void
  shape(id: ShapeId): Shape | undefined
  update(patches: Iterable<readonly [ShapeId, ShapePatch]>): void
  transact<T>(run: () => T): T
  remove(ids: Iterable<ShapeId>): void
}

/**
 * Points in a chunk. The last chunk is written anew with what came since, until it is full: so however
 * long a stroke, what is written at once is short, and so is the list of chunks that readers go through.
 */
const CHUNK_POINTS = 32

/** Writes one stroke; use it until `finish` or `cancel`, after which it does nothing. */
export class StrokeWriter {
  readonly id: ShapeId
  readonly #target: StrokeTarget
  readonly #points: InkPoint[]
  /** Which chunk is being filled, and the first point in it. */
  #chunk = { number: 0, start: 0 }
  #open = true

  constructor(
    id: ShapeId,
    { target, points }: { target: StrokeTarget; points: readonly InkPoint[] },
  ) {
    this.id = id
    this.#target = target
    this.#points = [...points]
  }

  /** Add points in the shape's own space; one write to a call, so call it about 30 times a second. */
  append(points: readonly InkPoint[]): void {
    if (!this.#open || points.length === 0) return
    for (const point of points) this.#points.push(point)
    const { number, start } = this.#chunk
    this.#target.write(this.id, (map) => {
      map.set(inkChunkKey(number), encodeInk(this.#points.slice(start)))
      if (number === 0 && map.has(INK)) map.delete(INK)
    })
    const { length } = this.#points
    if (length - start >= CHUNK_POINTS) this.#chunk = { number: number + 1, start: length }
  }

  /** Compact the chunks to one value, and make the shape's box that of its points. */
  finish(): void {
    if (!this.#open) return
    this.#open = false
    this.#target.transact(() => {
      this.#target.write(this.id, (map) => this.#compact(map))
    })
  }

  /** As if it had never begun. */
  cancel(): void {
    if (!this.#open) return
    this.#open = false
    this.#target.remove([this.id])
  }

  #compact(map: ShapeMap): void {
    const shape = this.#target.shape(this.id)
    if (!shape) return
    const box = boxFromPoints(this.#points.map(([x, y]) => ({ x, y })))
    // A turned stroke turns about its old middle: moving its origin would move it on the page.
    const origin = shape.angle === 0 ? box : { x: 0, y: 0 }
    const moved = this.#points.map(([x, y, p]) => [x - origin.x, y - origin.y, p] as const)
    const [parent, x, y] = shape.at
    writeInk(map, moved)
    const at = [parent, x + origin.x, y + origin.y] as const
    const size = shape.angle === 0 ? { w: box.w, h: box.h } : {}
    this.#target.update([[this.id, { at, ...size }]])
  }
}

/** Make these the stroke's only points. */
export function writeInk(map: ShapeMap, points: readonly InkPoint[]): void {
  for (const key of inkChunkKeys(map)) map.delete(key)
  map.set(INK, encodeInk(points))
}
