/** Rectangle, ellipse, diamond: a drag from corner to corner, or a click. */
import type { Desk } from '../../desk.ts'
import type { Tool } from '../tool.ts'
import { BoxIdle } from './idle.ts'

export type BoxKind = 'rectangle' | 'ellipse' | 'diamond'

export function boxTool(desk: Desk, kind: BoxKind): Tool {
  return { id: kind, rest: () => new BoxIdle(desk, kind) }
}
