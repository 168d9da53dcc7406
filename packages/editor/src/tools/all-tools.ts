/** Every tool there is, made for one desk. */
import type { Desk } from '../desk.ts'
import type { ToolId } from '../types.ts'
import { boxTool } from './box/box.ts'
import { drawTool } from './draw/draw.ts'
import { eraserTool } from './eraser/eraser.ts'
import { handTool } from './hand/hand.ts'
import { linearTool } from './linear/linear.ts'
import { selectTool } from './select/select.ts'
import { textTool } from './text/text.ts'
import type { Tool } from './tool.ts'

export function allTools(desk: Desk): ReadonlyMap<ToolId, Tool> {
  const tools: readonly Tool[] = [
    selectTool(desk),
    handTool(desk),
    boxTool(desk, 'rectangle'),
    boxTool(desk, 'diamond'),
    boxTool(desk, 'ellipse'),
    linearTool(desk, 'arrow'),
    linearTool(desk, 'line'),
    drawTool(desk),
    textTool(desk),
    eraserTool(desk),
  ]
  return new Map(tools.map((tool) => [tool.id, tool]))
}
