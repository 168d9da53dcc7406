/** What a gesture shows before and beside the document: drafts, fading, marquee, hints. */
import type { Carried, InkPoint, ShapeId, ShapePatch, TurnedBox } from '@kolam/board'
import type { Box } from '@kolam/geometry'
import type { Signals } from './signals.ts'

/** Props a shape is shown with instead of the document's. */
export type DraftPatch = ShapePatch & { readonly ink?: readonly InkPoint[] }

export interface StageView {
  readonly drafts: ReadonlyMap<ShapeId, DraftPatch>
  readonly carried: Carried | null
  readonly erasing: ReadonlySet<ShapeId>
  readonly marquee: Box | null
  readonly hovered: ShapeId | null
  readonly bindTarget: ShapeId | null
  /** Shown instead of the box around the selection: a whole selection keeps its angle while it turns. */
  readonly frame: TurnedBox | null
}

const EMPTY: StageView = {
  drafts: new Map(),
  carried: null,
  erasing: new Set(),
  marquee: null,
  hovered: null,
  bindTarget: null,
  frame: null,
}

/** The transient part of the overlay. */
export class Stage {
  readonly #signals: Signals
  #view = EMPTY

  constructor(signals: Signals) {
    this.#signals = signals
  }

  get view(): StageView {
    return this.#view
  }

  /** Replace the parts named; silent when nothing differs. */
  show(parts: Partial<StageView>): void {
    const next = { ...this.#view, ...parts }
    const same = (Object.keys(next) as (keyof StageView)[]).every(
      (key) => next[key] === this.#view[key],
    )
    if (same) return
    this.#view = next
    this.#signals.mark('overlay')
  }

  /** Everything but the hover, which belongs to the pointer and not to a gesture. */
  clear(): void {
    this.show({ ...EMPTY, hovered: this.#view.hovered })
  }
}
