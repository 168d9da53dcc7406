/**
 * A big document taken in bit by bit, so that a page can paint in between.
 *
 * What waits is not on the board yet; what is on it is up to date. What is looked at is read first.
 * Listeners hear whenever as much has come as they knew before, so that all their work together stays
 * in proportion to the board. Knows no frame and no timer: those come in.
 */
import type { Clock, Disposer } from '@kolam/base'
import type { Box } from '@kolam/geometry'
import type * as Y from 'yjs'
import type { BoardView } from './board-view.ts'
import { seemsIn } from './glance.ts'
import {
  FIRST_SLICE_MS,
  GLANCES_MAX,
  SLICE_MS,
  SLICE_SHAPES_MAX,
  SLICED_MIN,
  SLICE_STEP,
} from './limits.ts'
import type { ShapeId } from './shape.ts'

/** How a board takes in what arrives by the thousand. */
export interface SliceOptions {
  readonly clock: Pick<Clock, 'now'>
  /** Calls back once, soon, after others had their turn; not after it was called off. */
  readonly schedule: (run: () => void) => Disposer
  /** What is looked at, on the first page; null when nobody can say yet. */
  readonly near: () => Box | null
  /** So many shapes at once are taken in at once; SLICED_MIN by default. */
  readonly min?: number
  /** So many are read before the clock is looked at. */
  readonly step?: number
}

/** How far a big board has been taken in, in shapes. */
export interface Loading {
  readonly done: number
  readonly total: number
}

/** What an intake works with. */
export interface IntakeParts {
  readonly shapes: Y.Map<unknown>
  readonly view: BoardView
  readonly options: SliceOptions
  /** Read shapes are to be told. */
  readonly tell: () => void
  /** `loading` is another. */
  readonly moved: () => void
}

/** Reads what waits. */
export class Intake {
  readonly #parts: IntakeParts
  #cancel: Disposer | null = null
  #told = 0
  #untold = 0

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  /** Null when nothing waits. */
  get loading(): Loading | null {
    const { size, total } = this.#parts.view.backlog
    return size === 0 ? null : { done: total - size, total }
  }

  /** Let new shapes wait if they are many; gives those to read now. After this `begin` is called. */
  hold(ids: ReadonlySet<ShapeId>): Iterable<ShapeId> {
    const { shapes, view } = this.#parts
    const { store, backlog } = view
    if (ids.size <= this.#min) return [...ids].filter((id) => !backlog.has(id))
    const isNew = (id: ShapeId): boolean => !store.has(id) && shapes.has(id)
    const fresh = [...ids].filter((id) => isNew(id) && !backlog.has(id))
    if (fresh.length <= Math.max(this.#min, store.size)) {
      return [...ids].filter((id) => !backlog.has(id))
    }
    this.#queue(fresh)
    return [...ids].filter((id) => !isNew(id))
  }

  /** Go on with what waits, if anything does and it is not on its way. */
  begin(): void {
    if (this.#cancel || this.#parts.view.backlog.size === 0) return
    this.#goOn()
  }

  /** Read everything now. */
  finish(): void {
    if (this.#parts.view.backlog.size === 0) return
    this.#cancel?.()
    this.#cancel = null
    this.#read(Infinity)
    this.#end()
  }

  dispose(): void {
    this.#cancel?.()
  }

  get #min(): number {
    return this.#parts.options.min ?? SLICED_MIN
  }

  /** Put them in order and read the first, which are what is painted first. */
  #queue(fresh: readonly ShapeId[]): void {
    const { shapes, view, options } = this.#parts
    const box = options.near()
    const isNear = (id: ShapeId, i: number): boolean =>
      box !== null && i < GLANCES_MAX && seemsIn(shapes, id, box)
    const first = fresh.filter(isNear)
    const known = new Set(first)
    const rest = box ? fresh.filter((id) => !known.has(id)) : spread(fresh)
    view.backlog.add(first, rest)
    this.#read(FIRST_SLICE_MS, first.length || SLICE_SHAPES_MAX)
  }

  readonly #slice = (): void => {
    this.#cancel = null
    this.#read(SLICE_MS, SLICE_SHAPES_MAX)
    if (this.#parts.view.backlog.size === 0) this.#end()
    else this.#goOn()
  }

  #read(ms: number, count = Infinity): void {
    const { view, options } = this.#parts
    const { clock, step = SLICE_STEP } = options
    const { backlog } = view
    const until = clock.now() + ms
    const before = backlog.size
    for (let left = count; backlog.size > 0 && left > 0; left = count - (before - backlog.size)) {
      view.load(backlog.next(Math.min(step, left)))
      if (clock.now() >= until) break
    }
    this.#untold += before - backlog.size
  }

  /** The next slice is asked for before anybody hears of this one: a listener that throws stops nothing. */
  #goOn(): void {
    this.#cancel = this.#parts.options.schedule(this.#slice)
    if (this.#untold >= this.#told) this.#tell()
    this.#parts.moved()
  }

  #end(): void {
    this.#tell()
    this.#told = 0
    this.#parts.moved()
  }

  #tell(): void {
    this.#told += this.#untold
    this.#untold = 0
    this.#parts.tell()
  }
}

/** The golden section: any part from the start on is a fair sample of all. */
const STRIDE = 0.618_033_988_75

/** In another order, so that the first few show where the whole is. */
function spread(ids: readonly ShapeId[]): ShapeId[] {
  const { length } = ids
  const stride = coprimeTo(length, Math.max(1, Math.round(length * STRIDE)))
  return ids.map((_, i) => ids[(i * stride) % length]!)
}

function coprimeTo(length: number, from: number): number {
  let stride = from
  while (greatestDivisor(stride, length) > 1) stride++
  return stride
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
