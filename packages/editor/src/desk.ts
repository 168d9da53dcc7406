/** What a tool works with: every part of the editor, named. An interface only, so that tools depend on no assembly. */
import type { Clock, Random } from '@kolam/base'
import type { Board, Overlay, TextMeasurer } from '@kolam/board'
import type { CameraControl } from './camera.ts'
import type { Clipboard } from './clipboard.ts'
import type { Selection } from './selection.ts'
import type { Signals } from './signals.ts'
import type { Stage } from './stage.ts'
import type { Steps } from './steps.ts'
import type { StyleControl } from './style-control.ts'
import type { TextEditing } from './text-editing.ts'
import type { Toolbox } from './tools/toolbox.ts'

export interface Desk {
  readonly board: Board
  readonly clock: Clock
  readonly random: Random
  readonly measurer: TextMeasurer
  readonly signals: Signals
  readonly camera: CameraControl
  readonly selection: Selection
  readonly stage: Stage
  readonly steps: Steps
  readonly style: StyleControl
  readonly editing: TextEditing
  readonly tools: Toolbox
  readonly clipboard: Clipboard
  readonly overlay: Overlay
}
