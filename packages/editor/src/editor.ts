/**
 * The editor of one board: takes pointers, wheels and keys, gives a camera, a selection and an overlay.
 *
 * A thin front over its parts, each of which has a file. Headless: knows no element, no frame and no
 * socket; time, chance and the size of text come in.
 */
import { Disposers, type Disposer } from '@kolam/base'
import type { Board, BoardChange, Overlay, ShapeId } from '@kolam/board'
import type { Camera, Size, Vec } from '@kolam/geometry'
import { assemble, type EditorOptions } from './assemble.ts'
import type { Command } from './commands/command.ts'
import { CommandRegistry } from './commands/registry.ts'
import { zoomToFit, zoomToSelection } from './commands/view.ts'
import type { Desk } from './desk.ts'
import { Keyboard } from './keys/keyboard.ts'
import { WHEEL_ZOOM_DELTA_MAX, WHEEL_ZOOM_RATE } from './limits.ts'
import type { OverlayView } from './overlay-view.ts'
import { PointerRouter } from './pointer/router.ts'
import type { EditorEvent } from './signals.ts'
import type { ShownStyle, StyleDefaults } from './style.ts'
import type { StateId } from './tools/tool.ts'
import type { CursorName, KeyInput, PinchInput, PointerInput, ToolId, WheelInput } from './types.ts'

export class Editor {
  readonly board: Board
  /** The parts, for commands and tools; a view has no need of them. */
  readonly desk: Desk
  readonly #overlay: OverlayView
  readonly #registry = new CommandRegistry()
  readonly #pointers: PointerRouter
  readonly #keyboard: Keyboard
  readonly #disposers = new Disposers()
  #disposed = false

  constructor(options: EditorOptions) {
    const { desk, overlay } = assemble(options)
    this.board = options.board
    this.desk = desk
    this.#overlay = overlay
    this.#pointers = new PointerRouter(desk)
    this.#keyboard = new Keyboard({ desk, registry: this.#registry, pointers: this.#pointers })
    this.#disposers.add(desk.signals.watch('overlay', () => overlay.drop()))
    this.#disposers.add(this.board.on('change', (change) => this.#boardChanged(change)))
    this.#disposers.add(this.board.on('meta', () => this.#metaChanged()))
  }

  // --- camera

  get camera(): Camera {
    return this.desk.camera.current
  }

  get viewport(): Size {
    return this.desk.camera.viewport
  }

  /** The size of the view in screen pixels; a view without any is ignored. */
  setViewport(size: Size): void {
    this.#act(() => this.desk.camera.setViewport(size))
  }

  setCamera(camera: Camera): void {
    this.#look(() => this.desk.camera.set(camera))
  }

  /** Move the page under the view, in screen pixels. */
  panBy(dx: number, dy: number): void {
    this.#look(() => this.desk.camera.panBy(dx, dy))
  }

  zoomTo(zoom: number, aboutScreen?: Vec): void {
    this.#look(() => this.desk.camera.zoomTo(zoom, aboutScreen))
  }

  zoomToFit(): void {
    this.#look(() => zoomToFit(this.desk))
  }

  zoomToSelection(): void {
    this.#look(() => zoomToSelection(this.desk))
  }

  // --- selection, tool, style

  get selection(): ReadonlySet<ShapeId> {
    return this.desk.selection.ids
  }

  select(ids: Iterable<ShapeId>): void {
    this.#interrupt(() => this.desk.selection.set(ids))
  }

  get tool(): ToolId {
    return this.desk.tools.id
  }

  /** On a board that is only read, anything but the hand is select. */
  setTool(id: ToolId): void {
    this.#interrupt(() => this.desk.tools.set(id))
  }

  /** The state of the tool's machine; `idle` when no gesture runs. */
  get toolState(): StateId {
    return this.desk.tools.state.id
  }

  get toolLocked(): boolean {
    return this.desk.tools.locked
  }

  set toolLocked(locked: boolean) {
    this.#act(() => {
      this.desk.tools.locked = locked
    })
  }

  /** How the next shapes will look. */
  get style(): StyleDefaults {
    return this.desk.style.defaults
  }

  /** Change the selection in one undo step, and the next shapes. */
  setStyle(patch: Partial<StyleDefaults>): void {
    this.#act(() => this.desk.style.set(patch))
  }

  /** The style of the selection, `mixed` where it differs; the defaults without one. */
  get shownStyle(): ShownStyle {
    return this.desk.style.shown
  }

  // --- what a view shows

  get cursor(): CursorName {
    return this.#pointers.cursor ?? this.desk.tools.state.cursor
  }

  get overlay(): Overlay {
    return this.#overlay.current
  }

  /** Where the pointer is on the page, for others to see. */
  get pointer(): Vec | null {
    return this.#pointers.page
  }

  /** The shape whose text is typed; the view writes through `board.setText`, its box follows here. */
  get editing(): ShapeId | null {
    return this.desk.editing.id
  }

  startEditing(id: ShapeId): void {
    this.#interrupt(() => this.desk.editing.start(id, { born: false }))
  }

  stopEditing(): void {
    this.#act(() => this.desk.editing.stop())
  }

  // --- input

  pointerDown(event: PointerInput): void {
    this.#act(() => this.#pointers.down(event))
  }

  pointerMove(event: PointerInput): void {
    this.#act(() => this.#pointers.move(event))
  }

  pointerUp(event: PointerInput): void {
    this.#act(() => this.#pointers.up(event))
  }

  pointerCancel(): void {
    this.#act(() => this.#pointers.cancel())
  }

  /** The pointer left the board without a button down. */
  pointerLeave(): void {
    this.#act(() => this.#pointers.leave())
  }

  /** With `mod` zooms about the pointer, else pans; shift turns up and down into left and right. */
  wheel({ at, dx, dy, mod, shift }: WheelInput): void {
    const { camera } = this.desk
    this.#look(() => {
      if (mod) return camera.zoomTo(camera.zoom * wheelFactor(dy), at)
      const sideways = shift && dx === 0
      camera.panBy(sideways ? -dy : -dx, sideways ? 0 : -dy)
    })
  }

  pinch({ centre, scale, dx, dy }: PinchInput): void {
    const { camera } = this.desk
    this.#look(() => {
      camera.panBy(dx, dy)
      camera.zoomTo(camera.zoom * scale, centre)
    })
  }

  /** Whether the key was used; then the caller prevents what the browser would do. */
  keyDown(event: KeyInput): boolean {
    return this.#act(() => this.#keyboard.down(event)) ?? false
  }

  keyUp(event: KeyInput): void {
    this.#act(() => this.#keyboard.up(event))
  }

  /** The window lost focus: keys are up, gestures end where they are. */
  blur(): void {
    this.#act(() => this.#pointers.blur())
  }

  /** Once per animation frame: writes what waits for its turn. */
  tick(): void {
    this.#act(() => this.desk.tools.state.tick?.())
  }

  // --- commands

  get commands(): readonly Command[] {
    return this.#registry.all
  }

  /** Run a command by id; false if there is none or it would do nothing now. */
  run(id: string): boolean {
    const command = this.#registry.get(id)
    const runs = command?.when(this) === true
    if (runs) this.#interrupt(() => command.run(this))
    return runs
  }

  /** `Mod+D` or empty; the view puts its own word for Mod. */
  shortcutOf(id: string): string {
    return this.#registry.shortcutOf(id)
  }

  /** The selection as JSON for a clipboard; empty without one. */
  copyShapes(): string {
    return this.desk.clipboard.copy()
  }

  /** Paste JSON of `copyShapes` with its middle at a page point (default: of the view); none if it is not ours. */
  pasteShapes(json: string, at: Vec | null = null): ShapeId[] {
    return this.#interrupt(() => this.desk.clipboard.paste(json, at)) ?? []
  }

  on(name: EditorEvent, listener: () => void): Disposer {
    return this.desk.signals.on(name, listener)
  }

  /** End everything; what a gesture has done so far stays in the document. */
  dispose(): void {
    if (this.#disposed) return
    this.#act(() => {
      this.desk.editing.stop()
      this.#pointers.end('dispose')
    })
    this.#disposed = true
    this.#disposers.dispose()
    this.desk.signals.clear()
  }

  /** One input: listeners hear its outcome once. After dispose nothing happens. */
  #act<T>(work: () => T): T | undefined {
    return this.#disposed ? undefined : this.desk.signals.batch(work)
  }

  /** Something asked for beside a running gesture: the gesture ends as it is first. */
  #interrupt<T>(work: () => T): T | undefined {
    return this.#act(() => {
      if (this.desk.tools.busy) this.#pointers.end('interrupt')
      return work()
    })
  }

  /** A look elsewhere: what is dragged goes along with the pointer. */
  #look(work: () => void): void {
    this.#act(() => {
      work()
      this.#pointers.again(null)
    })
  }

  #boardChanged(change: BoardChange): void {
    const { editing, selection, signals, stage, steps, tools } = this.desk
    const shown = touches(change, selection.ids) || stage.view.drafts.size > 0
    steps.note(change)
    signals.batch(() => {
      if (shown) this.#overlay.forget()
      if (change.removed.size > 0) tools.state.gone?.(change.removed)
      if (change.removed.size > 0 || !change.local) selection.prune()
      editing.follow(change.changed, change.removed)
      if (touches(change, selection.ids)) signals.mark('style')
      if (shown || change.removed.size > 0) signals.mark('overlay')
    })
  }

  #metaChanged(): void {
    const { editing, signals, tools } = this.desk
    signals.batch(() => {
      signals.mark('overlay')
      if (!this.board.readOnly) return
      editing.stop()
      tools.set(tools.id)
    })
  }
}

/** Whether anything selected may look or lie differently now. */
function touches({ affected, removed }: BoardChange, selected: ReadonlySet<ShapeId>): boolean {
  for (const id of selected) if (affected.has(id) || removed.has(id)) return true
  return false
}

function wheelFactor(dy: number): number {
  const bounded = Math.min(WHEEL_ZOOM_DELTA_MAX, Math.max(-WHEEL_ZOOM_DELTA_MAX, dy))
  return Math.exp(-bounded * WHEEL_ZOOM_RATE)
}
