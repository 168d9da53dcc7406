/** The words the editor and its view share: tools, inputs, cursors, commands. Types and word lists only. */
import type { Size, Vec } from '@kolam/geometry'

export type { Size }

export type ToolId =
  | 'select'
  | 'hand'
  | 'rectangle'
  | 'diamond'
  | 'ellipse'
  | 'arrow'
  | 'line'
  | 'draw'
  | 'text'
  | 'eraser'

/** The tools as the toolbar shows them; the keys 1…9 and 0 follow this order. */
export const TOOL_ORDER: readonly ToolId[] = [
  'select',
  'hand',
  'rectangle',
  'diamond',
  'ellipse',
  'arrow',
  'line',
  'draw',
  'text',
  'eraser',
]

export type CursorName =
  | 'default'
  | 'pointer'
  | 'move'
  | 'grab'
  | 'grabbing'
  | 'crosshair'
  | 'text'
  | 'rotate'
  | 'ns-resize'
  | 'ew-resize'
  | 'nwse-resize'
  | 'nesw-resize'
  | 'none'

/** `mod` is Command on a Mac and Control elsewhere. */
export interface Modifiers {
  readonly shift: boolean
  readonly alt: boolean
  readonly mod: boolean
}

export type PointerType = 'mouse' | 'pen' | 'touch'

export interface PointerSample {
  /** Screen pixels in the board's element. */
  readonly at: Vec
  readonly pressure: number
}

export interface PointerInput extends Modifiers, PointerSample {
  readonly id: number
  readonly type: PointerType
  readonly button: number
  readonly buttons: number
  /** Coalesced samples in order of time, the last one included. */
  readonly samples?: readonly PointerSample[]
  /** Where the platform thinks the pointer will be next, in order of time. */
  readonly predicted?: readonly PointerSample[]
  /** 1, or 2 for the second press of a double click. */
  readonly clicks: number
}

export interface WheelInput {
  readonly at: Vec
  readonly dx: number
  readonly dy: number
  readonly mod: boolean
  readonly shift: boolean
}

/** A pinch that the platform has worked out: `scale` and the movement since the last one. */
export interface PinchInput {
  readonly centre: Vec
  readonly scale: number
  readonly dx: number
  readonly dy: number
}

export interface KeyInput extends Modifiers {
  readonly key: string
  readonly code: string
  readonly repeat: boolean
}
