/** Taking up tools. Numbers follow the toolbar, letters what people know from elsewhere. */
import { TOOL_ORDER, type ToolId } from '../types.ts'
import { canWrite, commandsOf, type Command } from './command.ts'

const TITLES: Record<ToolId, string> = {
  select: 'Select',
  hand: 'Hand',
  rectangle: 'Rectangle',
  diamond: 'Diamond',
  ellipse: 'Ellipse',
  arrow: 'Arrow',
  line: 'Line',
  draw: 'Draw',
  text: 'Text',
  eraser: 'Eraser',
}

const LETTERS: Record<ToolId, readonly string[]> = {
  select: ['v'],
  hand: ['h'],
  rectangle: ['r'],
  diamond: [],
  ellipse: ['o'],
  arrow: ['a'],
  line: ['l'],
  draw: ['p', 'x', 'd', 'b'],
  text: ['t'],
  eraser: ['e'],
}

export const TOOL_COMMANDS: readonly Command[] = [
  ...commandsOf(
    'Tools',
    TOOL_ORDER.map((id, place) => ({
      id: `tool-${id}`,
      title: TITLES[id],
      keys: [...LETTERS[id], String((place + 1) % 10)],
      when: (desk) => id === 'select' || id === 'hand' || canWrite(desk),
      run: ({ tools }) => tools.set(id),
    })),
  ),
  ...commandsOf('Tools', [
    {
      id: 'tool-lock',
      title: 'Keep the tool after drawing',
      keys: ['q'],
      run: ({ tools }) => {
        tools.locked = !tools.locked
      },
    },
  ]),
]
