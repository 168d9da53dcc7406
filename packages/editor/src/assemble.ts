/** Puts the parts of an editor together. Starts nothing. */
import type { Clock, Random } from '@kolam/base'
import type { Board, TextMeasurer } from '@kolam/board'
import { CameraControl } from './camera.ts'
import { Clipboard } from './clipboard.ts'
import type { Desk } from './desk.ts'
import { shapeUnder } from './hit.ts'
import { OverlayView } from './overlay-view.ts'
import { Selection } from './selection.ts'
import { Signals } from './signals.ts'
import { Stage } from './stage.ts'
import { Steps } from './steps.ts'
import { StyleControl } from './style-control.ts'
import { TextEditing } from './text-editing.ts'
import { allTools } from './tools/all-tools.ts'
import { Toolbox } from './tools/toolbox.ts'

/** What an editor needs from outside. */
export interface EditorOptions {
  readonly board: Board
  readonly clock: Clock
  readonly random: Random
  readonly measurer: TextMeasurer
}

/** The desk, and the overlay's cache, which only the editor drops. */
export function assemble(options: EditorOptions): { desk: Desk; overlay: OverlayView } {
  const { board, clock, measurer } = options
  const signals = new Signals()
  const camera = new CameraControl(signals)
  const selection = new Selection(board, signals)
  const stage = new Stage(signals)
  const steps = new Steps(board, clock)
  const style = new StyleControl({ board, selection, steps, signals, measurer })
  const editing = new TextEditing({ board, steps, signals, measurer })
  const clipboard = new Clipboard({ board, selection, steps, camera })
  const tools: Toolbox = new Toolbox({
    board,
    signals,
    selection,
    stage,
    make: () => allTools(desk),
    shapeUnder: (page) => shapeUnder(desk, page, 'mouse')?.id,
  })
  const overlay: OverlayView = new OverlayView({
    board,
    stage,
    selection,
    editing: () => editing.id,
    handles: () => tools.state.handles && !board.readOnly,
    zoom: () => camera.zoom,
  })
  const desk: Desk = {
    ...options,
    signals,
    camera,
    selection,
    stage,
    steps,
    style,
    editing,
    tools,
    clipboard,
    get overlay() {
      return overlay.current
    },
  }
  return { desk, overlay }
}
