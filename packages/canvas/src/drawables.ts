/** Keeps what shapes look like: worked out once for each value of a shape. */
import type { BoardChange, FontName, Point, Shape, ShapeLookup } from '@kolam/board'
import { coarseDrawable } from './coarse.ts'
import type { Drawable } from './draw-item.ts'
import { routeOf, shapeDrawable } from './drawable.ts'
import type { TextLayouter } from './text-measurer.ts'

interface Kept {
  readonly drawable: Drawable
  readonly route: readonly Point[]
  /** Where the route was looked up last. */
  readonly lookup: ShapeLookup
}

/** `coarse` is for shapes of a few pixels on screen. */
export type Detail = 'fine' | 'coarse'

/** A shape is a new object whenever it changes; only bound arrows change with others. */
export class Drawables {
  readonly #measurer: TextLayouter
  readonly #onFont: (font: FontName) => void
  #kept = emptyCaches()

  constructor(measurer: TextLayouter, onFont: (font: FontName) => void = () => {}) {
    this.#measurer = measurer
    this.#onFont = onFont
  }

  /** What the shape looks like where `lookup` says the shapes it is bound to are. */
  get(shape: Shape, lookup: ShapeLookup, detail: Detail = 'fine'): Drawable {
    const kept = this.#kept[detail].get(shape)
    if (kept && (!isBound(shape) || kept.lookup === lookup)) return kept.drawable
    const route = routeOf(shape, lookup)
    const drawable =
      kept && isSameRoute(kept.route, route) ? kept.drawable : this.#make(shape, { route, detail })
    this.#kept[detail].set(shape, { drawable, route, lookup })
    return drawable
  }

  /** Tell of every change of the board: bound arrows may run differently now. */
  note({ affected }: Pick<BoardChange, 'affected'>, board: ShapeLookup): void {
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

  #make(shape: Shape, { route, detail }: { route: readonly Point[]; detail: Detail }): Drawable {
    if (detail === 'coarse') return coarseDrawable(shape, route)
    const drawable = shapeDrawable(shape, { measurer: this.#measurer, route })
    if (drawable.label) this.#onFont(drawable.label.style.font)
    return drawable
  }
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
