/** Text: a click begins to write there, or in the text that is there. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { TextIdle } from './idle.ts'

export function textTool(desk: Desk): Tool {
  return { id: 'text', rest: () => new TextIdle(desk) }
}
