/** The eraser: whole shapes along its way. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { EraserIdle } from './idle.ts'

export function eraserTool(desk: Desk): Tool {
  return { id: 'eraser', rest: () => new EraserIdle(desk) }
}
