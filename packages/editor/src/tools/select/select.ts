/** The select tool: click, marquee, move, resize, turn, bend. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { SelectIdle } from './idle.ts'

export function selectTool(desk: Desk): Tool {
  return { id: 'select', rest: () => new SelectIdle(desk) }
}
