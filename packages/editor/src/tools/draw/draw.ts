/** The pen. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { DrawIdle } from './idle.ts'

export function drawTool(desk: Desk): Tool {
  return { id: 'draw', rest: () => new DrawIdle(desk) }
}
