/** Earlier states of a board: comparing them, going back to them. Apart, because few pages need it. */
export {
  compareBoards,
  type AddedShape,
  type BoardDiff,
  type ChangedShape,
  type RemovedShape,
} from './compare.ts'
export type { ItemId, ItemRange } from './items.ts'
export { restoreUpdate } from './restore-update.ts'
export type { ShownProp } from './shown-props.ts'
export { restoreBoard } from './restore.ts'
