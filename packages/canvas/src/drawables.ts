/** Keeps what shapes look like: worked out once for each value of a shape. */
import { SHAPE_DEFAULTS } from '@kolam/board'
import type { BoardChange, FontName, Point, Shape, ShapeId, ShapeLookup } from '@kolam/board'
import { coarseDrawable, tinted } from './coarse.ts'
import type { Drawable } from './draw-item.ts'
import { routeOf, shapeDrawable } from './drawable.ts'
import { isSketched, noSketch } from './sketch.ts'
import type { Sketch } from './sketch.ts'
import type { TextLayouter } from './text-measurer.ts'

interface Kept {
  readonly drawable: Drawable
  readonly route: readonly Point[]
  /** Where the route was looked up last. */
  readonly lookup: ShapeLookup
}

/** `coarse` is for shapes of a few pixels on screen. */
export type Detail = 'fine' | 'coarse'

/** What drawables are worked out with. */
export interface DrawablesOptions {
  readonly measurer: TextLayouter
  /** Text is being drawn in this face. */
  readonly onFont?: (font: FontName) => void
  /** Asked when a shape is drawn by hand; null as long as that cannot be done. */
  readonly sketch: () => Sketch | null
}

/** A shape is a new object whenever it changes; only bound arrows change with others. */
export class Drawables {
  readonly #measurer: TextLayouter
  readonly #onFont: (font: FontName) => void
  readonly #sketch: () => Sketch | null
  #kept = emptyCaches()
  /** What was asked for last, of each shape. */
  readonly #latest = { fine: new Map<ShapeId, Shape>(), coarse: new Map<ShapeId, Shape>() }

  constructor({ measurer, onFont = () => {}, sketch }: DrawablesOptions) {
    this.#measurer = measurer
    this.#onFont = onFont
    this.#sketch = sketch
  }

  /** What the shape looks like where `lookup` says the shapes it is bound to are. */
  get(shape: Shape, lookup: ShapeLookup, detail: Detail = 'fine'): Drawable {
    const kept = this.#kept[detail].get(shape) ?? this.#keptOfTwin(shape, detail)
    if (kept && (!isBound(shape) || kept.lookup === lookup)) return this.#keep(shape, kept, detail)
    const route = routeOf(shape, lookup)
    const drawable =
      kept && isSameRoute(kept.route, route) ? kept.drawable : this.#make(shape, { route, detail })
    return this.#keep(shape, { drawable, route, lookup }, detail)
  }

  #keep(shape: Shape, kept: Kept, detail: Detail): Drawable {
    this.#kept[detail].set(shape, kept)
    this.#latest[detail].set(shape.id, shape)
    return kept.drawable
  }

  /** Tell of every change of the board: bound arrows may run differently now. */
  note({ affected, removed }: Pick<BoardChange, 'affected' | 'removed'>, board: ShapeLookup): void {
    for (const id of removed) for (const latest of Object.values(this.#latest)) latest.delete(id)
    for (const id of affected) {
      const shape = board.shape(id)
      if (!shape || !isBound(shape)) continue
      this.#kept.fine.delete(shape)
      this.#kept.coarse.delete(shape)
    }
  }

  /** Work everything out anew: a font has arrived. */
  forget(): void {
    this.#kept = emptyCaches()
  }

  /** A shape that was only moved looks as it did, unless it holds on to others. */
  #keptOfTwin(shape: Shape, detail: Detail): Kept | undefined {
    if (isBound(shape)) return undefined
    const twin = this.#latest[detail].get(shape.id)
    return twin && looksSame(twin, shape) ? this.#kept[detail].get(twin) : undefined
  }

  #make(shape: Shape, { route, detail }: { route: readonly Point[]; detail: Detail }): Drawable {
    if (detail === 'coarse') return coarseDrawable(shape, route)
    const drawable = this.#fine(shape, route)
    if (drawable.label) this.#onFont(drawable.label.style.font)
    return drawable
  }

  #fine(shape: Shape, route: readonly Point[]): Drawable {
    const needs = { measurer: this.#measurer, route, sketch: noSketch }
    if (!isSketched(shape)) return shapeDrawable(shape, needs)
    const sketch = this.#sketch()
    if (sketch) return shapeDrawable(shape, { ...needs, sketch })
    return tinted(shape, shapeDrawable(cleaned(shape), needs))
  }
}

/** What a drawable does not depend on: it is in shape space. */
const PLACE: ReadonlySet<string> = new Set(['at', 'angle', 'index', 'opacity'])
const LOOK = (['kind', ...Object.keys(SHAPE_DEFAULTS)] as (keyof Shape)[]).filter(
  (prop) => !PLACE.has(prop),
)

function looksSame(a: Shape, b: Shape): boolean {
  return LOOK.every((prop) => a[prop] === b[prop])
}

/** Clean, until the means to draw by hand are there. */
function cleaned(shape: Shape): Shape {
  return { ...shape, roughness: 0, fillStyle: 'solid' }
}

function emptyCaches(): Record<Detail, WeakMap<Shape, Kept>> {
  return { fine: new WeakMap(), coarse: new WeakMap() }
}

function isBound({ start, end }: Shape): boolean {
  return start !== null || end !== null
}

function isSameRoute(a: readonly Point[], b: readonly Point[]): boolean {
  return a.length === b.length && a.every(([x, y], i) => x === b[i]?.[0] && y === b[i]?.[1])
}
