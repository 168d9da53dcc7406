/** Undo, duplicate, delete, select, group, lock, write. */
import {
  canGroup,
  canUngroup,
  deleteSelection,
  editSelected,
  groupSelection,
  leaveSelection,
  selectAll,
  selectNext,
  toggleLock,
  ungroupSelection,
  unlockAll,
} from '../actions/edit.ts'
import { canChange, canWrite, commandsOf, hasSelection } from './command.ts'

export const EDIT_COMMANDS = commandsOf('Edit', [
  {
    id: 'undo',
    title: 'Undo',
    keys: ['mod+z'],
    when: ({ board }) => board.undo.canUndo,
    run: ({ board }) => void board.undo.undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    keys: ['mod+shift+z', 'mod+y'],
    when: ({ board }) => board.undo.canRedo,
    run: ({ board }) => void board.undo.redo(),
  },
  {
    id: 'duplicate',
    title: 'Duplicate',
    keys: ['mod+d'],
    when: canChange,
    run: ({ clipboard }) => void clipboard.duplicate(),
  },
  {
    id: 'delete',
    title: 'Delete',
    keys: ['delete', 'backspace'],
    when: canChange,
    run: deleteSelection,
  },
  { id: 'select-all', title: 'Select all', keys: ['mod+a'], run: selectInHand },
  {
    id: 'select-none',
    title: 'Leave the group or the selection',
    keys: ['escape'],
    run: leaveSelection,
  },
  {
    id: 'select-next',
    title: 'Select the next shape',
    keys: ['tab'],
    when: hasSelection,
    run: (desk) => selectNext(desk, 1),
  },
  {
    id: 'select-previous',
    title: 'Select the last shape',
    keys: ['shift+tab'],
    when: hasSelection,
    run: (desk) => selectNext(desk, -1),
  },
  {
    id: 'edit-text',
    title: 'Write in the shape',
    keys: ['enter'],
    when: ({ selection }) => selection.single !== undefined,
    run: editSelected,
  },
  {
    id: 'group',
    title: 'Group',
    keys: ['mod+g'],
    when: (desk) => canWrite(desk) && canGroup(desk),
    run: groupSelection,
  },
  {
    id: 'ungroup',
    title: 'Ungroup',
    keys: ['mod+shift+g'],
    when: (desk) => canWrite(desk) && canUngroup(desk),
    run: ungroupSelection,
  },
  {
    id: 'lock',
    title: 'Lock or unlock',
    keys: ['shift+l', 'mod+shift+l'],
    when: (desk) => canWrite(desk) && hasSelection(desk),
    run: toggleLock,
  },
  { id: 'unlock-all', title: 'Unlock everything', when: canWrite, run: unlockAll },
])

function selectInHand(desk: Parameters<typeof selectAll>[0]): void {
  desk.tools.set('select')
  selectAll(desk)
}
