/** Arrow and line: a drag from end to end. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { LinearIdle } from './idle.ts'

export type LinearKind = 'arrow' | 'line'

export function linearTool(desk: Desk, kind: LinearKind): Tool {
  return { id: kind, rest: () => new LinearIdle(desk, kind) }
}
