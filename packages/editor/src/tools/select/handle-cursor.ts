/** Which way a handle's cursor points when its frame is turned. */
import type { HandleName } from '@kolam/board'
import { isResizeHandle } from '../../frame.ts'
import type { CursorName } from '../../types.ts'

const AROUND = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw']
const CURSORS: readonly CursorName[] = ['ns-resize', 'nesw-resize', 'ew-resize', 'nwse-resize']

export function handleCursor(name: HandleName, angle: number): CursorName {
  if (name === 'rotate') return 'rotate'
  if (!isResizeHandle(name)) return 'pointer'
  const turned = AROUND.indexOf(name) + Math.round(angle / (Math.PI / 4))
  return CURSORS[((turned % 4) + 4) % 4] ?? 'default'
}
