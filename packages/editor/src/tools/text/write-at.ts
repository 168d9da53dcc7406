/** Makes an empty text whose first line stands at a point of the page, and begins to write in it. */
import { FIRST_PAGE, SHAPE_DEFAULTS } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import { newShape } from '../../born.ts'
import type { Desk } from '../../desk.ts'

export function writeAt(desk: Desk, { x, y }: Vec): void {
  const { board, editing, steps, style, tools } = desk
  const h = style.defaults.fontSize * SHAPE_DEFAULTS.lineHeight
  const shape = newShape(desk, 'text', { at: [FIRST_PAGE, x, y - h / 2], w: 1, h })
  steps.begin()
  const [id] = board.insert([shape])
  if (id === undefined) return
  tools.made(id)
  editing.start(id, { born: true })
}
