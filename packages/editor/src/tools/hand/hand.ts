/** The hand: moves the view and changes nothing. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { HandIdle } from './idle.ts'

export function handTool(desk: Desk): Tool {
  return { id: 'hand', rest: () => new HandIdle(desk) }
}
