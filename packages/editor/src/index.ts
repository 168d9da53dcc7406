/** The headless editor of a board. */
export type { EditorOptions } from './assemble.ts'
export type { Command, CommandGroup, CommandTarget } from './commands/command.ts'
export type { Desk } from './desk.ts'
export { Editor } from './editor.ts'
export { FONT_SIZES, ZOOM_MAX, ZOOM_MIN } from './limits.ts'
export type { EditorEvent } from './signals.ts'
export { FIRST_STYLE, type ShownStyle, type StyleDefaults, type StyleProp } from './style.ts'
export type { StateId } from './tools/tool.ts'
export {
  TOOL_ORDER,
  type CursorName,
  type KeyInput,
  type Modifiers,
  type PinchInput,
  type PointerInput,
  type PointerSample,
  type PointerType,
  type ToolId,
  type WheelInput,
} from './types.ts'
