/**
 * What a tool is: a state machine whose states are small objects, one file each.
 *
 * A state is entered by being made and left in exactly one of five ways. The toolbox calls `exit`
 * once; a state that hands over to the next state of its tool (`tools.go`) has nothing left to end.
 */
import type { ShapeId } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import type { CursorName, Modifiers, PointerType, ToolId } from '../types.ts'

/** Every state of every tool. */
export type StateId =
  | 'idle'
  | 'pointing'
  | 'marquee'
  | 'moving'
  | 'resizing'
  | 'rotating'
  | 'dragging-point'
  | 'dragging'
  | 'drawing'
  | 'erasing'
  | 'panning'

/**
 * How a state ends: `complete` the pointer was let go; `cancel` Escape or a lost pointer: as if it had
 * never begun; `interrupt` something else was asked for, `blur` the window lost focus and `dispose` the
 * editor goes away: what is there stays.
 */
export type Exit = 'complete' | 'cancel' | 'interrupt' | 'blur' | 'dispose'

/** One place of a pointer, on the page. */
export interface ToolSample {
  readonly page: Vec
  readonly pressure: number
}

/** A pointer as tools see it. */
export interface ToolPointer extends Modifiers, ToolSample {
  readonly type: PointerType
  /** On the screen, for distances that people feel. */
  readonly screen: Vec
  /** Every place since the last move, in order of time; the last is where the pointer is. */
  readonly samples: readonly ToolSample[]
  /** Where it is likely to be next: to be shown, never to be kept. */
  readonly predicted: readonly ToolSample[]
  readonly clicks: number
}

export interface ToolState<Id extends StateId = StateId> {
  readonly id: Id
  readonly cursor: CursorName
  /** Whether the selection's handles may be used and so are shown. */
  readonly handles: boolean
  down?(pointer: ToolPointer): void
  /** The pointer moved, or a modifier key changed while it stands still. */
  move?(pointer: ToolPointer): void
  up?(pointer: ToolPointer): void
  /** Once per animation frame. */
  tick?(): void
  /** Somebody deleted these shapes. */
  gone?(ids: ReadonlySet<ShapeId>): void
  exit(how: Exit): void
}

export interface Tool {
  readonly id: ToolId
  /** The state the tool rests in. */
  rest(): ToolState
}
