/** A command: something with a name and perhaps keys, run from a key, a menu or a palette. */
import type { Desk } from '../desk.ts'

export type CommandGroup = 'Tools' | 'Edit' | 'Arrange' | 'Style' | 'View'

/** Whom a command acts on; an editor is one. */
export interface CommandTarget {
  readonly desk: Desk
}

export interface Command {
  readonly id: string
  readonly title: string
  /** Like `mod+shift+z`; the first is the one shown. */
  readonly keys: readonly string[]
  readonly group: CommandGroup
  /** Whether it would do something now. */
  when(target: CommandTarget): boolean
  run(target: CommandTarget): void
}

interface CommandParts {
  readonly id: string
  readonly title: string
  readonly keys?: readonly string[]
  readonly when?: (desk: Desk) => boolean
  readonly run: (desk: Desk) => void
}

/** Commands of one group, written down by what they do to a desk. */
export function commandsOf(group: CommandGroup, parts: readonly CommandParts[]): Command[] {
  return parts.map(({ id, title, keys = [], when = () => true, run }) => ({
    id,
    title,
    keys,
    group,
    when: ({ desk }) => when(desk),
    run: ({ desk }) => run(desk),
  }))
}

/** Something selected may be changed. */
export function canChange({ board, selection }: Desk): boolean {
  return !board.readOnly && selection.unlocked.length > 0
}

/** At least `count` selected shapes may be changed. */
export function canChangeMany(count: number): (desk: Desk) => boolean {
  return ({ board, selection }) => !board.readOnly && selection.unlocked.length >= count
}

export function hasSelection({ selection }: Desk): boolean {
  return selection.ids.size > 0
}

export function canWrite({ board }: Desk): boolean {
  return !board.readOnly
}
