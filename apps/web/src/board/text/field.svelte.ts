/**
 * The text being typed on the board: what the field shows, where it lies, and how typing reaches the
 * document letter by letter while others type into the same text.
 */
import type { Shape, ShapeId } from '@kolam/board'
import { textArea, type TextArea } from '@kolam/canvas'
import { multiply, translation, type Box, type Matrix } from '@kolam/geometry'
import type { BoardSession } from '../session.svelte.ts'
import { fieldBox } from './field-box.ts'
import { labelMiddle } from './label-middle.ts'
import { moveCaret, rebaseText } from './merge.ts'

export class TextFieldState {
  readonly id: ShapeId
  readonly #session: BoardSession
  readonly #field: HTMLTextAreaElement
  /** What the field and the document last agreed on. */
  #base = ''
  #composing = false

  constructor(session: BoardSession, id: ShapeId, field: HTMLTextAreaElement) {
    this.#session = session
    this.id = id
    this.#field = field
  }

  /** Fills the field, selects everything, and follows the document until the returned disposer is called. */
  start(): () => void {
    this.#base = this.#text
    this.#field.value = this.#base
    this.#field.focus({ preventScroll: true })
    this.#field.select()
    return this.#session.board.on('change', ({ changed }) => {
      if (changed.has(this.id)) this.#take()
    })
  }

  /** The field's own change goes to the document. An input method's half-written word waits. */
  typed(): void {
    if (this.#composing) return
    const mine = this.#field.value
    const merged = rebaseText(this.#base, mine, this.#text)
    this.#base = merged
    this.#session.board.setText(this.id, merged)
    if (merged !== mine) this.#show(merged)
  }

  compose(composing: boolean): void {
    this.#composing = composing
    if (!composing) this.typed()
  }

  get #text(): string {
    return this.#session.board.shape(this.id)?.text ?? ''
  }

  /** Somebody else typed into the same text. */
  #take(): void {
    if (this.#composing || this.#text === this.#base) return
    const merged = this.#text
    this.#base = merged
    this.#show(merged)
  }

  #show(text: string): void {
    const { value, selectionStart, selectionEnd } = this.#field
    this.#field.value = text
    this.#field.setSelectionRange(
      moveCaret(selectionStart, value, text),
      moveCaret(selectionEnd, value, text),
    )
  }
}

export interface FieldPlace {
  readonly box: Box
  /** From the field's box to the screen. */
  readonly matrix: Matrix
  readonly wraps: boolean
  readonly align: TextArea['align']
}

/** Where the field of a shape lies on the screen now. */
export function fieldPlace(session: BoardSession, shape: Shape): FieldPlace {
  const { camera } = session.view
  const area = textArea(shape, labelMiddle(shape, session.board))
  const text = session.measurer.measure(shape.text, shape, area.wrapAt)
  const box = fieldBox(area, text, shape.fontSize)
  const { x, y, zoom } = camera
  const view: Matrix = [zoom, 0, 0, zoom, -x * zoom, -y * zoom]
  const toScreen = multiply(view, session.board.pageTransform(shape.id))
  const matrix = multiply(toScreen, translation(box.x, box.y))
  return { box, matrix, wraps: area.wrapAt !== null, align: area.align }
}
