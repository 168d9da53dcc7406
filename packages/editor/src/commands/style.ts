/** Styles by key. The copied style lives with the list, one list to an editor. */
import { pickStyle, stepFontSize } from '../actions/style.ts'
import type { StyleDefaults } from '../style.ts'
import { canChange, canWrite, commandsOf, hasSelection, type Command } from './command.ts'

export function styleCommands(): Command[] {
  let copied: Partial<StyleDefaults> | null = null
  return commandsOf('Style', [
    {
      id: 'copy-style',
      title: 'Copy style',
      keys: ['mod+alt+c'],
      when: hasSelection,
      run: (desk) => {
        copied = pickStyle(desk)
      },
    },
    {
      id: 'paste-style',
      title: 'Paste style',
      keys: ['mod+alt+v'],
      when: (desk) => copied !== null && canChange(desk),
      run: ({ style }) => style.set(copied ?? {}),
    },
    {
      id: 'font-larger',
      title: 'Larger text',
      keys: ['mod+shift+>', 'mod+shift+.'],
      when: canWrite,
      run: (desk) => stepFontSize(desk, 1),
    },
    {
      id: 'font-smaller',
      title: 'Smaller text',
      keys: ['mod+shift+<', 'mod+shift+,'],
      when: canWrite,
      run: (desk) => stepFontSize(desk, -1),
    },
  ])
}
