/** The editor and the board as components read them: the same values, but reading one makes the reader follow it. */
import type { Board, Shape, ShapeId, ShapeKind } from '@kolam/board'
import type { CursorName, Editor, EditorEvent, ShownStyle, ToolId } from '@kolam/editor'
import type { Camera } from '@kolam/geometry'
import { createSubscriber } from 'svelte/reactivity'

export class EditorView {
  readonly #editor: Editor
  readonly #board: Board
  readonly #camera: () => void
  readonly #selection: () => void
  readonly #tool: () => void
  readonly #style: () => void
  readonly #editing: () => void
  readonly #cursor: () => void
  readonly #shapes: () => void
  readonly #meta: () => void
  readonly #undo: () => void

  constructor(editor: Editor) {
    const { board } = editor
    const follow = (name: EditorEvent): (() => void) =>
      createSubscriber((update) => editor.on(name, update))
    this.#editor = editor
    this.#board = board
    this.#camera = follow('camera')
    this.#selection = follow('selection')
    this.#tool = follow('tool')
    this.#style = follow('style')
    this.#editing = follow('editing')
    this.#cursor = follow('cursor')
    this.#shapes = createSubscriber((update) => board.on('change', update))
    this.#meta = createSubscriber((update) => board.on('meta', update))
    this.#undo = createSubscriber((update) => board.undo.on('change', update))
  }

  get camera(): Camera {
    this.#camera()
    return this.#editor.camera
  }

  get selection(): ReadonlySet<ShapeId> {
    this.#selection()
    return this.#editor.selection
  }

  /** The kinds of what is selected, groups' contents included; a kind may come more than once. */
  get selectedKinds(): readonly ShapeKind[] {
    return this.#selectedShapes().map(({ kind }) => kind)
  }

  /** Something selected has a label or is a text. */
  get selectionHasText(): boolean {
    return this.#selectedShapes().some(({ text }) => text !== '')
  }

  get tool(): ToolId {
    this.#tool()
    return this.#editor.tool
  }

  get toolLocked(): boolean {
    this.#tool()
    return this.#editor.toolLocked
  }

  /** Style of the selection, or of the next shape; a prop that differs among the selected is `mixed`. */
  get style(): ShownStyle {
    this.#style()
    this.#selection()
    this.#shapes()
    return this.#editor.shownStyle
  }

  get editing(): ShapeId | null {
    this.#editing()
    return this.#editor.editing
  }

  get cursor(): CursorName {
    this.#cursor()
    return this.#editor.cursor
  }

  /** How many shapes the board holds. */
  get size(): number {
    this.#shapes()
    return this.#board.size
  }

  /** A shape as it is now. */
  shape(id: ShapeId): Shape | undefined {
    this.#shapes()
    return this.#board.shape(id)
  }

  get title(): string {
    this.#meta()
    return this.#board.title
  }

  get readOnly(): boolean {
    this.#meta()
    return this.#board.readOnly
  }

  get canUndo(): boolean {
    this.#undo()
    return this.#board.undo.canUndo
  }

  get canRedo(): boolean {
    this.#undo()
    return this.#board.undo.canRedo
  }

  #selectedShapes(): Shape[] {
    this.#shapes()
    const ids = [...this.selection].flatMap((id) => [id, ...this.#board.descendants(id)])
    return ids.flatMap((id) => this.#board.shape(id) ?? [])
  }
}
