/**
 * Which shape's text is being typed. The view owns the caret; this owns beginning and end.
 *
 * Never reads a keyboard: the view writes through `board.setText` and the box follows here.
 */
import type { Board, ShapeId, ShapeKind, TextMeasurer } from '@kolam/board'
import type { Signals } from './signals.ts'
import type { Steps } from './steps.ts'
import { fittedText } from './text-fit.ts'
import { isLocked } from './tree.ts'

const TYPED: ReadonlySet<ShapeKind> = new Set([
  'rectangle',
  'ellipse',
  'diamond',
  'text',
  'arrow',
  'line',
  'frame',
])

interface EditingParts {
  readonly board: Board
  readonly steps: Steps
  readonly signals: Signals
  readonly measurer: TextMeasurer
}

/** Owner of `editing`. */
export class TextEditing {
  readonly #parts: EditingParts
  #id: ShapeId | null = null

  constructor(parts: EditingParts) {
    this.#parts = parts
  }

  get id(): ShapeId | null {
    return this.#id
  }

  canEdit(id: ShapeId): boolean {
    const { board } = this.#parts
    const shape = board.shape(id)
    return shape !== undefined && TYPED.has(shape.kind) && !board.readOnly && !isLocked(board, id)
  }

  /** Begin; `born` when the open undo step has just made the shape, so that both are one step. */
  start(id: ShapeId, how: { readonly born: boolean }): void {
    if (this.#id === id) return
    this.stop()
    if (!this.canEdit(id)) return
    if (!how.born) this.#parts.steps.begin()
    this.#set(id)
  }

  /** End; a text shape left without text goes away. */
  stop(): void {
    const id = this.#id
    if (id === null) return
    const { board, steps } = this.#parts
    this.#set(null)
    const shape = board.shape(id)
    if (shape?.kind === 'text' && shape.text.trim() === '') board.remove([id])
    steps.end()
  }

  /** The board changed: follow the typed text, and end when its shape is gone. */
  follow(changed: ReadonlySet<ShapeId>, removed: ReadonlySet<ShapeId>): void {
    const id = this.#id
    if (id === null) return
    if (removed.has(id)) return this.stop()
    const { board, measurer } = this.#parts
    const shape = board.shape(id)
    if (!shape || !changed.has(id)) return
    const fitted = fittedText(shape, measurer)
    if (fitted.w !== undefined) board.update([[id, fitted]])
  }

  #set(id: ShapeId | null): void {
    this.#id = id
    this.#parts.signals.mark('editing')
    this.#parts.signals.mark('overlay')
  }
}
