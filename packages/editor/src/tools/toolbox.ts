/** Which tool is in hand and which of its states runs. The only place that changes either. */
import type { Board, ShapeId } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import type { Selection } from '../selection.ts'
import type { Signals } from '../signals.ts'
import type { Stage } from '../stage.ts'
import { clickTarget } from '../tree.ts'
import type { CursorName, ToolId } from '../types.ts'
import type { Exit, Tool, ToolState } from './tool.ts'

interface ToolboxParts {
  readonly board: Board
  readonly signals: Signals
  readonly selection: Selection
  readonly stage: Stage
  /** Makes the tools; called on first use, when all parts of the editor stand. */
  make(): ReadonlyMap<ToolId, Tool>
  shapeUnder(page: Vec): ShapeId | undefined
}

/** Tools that change nothing, and so work on a board that is only read. */
const READING: ReadonlySet<ToolId> = new Set(['select', 'hand'])

/** The tool machine. */
export class Toolbox {
  readonly #parts: ToolboxParts
  #tools: ReadonlyMap<ToolId, Tool> | null = null
  #id: ToolId = 'select'
  #state: ToolState | null = null
  #locked = false
  #cursor: CursorName = 'default'

  constructor(parts: ToolboxParts) {
    this.#parts = parts
  }

  get id(): ToolId {
    return this.#id
  }

  get state(): ToolState {
    return (this.#state ??= this.#tool().rest())
  }

  /** Whether a gesture runs. */
  get busy(): boolean {
    return this.state.id !== 'idle'
  }

  /** Whether a tool stays in hand after it has made a shape. */
  get locked(): boolean {
    return this.#locked
  }

  set locked(locked: boolean) {
    if (locked === this.#locked) return
    this.#locked = locked
    this.#parts.signals.mark('tool')
  }

  /** Take up a tool; what the last one was doing stays as it is. */
  set(id: ToolId): void {
    const wanted = this.#parts.board.readOnly && !READING.has(id) ? 'select' : id
    this.leave('interrupt')
    if (wanted === this.#id) return
    this.#id = wanted
    this.#state = null
    const { selection, signals, stage } = this.#parts
    if (!READING.has(wanted)) selection.clear()
    stage.show({ hovered: null })
    signals.mark('tool')
    signals.mark('overlay')
    this.noticeCursor()
  }

  /** Hand over to another state of the same gesture. */
  go(next: ToolState): void {
    this.#enter(next)
  }

  /** End the running gesture, if any, and rest. */
  leave(how: Exit): void {
    const state = this.state
    if (state.id === 'idle') return
    this.#enter(this.#tool().rest())
    state.exit(how)
    this.#parts.stage.clear()
  }

  /** A shape was made: back to select unless the tool is locked. */
  made(id: ShapeId): void {
    if (this.#locked) return
    this.set('select')
    this.#parts.selection.set([id])
  }

  /** The right button was clicked at a page point: a menu will ask what to do with what is there. */
  contextPress(page: Vec): void {
    if (this.busy || this.#id !== 'select') return
    const { board, selection } = this.#parts
    const leaf = this.#parts.shapeUnder(page)
    if (leaf === undefined) return selection.clear()
    const id = clickTarget(board, leaf, selection.focus)
    if (!selection.has(id)) selection.set([id])
  }

  /** The state's cursor may have changed. */
  noticeCursor(): void {
    if (this.state.cursor === this.#cursor) return
    this.#cursor = this.state.cursor
    this.#parts.signals.mark('cursor')
  }

  #enter(next: ToolState): void {
    const { signals } = this.#parts
    if (next.handles !== this.state.handles) signals.mark('overlay')
    this.#state = next
    signals.mark('tool')
    this.noticeCursor()
  }

  #tool(): Tool {
    this.#tools ??= this.#parts.make()
    const tool = this.#tools.get(this.#id)
    if (!tool) throw new RangeError(`Cannot use tool "${this.#id}": there is none`)
    return tool
  }
}
