/** The current style: shown for the selection, applied to it, kept for the next shapes. */
import type { Board, Shape, ShapeId, ShapePatch, TextMeasurer } from '@kolam/board'
import type { Selection } from './selection.ts'
import type { Signals } from './signals.ts'
import type { Steps } from './steps.ts'
import { FIRST_STYLE, sharedStyle, styleFor, type ShownStyle, type StyleDefaults } from './style.ts'
import { fittedText } from './text-fit.ts'
import { isLocked, leavesOf } from './tree.ts'

interface StyleParts {
  readonly board: Board
  readonly selection: Selection
  readonly steps: Steps
  readonly signals: Signals
  readonly measurer: TextMeasurer
}

/** Owner of the style defaults. */
export class StyleControl {
  readonly #parts: StyleParts
  #defaults: StyleDefaults = FIRST_STYLE

  constructor(parts: StyleParts) {
    this.#parts = parts
  }

  /** What the next shapes will look like. */
  get defaults(): StyleDefaults {
    return this.#defaults
  }

  get shown(): ShownStyle {
    return sharedStyle(this.#selectedLeaves(), this.#defaults)
  }

  /** Change the selection, groups' contents included, in one undo step; and the next shapes. */
  set(patch: Partial<StyleDefaults>): void {
    this.#defaults = Object.freeze({ ...this.#defaults, ...patch })
    this.#parts.signals.mark('style')
    const { board, steps } = this.#parts
    const patches = this.#selectedLeaves()
      .filter(({ id }) => !isLocked(board, id))
      .map((shape) => this.#patchFor(shape, patch))
    if (patches.length > 0 && !board.readOnly) steps.run(() => board.update(patches))
  }

  #patchFor(shape: Shape, patch: Partial<StyleDefaults>): readonly [ShapeId, ShapePatch] {
    const styled: ShapePatch = styleFor(shape.kind, patch)
    const fitted = fittedText({ ...shape, ...styled }, this.#parts.measurer)
    return [shape.id, { ...styled, ...fitted }]
  }

  #selectedLeaves(): Shape[] {
    const { board, selection } = this.#parts
    return [...selection.ids].flatMap((id) => leavesOf(board, id))
  }
}
